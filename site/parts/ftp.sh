# shellcheck shell=bash
# The data server: one login, the files in data/.

ftp_configure() {
    keep_port ftp
    mkdir -p "$site_dir/data"
    if [[ ! -s $etc/ftp.password ]]; then
        (umask 077 && head -c 18 /dev/urandom | base64 | tr '+/' '-_' > "$etc/ftp.password")
    fi
    if [[ ! -s $etc/ftp.users ]]; then
        ftpasswd --passwd --sha512 --stdin --name=demo --uid="$(id -u)" --gid="$(id -g)" --home="$site_dir/data" \
            --shell=/bin/false --file="$etc/ftp.users" < "$etc/ftp.password" >> "$log/ftp.log" 2>&1 || broken ftp "no login"
    fi
    cat > "$etc/proftpd.conf" <<END
ServerName demo-data
ServerIdent on "demo-data"
ServerType standalone
DefaultAddress 127.0.0.1
SocketBindTight on
Port ${ports[ftp]}
UseIPv6 off
UseReverseDNS off
User $(id -un)
Group $(id -gn)
AuthOrder mod_auth_file.c
AuthUserFile $etc/ftp.users
RequireValidShell off
UseFtpUsers off
WtmpLog off
TransferLog none
SystemLog $log/ftp.own.log
DebugLevel 0
PidFile $run/ftp.own.pid
ScoreboardFile $run/ftp.scoreboard
DelayEngine off
MaxInstances 200
Umask 022
TimesGMT on
AllowOverwrite on
AllowStoreRestart on
AllowRetrieveRestart on
# There is no chroot without root: everything outside data/ is closed instead.
<Directory />
  <Limit ALL>
    DenyAll
  </Limit>
</Directory>
<Directory $site_dir/data>
  <Limit ALL>
    AllowAll
  </Limit>
</Directory>
END
}

ftp_start() {
    spawn ftp proftpd --nodaemon --config "$etc/proftpd.conf"
    await ftp 10 listening ftp
}
