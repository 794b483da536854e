# shellcheck shell=bash
# The login node. Every login goes through etc/login, which gives it the site's home, Slurm's configuration and bin/.

sshd_configure() {
    keep_port sshd
    [[ -f $etc/ssh_host_ed25519_key ]] || ssh-keygen -q -t ed25519 -N '' -C demo-site -f "$etc/ssh_host_ed25519_key"
    [[ -f $etc/authorized_keys ]] || (umask 077 && touch "$etc/authorized_keys")
    cat > "$etc/sshd_config" <<END
Port ${ports[sshd]}
ListenAddress 127.0.0.1
HostKey $etc/ssh_host_ed25519_key
PidFile $run/sshd.own.pid
AuthorizedKeysFile $etc/authorized_keys
AllowUsers $(id -un)
# Folders above the site (such as /tmp) may be open to all, the file itself is not.
StrictModes no
UsePAM no
UseDNS no
PasswordAuthentication no
KbdInteractiveAuthentication no
MaxStartups 100:30:200
PrintMotd no
LogLevel ERROR
ForceCommand $etc/login
Subsystem sftp /usr/lib/openssh/sftp-server
END
    cat > "$etc/login" <<END
#!/bin/sh
# Written by site/up. etc/login.hook, if there, is read first: a test may print a banner there, set a limit, or refuse.
export HOME=$site_dir/home SITE_DIR=$site_dir SLURM_CONF=$SLURM_CONF PATH=$site_dir/bin:/usr/local/bin:/usr/bin:/bin
cd "\$HOME" || exit 1
if [ -n "\$SSH_CONNECTION" ] && [ -f $etc/login.hook ]; then . $etc/login.hook; fi
case \$SSH_ORIGINAL_COMMAND in
    '') exec /bin/bash -l ;;
    /usr/lib/openssh/sftp-server) exec /usr/lib/openssh/sftp-server ;;
    *) exec /bin/bash -c "\$SSH_ORIGINAL_COMMAND" ;;
esac
END
    chmod 755 "$etc/login"
    # A login shell reads the system's profile, which sets PATH anew.
    [[ -f $site_dir/home/.profile ]] || printf 'PATH=%s/bin:$PATH\n' "$site_dir" > "$site_dir/home/.profile"
}

sshd_start() {
    small_prefix
    # Its own path in full: sshd starts itself anew for each connection.
    spawn sshd "${inside[@]}" "$(command -v sshd)" -D -e -f "$etc/sshd_config"
    await sshd 10 listening sshd
}
