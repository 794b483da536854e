# shellcheck shell=bash
# Puts the examples where a workflow finds them: inputs on the data server, the folder in the registry. Beside it lies a
# larger folder that nobody asked for, as in any real registry: a sparse checkout has something to leave out.

publish_examples() {
    local source=$1/examples mark
    registry_url=git://127.0.0.1:${ports[git]}/registry.git
    mark=$(cd "$source" && { echo "$registry_url"; find . -type f -print0 | sort -z | xargs -0 sha256sum; } | sha256sum)
    [[ ! -f $var/published || $(< "$var/published") != "$mark" ]] || return 0
    mkdir -p "$site_dir/data/heat-sweep/inputs"
    cp "$source"/heat-sweep/inputs/* "$site_dir/data/heat-sweep/inputs/"
    commit_examples "$source"
    echo "$mark" > "$var/published"
}

commit_examples() {
    local tree=$site_dir/tmp/registry n
    rm -rf "$tree"
    registry_git read-tree --empty
    if registry_git rev-parse -q --verify HEAD >/dev/null; then
        registry_git read-tree HEAD
    else
        mkdir -p "$tree/ocean-tides/stations"
        echo "Tide gauges, one file a station. Nothing here is needed by the other workflows." > "$tree/ocean-tides/README.md"
        for n in 01 02 03 04; do head -c 2M /dev/urandom > "$tree/ocean-tides/stations/$n.dat"; done
        registry_git add ocean-tides
    fi
    mkdir -p "$tree"
    cp -R "$1/heat-sweep" "$tree/"
    # The address that the form offers is the one of this site.
    sed -i "s#git://127.0.0.1:9418/registry.git#$registry_url#" "$tree/heat-sweep/workflow.yaml"
    cp "$tree/heat-sweep/workflow.yaml" "$site_dir/heat-sweep.yaml"
    registry_git add --all heat-sweep
    registry_git diff --cached --quiet HEAD 2>/dev/null || registry_git commit -q -m "The examples as of today"
    rm -rf "$tree"
}

registry_git() {
    mkdir -p "$site_dir/tmp/registry"
    git -C "$site_dir/tmp/registry" --git-dir="$site_dir/registry/registry.git" --work-tree="$site_dir/tmp/registry" \
        -c core.bare=false -c user.name='Demo site' -c user.email=site@localhost -c gc.auto=0 "$@"
}
