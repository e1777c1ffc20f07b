# The pinned packages of Node: linters, and axe for the journeys.
# shellcheck shell=bash

install_node() {
    local packages=() wanted
    command -v node >/dev/null && command -v npm >/dev/null || packages=(nodejs npm)
    install_system "${packages[@]}"
    wanted=$(sha256sum <"$ROOT/package-lock.json")
    ! unchanged node "$wanted" || [ ! -d "$ROOT/node_modules" ] || return 0
    say "Installing packages of Node"
    (cd "$ROOT" && machine_time npm ci --ignore-scripts >"$VAR/node.log" 2>&1) ||
        { tail -n 15 "$VAR/node.log" >&2; die "the packages of Node could not be installed." "read the lines above; the network or a package index is the usual cause."; }
    stamp node "$wanted"
}
