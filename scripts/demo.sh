# shellcheck shell=bash
# What a newcomer would do, by the command line of the portal: account, machine, key, data, workflow, run.
: "${root:?} ${site:=} ${demo:=} ${address:=}"

# fact NAME: a fact of the site, from its site.json.
fact() { sed -n "s/^  \"$1\": \"\{0,1\}\([^\",]*\)\"\{0,1\},\{0,1\}\$/\1/p" "$site/site.json"; }

portal() { PORTAL_CONFIG=$demo/config.json PORTAL_URL=$address PORTAL_SECURITY_TOKEN='' dotnet "$root/Portal.Cli/bin/run/portal.dll" "$@"; }

# secret FILE: standard input into a file that its owner alone may read.
secret() { (umask 077 && cat > "$1.new" && mv "$1.new" "$1"); }

have_account() {
    portal machine list >/dev/null 2>&1 && return
    if [[ ! -f $demo/account ]]; then
        {
            echo "demo@portal.example"
            od -An -N12 -tx1 /dev/urandom | tr -d ' \n' | sed 's/......../&-/g; s/-$//'
            echo
        } | secret "$demo/account"
    fi
    local mail
    mail=$(head -n 1 "$demo/account")
    sed -n 2p "$demo/account" | secret "$demo/password"
    # Already there when the token alone was lost.
    portal login --mail "$mail" --password-file "$demo/password" >/dev/null 2>&1 \
        || portal login --sign-up --name 'Demo' --mail "$mail" --password-file "$demo/password" >/dev/null
    rm -f "$demo/password"
}

machine() { portal machine list | awk -v name=demo-cluster '$2 == name && $3 != "Retired" { print $1, $3 }'; }

have_machine() {
    local id state known seen
    read -r id state <<< "$(machine)" || true
    if [[ -z $id ]]; then
        portal machine register --name demo-cluster --host "$(fact host)" --port "$(fact sshPort)" --user "$(fact user)" \
            --work-folder "$(fact workdir)" --install-folder "$(fact installdir)" --data-folder "$(fact datadir)" --scheduler slurm >/dev/null
        read -r id state <<< "$(machine)"
    fi
    if [[ $state != Ready ]]; then
        # What the operators publish, compared with what answers.
        known=$(fact hostKey | ssh-keygen -lf - | cut -d' ' -f2)
        seen=$(portal machine host-keys "$id" | awk -v key="$known" '$2 == key { print $2 }')
        [[ -n $seen ]] || fail "The machine does not answer with the host key that the site has ($known)."
        portal machine confirm "$id" "$known" >/dev/null
    fi
    if [[ ! -f $demo/security-token ]]; then
        portal machine key "$id" 2>/dev/null | secret "$demo/key"
        sed -n 's/^Public key  *//p' "$demo/key" | "$root/site/run" "$site" "cat >> $(fact authorizedKeys)"
        sed -n 's/^Security token  *//p' "$demo/key" | secret "$demo/security-token"
        rm -f "$demo/key"
        portal machine test "$id" --security-token-file "$demo/security-token" \
            || { rm -f "$demo/security-token"; fail "The connection test failed."; }
    fi
}

have_data_and_workflow() {
    portal endpoint add demo-data "$(fact ftpUrl)" --user "$(fact ftpUser)" --password-file "$(fact ftpPasswordFile)" >/dev/null
    portal workflow add "$(fact workflowFile)" >/dev/null
}

# submit: submits heat-sweep; prints the run's key.
submit() {
    portal run submit --machine demo-cluster --workflow heat-sweep --security-token-file "$demo/security-token" | sed -n 's/^Run  *//p'
}
