# shellcheck shell=bash
# The registry: bare repositories below registry/, to be read over git://, in part as well as whole.

git_configure() {
    keep_port git
    mkdir -p "$site_dir/registry"
    [[ -d $site_dir/registry/registry.git ]] || make_repository registry
}

make_repository() {
    local repository=$site_dir/registry/$1.git
    git init -q --bare --initial-branch=main "$repository"
    git -C "$repository" config uploadpack.allowFilter true
    git -C "$repository" config uploadpack.allowAnySHA1InWant true
}

git_start() {
    # The daemon itself, not the git command that would stand beside it as a second process.
    spawn git "$(git --exec-path)/git-daemon" --listen=127.0.0.1 --port="${ports[git]}" --base-path="$site_dir/registry" \
        --export-all --reuseaddr --informative-errors --max-connections=0 "$site_dir/registry"
    await git 10 listening git
}
