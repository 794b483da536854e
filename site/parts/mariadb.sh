# shellcheck shell=bash
# The database under Slurm's accounting: on a socket alone, its files in var/mariadb.

mariadb_configure() {
    cat > "$etc/my.cnf" <<END
[mariadbd]
datadir=$var/mariadb
socket=$run/mariadb.socket
pid-file=$run/mariadb.own.pid
tmpdir=$site_dir/tmp
skip-networking
skip-log-bin
performance_schema=off
max_connections=40
innodb_buffer_pool_size=64M
innodb_log_file_size=32M
innodb_lock_wait_timeout=900
# A demo site may lose a second of accounting in a power cut, it loses nothing when processes are killed.
innodb_flush_log_at_trx_commit=2
max_allowed_packet=16M
END
}

mariadb_start() {
    if [[ ! -d $var/mariadb/mysql ]]; then
        rm -rf "$var/mariadb" "$var/mariadb.new"
        mariadb-install-db --defaults-file="$etc/my.cnf" --datadir="$var/mariadb.new" --skip-test-db \
            --auth-root-authentication-method=normal > "$log/mariadb.log" 2>&1 || broken mariadb "its files cannot be made"
        mv "$var/mariadb.new" "$var/mariadb"
    fi
    spawn mariadb mariadbd --defaults-file="$etc/my.cnf"
    await mariadb 20 mariadb_ready
}

mariadb_ready() {
    [[ -S $run/mariadb.socket ]] && mariadb-admin --no-defaults --socket="$run/mariadb.socket" --user=root ping
}
