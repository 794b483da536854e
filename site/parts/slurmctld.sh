# shellcheck shell=bash
# The scheduler. Two cores are offered many times over and memory is claimed in plenty, so that many jobs run at once:
# what a job asks for is an upper limit for itself, not a share of this machine.

slurmctld_configure() {
    keep_port slurmctld
    keep_port slurmd
    cat > "$etc/slurm.conf" <<END
ClusterName=demo
SlurmctldHost=$(hostname -s)($slurm_address)
SlurmctldPort=${ports[slurmctld]}
SlurmdPort=${ports[slurmd]}
SlurmUser=$(id -un)
SlurmdUser=$(id -un)
AuthType=auth/munge
AuthInfo=socket=$run/munge.socket
CredType=cred/munge
CommunicationParameters=NoCtldInAddrAny,NoInAddrAny

StateSaveLocation=$var/slurmctld
SlurmdSpoolDir=$var/slurmd
SlurmctldPidFile=$run/slurmctld.own.pid
SlurmdPidFile=$run/slurmd.own.pid
SlurmctldLogFile=$log/slurmctld.own.log
SlurmdLogFile=$log/slurmd.own.log
SlurmctldDebug=error
SlurmdDebug=error

ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SwitchType=switch/none
MpiDefault=none
ReturnToService=2
SlurmdParameters=config_overrides
KillWait=5

# A job over its memory is ended by the sampler: without root there are no control groups to do it.
JobAcctGatherType=jobacct_gather/linux
JobAcctGatherFrequency=task=3
JobAcctGatherParams=OverMemoryKill

SchedulerType=sched/backfill
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU_Memory
DefMemPerCPU=256
# Quick answers: sbatch does not try to start the job itself, a pass over the queue follows at once.
SchedulerParameters=defer,sched_interval=1,sched_min_interval=200000,batch_sched_delay=0,bf_interval=5,default_queue_depth=1000
MaxJobCount=50000
MaxArraySize=10001
MinJobAge=$min_job_age
EnforcePartLimits=ALL

AccountingStorageType=accounting_storage/slurmdbd
AccountingStorageHost=$slurm_address
AccountingStoragePort=${ports[slurmdbd]}
AccountingStoragePass=$run/munge.socket
AccountingStoreFlags=job_comment
AccountingStorageEnforce=associations,limits,qos

NodeName=demo1 NodeHostname=$(hostname -s) NodeAddr=$slurm_address CPUs=2 RealMemory=1000000 State=UNKNOWN
PartitionName=main Nodes=demo1 Default=YES MaxTime=1-00:00:00 DefaultTime=01:00:00 OverSubscribe=FORCE:32 State=UP
PartitionName=short Nodes=demo1 MaxTime=00:05:00 DefaultTime=00:01:00 OverSubscribe=FORCE:32 PriorityTier=2 State=UP
PartitionName=maintenance Nodes=demo1 MaxTime=1-00:00:00 OverSubscribe=FORCE:32 State=DOWN
END
}

slurmctld_start() {
    mkdir -p "$var/slurmctld"
    spawn slurmctld slurmctld -D
    await slurmctld 20 listening slurmctld
}
