# shellcheck shell=bash
# What the site says about itself: site.json for programs, a few lines for people.

write_json() {
    cat > "$site_dir/site.json.new" <<END
{
  "dir": "$site_dir",
  "host": "127.0.0.1",
  "sshPort": ${ports[sshd]},
  "user": "$(id -un)",
  "home": "$site_dir/home",
  "workdir": "$site_dir/home/portal/work",
  "installdir": "$site_dir/home/portal/install",
  "datadir": "$site_dir/home/portal/data",
  "smallFolder": "$([[ ! -f $etc/small ]] || echo "$site_dir/home/portal/small")",
  "authorizedKeys": "$etc/authorized_keys",
  "hostKey": "$(cut -d' ' -f1,2 "$etc/ssh_host_ed25519_key.pub")",
  "scheduler": "slurm",
  "partitions": ["main", "short", "maintenance"],
  "account": "demo",
  "ftpUrl": "ftp://127.0.0.1:${ports[ftp]}",
  "ftpUser": "demo",
  "ftpPasswordFile": "$etc/ftp.password",
  "ftpFolder": "$site_dir/data",
  "gitUrl": "git://127.0.0.1:${ports[git]}/registry.git",
  "registryFolder": "$site_dir/registry/registry.git",
  "workflowFile": "$site_dir/heat-sweep.yaml",
  "slurmConf": "$SLURM_CONF",
  "bin": "$site_dir/bin",
  "loginHook": "$etc/login.hook",
  "log": "$log"
}
END
    mv "$site_dir/site.json.new" "$site_dir/site.json"
}

print_summary() {
    cat <<END
The demo site runs in $site_dir (as $(id -un)):
  cluster    ssh -p ${ports[sshd]} $(id -un)@127.0.0.1   Slurm: partitions main, short, maintenance (closed)
             keys in etc/authorized_keys, work below home/portal
  data       ftp://demo@127.0.0.1:${ports[ftp]}/   password in etc/ftp.password, files in data/
  registry   git://127.0.0.1:${ports[git]}/registry.git
  end        site/down $site_dir
END
}
