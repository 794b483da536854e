# shellcheck shell=bash
# A disk that fills up (site/up --small SIZE): home/portal/small is a file system of that size, for logins and jobs alike.
# It is a tmpfs in a user namespace, so it needs no root; it is seen by processes inside the namespace alone.

# small_prefix: how to start something inside, in the array "inside"; empty where there is no such disk.
small_prefix() {
    local pid
    inside=()
    if [[ -f $etc/small ]] && pid=$(pid_of small); then
        inside=(nsenter --user --mount --preserve-credentials --target "$pid" --)
    fi
}

small_start() {
    # The outer namespace may mount; the inner one gives the user its own number back.
    # shellcheck disable=SC2016
    spawn small unshare --user --map-root-user --mount sh -c '
        mount -t tmpfs -o "size=$1,mode=755" small "$2" &&
        exec unshare --user --mount --map-user="$3" --map-group="$4" sleep infinity
    ' small "$(< "$etc/small")" "$site_dir/home/portal/small" "$(id -u)" "$(id -g)"
    await small 5 small_ready
}

small_ready() {
    small_prefix
    [[ $(readlink "/proc/$(pid_of small)/exe") == */sleep ]] && "${inside[@]}" mountpoint -q "$site_dir/home/portal/small"
}
