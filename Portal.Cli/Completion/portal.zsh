#compdef portal
# Completion of portal for zsh, after compinit:   source <(portal completion zsh)
_portal() {
    local line="${(j: :)words[1,CURRENT]}"
    local -a found=("${(@f)$(portal "[suggest:${#line}]" "$line" 2>/dev/null)}")
    if (( $#found[1] )); then compadd -- $found; else _files; fi
}
compdef _portal portal
