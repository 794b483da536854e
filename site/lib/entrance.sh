# shellcheck shell=bash
# Daemons of the site run as one ordinary user. Root becomes one here: the scripts and examples are copied into the site,
# where that account can read them wherever the repository lies, and the command goes on from there.

make_account() {
    if ! id "$account" >/dev/null 2>&1; then
        # '*' is no password at all, but not "locked" either: sshd refuses a locked account even with a key.
        # Its real home is the site it serves (etc/login sees to that); one account serves several sites.
        useradd --no-create-home --home-dir / --shell /bin/bash --password '*' "$account" \
            || fail "the account $account cannot be made; start the site as an ordinary user instead"
    fi
}

as_account() {
    setpriv --reuid="$account" --regid="$(id -g "$account")" --clear-groups --no-new-privs -- "$@"
}

# copy_tools: what the site needs from the repository, inside the site.
copy_tools() {
    local root
    root=$(cd "$here/.." && pwd)
    [[ $root != "$site_dir/tools" ]] || return 0
    rm -rf "$site_dir/tools.new"
    mkdir -p "$site_dir/tools.new"
    cp -R "$root/site" "$root/examples" "$site_dir/tools.new/"
    rm -rf "$site_dir/tools"
    mv "$site_dir/tools.new" "$site_dir/tools"
    chmod -R a+rX "$site_dir/tools"
    (( EUID )) || chown -R "$account:" "$site_dir/tools"
}

# enter SCRIPT ARGUMENTS...: does nothing for an ordinary user; as root ends in the same script run by the account.
enter() {
    local script
    script=$(basename "$1")
    shift
    (( EUID == 0 )) || return 0
    make_account
    if [[ $script == up ]]; then
        if [[ -d $site_dir && $(stat -c %U "$site_dir") != "$account" && -n $(ls -A "$site_dir") ]]; then
            fail "$site_dir is not empty and belongs to $(stat -c %U "$site_dir"), not to $account: choose another folder"
        fi
        mkdir -p "$site_dir"
        chown "$account:" "$site_dir"
        as_account test -w "$site_dir" || fail "the account $account cannot reach $site_dir: a folder above it is closed." \
            "Choose one that others may enter, such as /var/lib/portal-site, or open the way with chmod o+x"
        copy_tools
    fi
    as_account bash "$site_dir/tools/site/$script" "$@" || exit
    # What the account could not remove in a folder of root's: the site's own folder, empty now.
    [[ $script != down || -n $(ls -A "$site_dir" 2>/dev/null) ]] || rmdir "$site_dir" 2>/dev/null || true
    exit 0
}
