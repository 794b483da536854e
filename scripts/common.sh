# shellcheck shell=bash
# What run, test and bench have in common.
: "${root:?}"

say() { printf '%s\n' "$*"; }

fail() {
    printf '%s\n' "$*" >&2
    exit 1
}

# require GROUP...: everything that is needed is installed, or the one command to type is printed.
require() {
    command -v dotnet >/dev/null || fail "Missing: the .NET SDK 10 (https://dotnet.microsoft.com/download). Put 'dotnet' into the PATH."
    "$root/site/require" "$@"
}

# What a build makes within its sources.
generated=(-name bin -o -name obj -o -name node_modules -o -name _framework -o -name graphiql)

# fresh STAMP PROJECT...: whether nothing that the projects are made of is newer than the stamp, and nothing came or went.
fresh() {
    local stamp=$1 newer
    shift
    [[ -f $stamp && $(inventory "$@") == "$(cat "$stamp")" ]] || return 1
    newer=$(cd "$root" && find "$@" Directory.*.props global.json \( "${generated[@]}" \) -prune \
        -o -type f -newer "$stamp" -print -quit)
    [[ -z $newer ]]
}

# inventory PROJECT...: a number for what they are made of, npm among it: where it is, the console is built too.
inventory() {
    (
        cd "$root"
        { find "$@" \( "${generated[@]}" \) -prune -o -type f -print | LC_ALL=C sort; command -v npm || true; } | cksum
    )
}

# quietly WORDS COMMAND...: a command that says nothing unless it fails.
quietly() {
    local words=$1 log
    shift
    log=$(mktemp)
    say "$words"
    if ! "$@" >"$log" 2>&1; then
        cat "$log" >&2
        rm -f "$log"
        return 1
    fi
    rm -f "$log"
}

# start_time PID: when a process started, in ticks after boot; tells it from another that got its id later.
start_time() {
    local stat
    stat=$(cat "/proc/$1/stat" 2>/dev/null) || return 1
    read -ra fields <<< "${stat##*) }"
    echo "${fields[19]}"
}
