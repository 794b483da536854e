# shellcheck shell=bash
# The one compute node. Its settings stand in slurm.conf (parts/slurmctld.sh).

slurmd_configure() {
    mkdir -p "$var/slurmd"
}

slurmd_start() {
    small_prefix
    spawn slurmd "${inside[@]}" nice -n 5 slurmd -D -N demo1
    await slurmd 20 listening slurmd
}

# The node takes work once slurmctld has heard from it. A job left from before may keep it from being idle.
node_ready() {
    [[ $(sinfo -h -o %T -p main) =~ ^(idle|mixed|allocated|completing)$ ]]
}
