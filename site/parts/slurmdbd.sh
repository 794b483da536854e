# shellcheck shell=bash
# Slurm's accounting: what sacct answers from. History survives restarts.

slurmdbd_configure() {
    keep_port slurmdbd
    (umask 077 && cat > "$etc/slurmdbd.conf") <<END
AuthType=auth/munge
AuthInfo=socket=$run/munge.socket
DbdHost=localhost
DbdAddr=$slurm_address
DbdPort=${ports[slurmdbd]}
SlurmUser=$(id -un)
StorageType=accounting_storage/mysql
StorageHost=localhost
StorageUser=root
StorageLoc=slurm_accounting
LogFile=$log/slurmdbd.own.log
PidFile=$run/slurmdbd.own.pid
DebugLevel=error
CommunicationParameters=NoInAddrAny
END
}

slurmdbd_start() {
    spawn_env=(MYSQL_UNIX_PORT="$run/mariadb.socket")
    spawn slurmdbd slurmdbd -D
    spawn_env=()
    await slurmdbd 20 listening slurmdbd
    [[ -f $var/accounts-made ]] || make_accounts
}

# One account everyone may use; a QOS that refuses a second job, for those who want to see a refusal.
make_accounts() {
    {
        sacctmgr -i add cluster demo
        sacctmgr -i add qos tiny MaxSubmitJobsPerUser=1 MaxWall=00:05:00
        sacctmgr -i add account demo Cluster=demo Description=demo Organization=demo
        sacctmgr -i add user "$(id -un)" Account=demo DefaultAccount=demo QOS=normal,tiny DefaultQOS=normal AdminLevel=Admin
    } >> "$log/slurmdbd.log" 2>&1 || broken slurmdbd "its accounts cannot be made"
    touch "$var/accounts-made"
}
