# Debian packages: Odoo 19 from sid by a pin that lets nothing else of sid in.
# shellcheck shell=bash

APT_NAME=e-territoire-odoo
# Where the system says what it is; the tests give others.
OS_RELEASE="${OS_RELEASE:-/etc/os-release}" APT_DIR="${APT_DIR:-/etc/apt}"
# What Odoo and the project need beside it; all of them from Debian 13.
RUN_PACKAGES=(postgresql python3-venv python3-websocket python3-ldap python3-magic python3-phonenumbers python3-segno libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-dejavu-core curl ca-certificates)
TEST_PACKAGES=(chromium-headless-shell fonts-liberation libfaketime nginx)

need_debian() {
    local id="" version=""
    # shellcheck source=/dev/null
    [ ! -r "$OS_RELEASE" ] || { id=$(. "$OS_RELEASE" && say "${ID:-}"); version=$(. "$OS_RELEASE" && say "${VERSION_ID:-}"); }
    [ "$id" = debian ] && [ "$version" = 13 ] ||
        die "this is ${id:-an unknown system}${version:+ $version}, and the project installs itself on Debian 13 only." \
            "use Debian 13 (a container or a virtual machine will do), or docker/compose.yaml."
    # Less is needed once everything is installed.
    local free_mb needed_mb=4000
    [ ! -x "$PYTHON" ] || needed_mb=500
    free_mb=$(df -Pm "$ROOT" | awk 'NR==2{print $4}')
    [ "$free_mb" -ge "$needed_mb" ] || die "only $free_mb MB are free on the disk of $ROOT, and $needed_mb MB are needed." \
        "free some space, or clone the project on another disk."
}

installed() { dpkg-query -W -f='${db:Status-Status}' "$1" 2>/dev/null | grep -qx installed; }

missing_packages() {
    local name
    for name in "$@"; do installed "$name" || say "$name"; done
}

# Installs without starting a service: a policy of the moment, taken away even when we are interrupted;
# an existing one is kept.
quiet_install() (
    policy=/usr/sbin/policy-rc.d status=0
    if [ ! -e "$policy" ]; then
        trap 'as_root rm -f "$policy"' EXIT
        printf '#!/bin/sh\nexit 101\n' | as_root tee "$policy" >/dev/null
        as_root chmod 755 "$policy"
    fi
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "$@" >"$VAR/apt.log" 2>&1 || status=$?
    [ "$status" = 0 ] || { tail -n 15 "$VAR/apt.log" >&2; die "Debian could not install: $*" "read the lines above; 'apt-get update' or a mirror that answers often mends it."; }
)

# Debian's service would take its port at the next start of the machine; one that was there before us is kept.
disable_service() {
    as_root update-rc.d "$1" disable >/dev/null 2>&1 || true
    as_root deb-systemd-helper disable "$1.service" >/dev/null 2>&1 || true
}

apt_update() {
    as_root apt-get update -q >"$VAR/apt.log" 2>&1 ||
        { tail -n 5 "$VAR/apt.log" >&2; die "apt-get update failed." "check the network and the apt sources of this machine."; }
}

# The machine's own source of Debian, with the suite sid: no host name is ours.
sid_source() {
    perl -e '
        use strict; local $/ = "";
        for my $file (glob "'"$APT_DIR"'/sources.list.d/*.sources") {
            next if $file =~ m{/'"$APT_NAME"'\.sources$};
            open my $in, "<", $file or next;
            while (my $block = <$in>) {
                next unless $block =~ /^Types:.*\bdeb(\s|$)/m;
                next unless $block =~ /^Suites:.*\b(trixie|stable)(\s|$)/m && $block !~ /security/;
                $block =~ s/^#.*\n//mg;
                $block =~ s/^Suites:.*/Suites: sid/m;
                $block =~ s/^Components:.*/Components: main/m;
                print $block; exit;
            }
        }
        $/ = "\n";
        for my $file ("'"$APT_DIR"'/sources.list", glob "'"$APT_DIR"'/sources.list.d/*.list") {
            open my $in, "<", $file or next;
            while (<$in>) {
                next unless m{^deb\s+(\[[^\]]*\]\s+)?(\S+)\s+(trixie|stable)\s};
                print "Types: deb\nURIs: $2\nSuites: sid\nComponents: main\n";
                my $signed = $1 // "";
                print "Signed-By: $1\n" if $signed =~ /signed-by=([^\s\]]+)/;
                print "Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg\n" unless $signed;
                exit;
            }
        }'
}

install_odoo() {
    if [ -n "${ODOO_DEB:-}" ]; then
        [ -r "$ODOO_DEB" ] || die "the file of ODOO_DEB cannot be read: $ODOO_DEB" "give the path of an odoo 19 .deb."
        quiet_install "$(realpath "$ODOO_DEB")"
    else
        local source version
        source=$(sid_source)
        [ -n "$source" ] || die "no apt source of Debian 13 was found on this machine." \
            "add one under /etc/apt/sources.list.d, or give a package: ODOO_DEB=odoo.deb bin/run"
        say "$source" | as_root tee "$APT_DIR/sources.list.d/$APT_NAME.sources" >/dev/null
        as_root tee "$APT_DIR/preferences.d/$APT_NAME" >/dev/null <<'PIN'
Package: *
Pin: release n=sid
Pin-Priority: -1

Package: odoo-19
Pin: release n=sid
Pin-Priority: 500
PIN
        apt_update
        version=$(apt-cache policy odoo-19 | awk '/Candidate:/{print $2}')
        case "$version" in
        19.0*) ;;
        *) die "Debian sid no longer offers Odoo 19.0 (it offers: ${version:-nothing})." \
            "keep a package of Odoo 19.0 and give it: ODOO_DEB=odoo.deb bin/run" ;;
        esac
        quiet_install odoo-19
    fi
    disable_service odoo
}

# install_system [more packages…]: nothing is asked of apt when nothing is missing.
install_system() {
    need_debian
    mkdir -p "$VAR" 2>/dev/null && [ -w "$VAR" ] || die "the folder $VAR cannot be written." "take rights on it, or set ETERRITOIRE_VAR to another folder."
    local missing=()
    mapfile -t missing < <(missing_packages "${RUN_PACKAGES[@]}" "$@")
    if [ ${#missing[@]} -gt 0 ]; then
        say "Installing Debian packages: ${missing[*]}"
        if ! installed postgresql; then
            # Debian's own cluster "main" would take port 5432: ours is private.
            as_root mkdir -p /etc/postgresql-common/createcluster.d
            say "create_main_cluster = false" | as_root tee /etc/postgresql-common/createcluster.d/e-territoire.conf >/dev/null
        fi
        apt_update
        quiet_install "${missing[@]}"
        [[ " ${missing[*]} " != *" nginx "* ]] || disable_service nginx
    fi
    if ! installed odoo-19; then
        say "Installing Odoo 19"
        install_odoo
    fi
}
