# Completion of portal for bash:   source <(portal completion bash)
_portal() {
    local IFS=$'\n'
    # shellcheck disable=SC2207
    COMPREPLY=($(portal "[suggest:$COMP_POINT]" "$COMP_LINE" 2>/dev/null))
}
complete -o default -F _portal portal
