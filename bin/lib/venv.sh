# The Python environment: Debian's Python and Odoo, our pinned wheels beside them.
# shellcheck shell=bash

# install_venv [requirements files…]
install_venv() {
    local files=("$ROOT/requirements.txt" "$@") wanted file args=()
    wanted=$(cat "${files[@]}" | sha256sum | cut -c1-16)
    ! unchanged "venv-$#" "$wanted" || [ ! -x "$PYTHON" ] || return 0
    say "Installing Python packages"
    # Another python3 may come first on PATH: Odoo is in Debian's.
    [ -x "$PYTHON" ] || /usr/bin/python3 -m venv --system-site-packages "$VENV"
    for file in "${files[@]}"; do args+=(-r "$file"); done
    "$PYTHON" -m pip install -q --disable-pip-version-check "${args[@]}" >"$VAR/pip.log" 2>&1 ||
        { tail -n 15 "$VAR/pip.log" >&2; die "Python packages could not be installed." "read the lines above; the network or the package index is the usual cause."; }
    stamp "venv-$#" "$wanted"
}
