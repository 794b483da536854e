# shellcheck shell=bash
# munge vouches for the user behind every message between Slurm's daemons and commands. Own key, own socket.

munge_configure() {
    [[ -s $etc/munge.key ]] || (umask 077 && head -c 128 /dev/urandom > "$etc/munge.key")
    chmod 0400 "$etc/munge.key"
}

munge_start() {
    spawn munge munged --foreground --force --num-threads=4 --key-file="$etc/munge.key" --socket="$run/munge.socket" \
        --pid-file="$run/munged.own.pid" --log-file="$log/munged.log" --seed-file="$var/munge.seed"
    await munge 10 munge_ready
}

munge_ready() {
    [[ -S $run/munge.socket ]] && munge --socket "$run/munge.socket" --no-input
}
