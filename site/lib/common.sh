# shellcheck shell=bash
# Shared by site/up, down, status and ctl: where things lie, which ports they have, which processes are ours.
set -euo pipefail
umask 022
PATH=/usr/local/bin:/usr/bin:/bin:/usr/local/sbin:/usr/sbin:/sbin

parts=(munge mariadb slurmdbd slurmctld slurmd sshd ftp git)     # in the order in which they start
account=portal-site                                              # whom root becomes

fail() {
    echo "site: $*" >&2
    exit 1
}

# The folder must be spelled so that every daemon's configuration can hold it unquoted, and short enough for its sockets.
settle() {
    [[ -n ${1:-} ]] || fail "say which folder the site lives in"
    site_dir=$(realpath -m -- "$1")
    [[ $site_dir =~ ^/[A-Za-z0-9/._+-]+$ ]] || fail "$site_dir: only letters, digits and / . _ + - may be in the folder's path"
    (( ${#site_dir} <= 80 )) || fail "$site_dir is longer than 80 characters: sockets inside it would not work"
    etc=$site_dir/etc run=$site_dir/run log=$site_dir/log var=$site_dir/var
    export SLURM_CONF=$etc/slurm.conf
}

# --- ports: kept in etc/ports, a line "name number" each ---------------------------------------------------------------

port_taken() {
    local hex
    printf -v hex ':%04X ' "$1"
    grep -qs "$hex.*:0000 0A" /proc/net/tcp /proc/net/tcp6
}

declare -A ports=()

read_ports() {
    local name number
    ports=()
    [[ -f $etc/ports ]] || return 0
    while read -r name number; do ports[$name]=$number; done < "$etc/ports"
}

# keep_port PART: the part's port stays; a new one is chosen when there is none or somebody else took it.
keep_port() {
    local number=${ports[$1]:-} name
    if [[ -n $number ]] && { alive "$1" || ! port_taken "$number"; }; then return; fi
    while :; do
        number=$(( 20000 + RANDOM % 12000 ))
        if ! port_taken "$number" && [[ " ${ports[*]} " != *" $number "* ]]; then break; fi
    done
    ports[$1]=$number
    for name in "${!ports[@]}"; do echo "$name ${ports[$name]}"; done | sort > "$etc/ports.new"
    mv "$etc/ports.new" "$etc/ports"
}

# --- processes: run/NAME.pid holds the id and the start time, so that a number used again is never mistaken -------------

started_at() {
    local stat
    { read -r stat < "/proc/$1/stat"; } 2>/dev/null || return 1
    stat=${stat##*) }
    # shellcheck disable=SC2086
    set -- $stat
    [[ $1 != Z && $1 != X ]] && echo "${20}"
}

pid_of() {
    local pid began now
    { read -r pid began < "$run/$1.pid"; } 2>/dev/null || return 1
    now=$(started_at "$pid") || return 1
    [[ $now == "$began" ]] && echo "$pid"
}

alive() {
    pid_of "$1" >/dev/null
}

# spawn NAME COMMAND...: starts a daemon in the foreground mode it has, detached, its words in log/NAME.log.
spawn() {
    local name=$1 pid
    shift
    cd "$site_dir"
    env -i PATH="$PATH" HOME="$site_dir/home" LANG=C.UTF-8 USER="$(id -un)" SITE_DIR="$site_dir" SLURM_CONF="$SLURM_CONF" \
        TMPDIR="$site_dir/tmp" "${spawn_env[@]}" setsid "$@" >> "$log/$name.log" 2>&1 < /dev/null 9>&- &
    pid=$!
    disown "$pid"
    echo "$pid $(started_at "$pid" || echo 0)" > "$run/$name.pid"
}
spawn_env=()

# await NAME SECONDS CHECK...: until the check succeeds; a daemon that ends meanwhile is a failure at once.
await() {
    local name=$1 until=$(( ${EPOCHREALTIME/./} + $2 * 1000000 ))
    shift 2
    until "$@" >/dev/null 2>&1; do
        alive "$name" || broken "$name" "it ended at once"
        (( ${EPOCHREALTIME/./} < until )) || broken "$name" "it is not ready in time"
        sleep 0.05
    done
}

broken() {
    echo "site: $1: $2. The end of $log/$1.log:" >&2
    tail -n 15 "$log/$1.log" | sed 's/^/    /' >&2
    exit 1
}

listening() {
    port_taken "${ports[$1]}"
}

# end PID SECONDS: asks, waits, insists. A stopped process must be continued before it can hear.
end() {
    local began until=$(( ${EPOCHREALTIME/./} + $2 * 1000000 ))
    began=$(started_at "$1") || return 0
    kill -TERM "$1" 2>/dev/null || return 0
    kill -CONT "$1" 2>/dev/null || return 0
    while [[ $(started_at "$1") == "$began" ]]; do
        if (( ${EPOCHREALTIME/./} > until )); then
            kill -KILL "$1" 2>/dev/null || return 0
        fi
        sleep 0.02
    done
}

# marked: processes of this user that carry the site's mark. Daemons, logins and jobs inherit SITE_DIR; a job may ask for
# an empty environment, then the mark is that of its slurmstepd.
marked() {
    local pid
    grep -lsxz "SITE_DIR=$site_dir" /proc/[0-9]*/environ | cut -d/ -f3
    grep -lsxz "SLURM_CONF=$SLURM_CONF" /proc/[0-9]*/environ | cut -d/ -f3 | while read -r pid; do
        ! grep -qs '^slurmstepd' "/proc/$pid/comm" || echo "$pid"
    done
}

# ours PID...: the given processes, the marked ones, and all that descend from either: they outlive the daemon that began
# them. Never this process and those it was called from.
ours() {
    local -A parent=() wanted=()
    local stat pid line found=1
    for pid in "$@" $(marked || true); do wanted[$pid]=1; done
    for stat in /proc/[0-9]*/stat; do
        { read -r line < "$stat"; } 2>/dev/null || continue
        pid=${line%% *}
        line=${line##*) }
        line=${line#* }
        parent[$pid]=${line%% *}
    done
    pid=$$
    while (( pid > 0 )); do
        line=${parent[$pid]:-0}
        unset "wanted[$pid]" "parent[$pid]"
        pid=$line
    done
    while (( found )); do
        found=0
        for pid in "${!parent[@]}"; do
            if [[ -z ${wanted[$pid]:-} && -n ${wanted[${parent[$pid]}]:-} ]]; then
                wanted[$pid]=1
                found=1
            fi
        done
    done
    echo "${!wanted[@]}"
}
