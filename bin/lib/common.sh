# Shared by every command of bin/: where things are, how we speak, how we stop.
# Sourced, never run. Everything that the project creates lives under var/ and .venv/.
# shellcheck shell=bash
set -euo pipefail

ROOT="$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)"
VAR="${ETERRITOIRE_VAR:-$ROOT/var}"
VENV="$ROOT/.venv"
PYTHON="$VENV/bin/python"
# Read by the scripts that source this file.
# shellcheck disable=SC2034
DB_NAME="${DB_NAME:-eterritoire}" PORT="${PORT:-8069}"
export PYTHONDONTWRITEBYTECODE=1 LC_ALL=C.UTF-8

say() { printf '%s\n' "$*"; }

# One sentence for what is wrong, one for the way out; never a stack trace.
die() {
    printf 'Stopped: %s\n' "$1" >&2
    [ $# -lt 2 ] || printf 'Way out: %s\n' "$2" >&2
    exit 1
}

as_root() {
    if [ "$(id -u)" = 0 ]; then
        "$@"
    elif command -v sudo >/dev/null; then
        sudo "$@"
    else
        die "this step needs the rights of root: $1" "run the command as root, or install sudo."
    fi
}

# The first free TCP port of the loopback from $1 on.
free_port() {
    local port=$1
    while port_busy "$port"; do port=$((port + 1)); done
    say "$port"
}

port_busy() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

# What we started, ended in reverse order when the command ends: nothing else is touched.
STARTED=()
# started pid [signal]: the signal that ends it properly, TERM by default.
started() { STARTED+=("$1:${2:-TERM}"); }
# ended pid: it ended by itself.
ended() {
    local entry kept=()
    for entry in "${STARTED[@]}"; do [ "${entry%:*}" = "$1" ] || kept+=("$entry"); done
    STARTED=("${kept[@]}")
}
stop_started() {
    local i pid
    for ((i = ${#STARTED[@]} - 1; i >= 0; i--)); do
        pid=${STARTED[i]%:*}
        kill -s "${STARTED[i]#*:}" "$pid" 2>/dev/null || continue
        for _ in $(seq 200); do
            kill -0 "$pid" 2>/dev/null || break
            sleep 0.1
        done
        kill -9 "$pid" 2>/dev/null || true
    done
    STARTED=()
}

# start_process log command…: in a session of its own, so that the terminal's Ctrl-C reaches only us and
# we end it in order; the kernel ends it if we are killed. Its pid is $!.
start_process() {
    local log=$1
    shift
    setsid setpriv --pdeathsig TERM "$@" >>"$log" 2>&1 </dev/null &
    started $!
}

# wait_for name log seconds command…: until the command succeeds; stops when the last process started is no more.
wait_for() {
    local name=$1 log=$2 end=$((SECONDS + $3)) pid=${STARTED[-1]%:*}
    shift 3
    until "$@"; do
        kill -0 "$pid" 2>/dev/null || { tail -n 15 "$log" >&2; die "$name stopped while it started." "read $log"; }
        [ "$SECONDS" -lt "$end" ] || { tail -n 15 "$log" >&2; die "$name does not answer." "read $log"; }
        sleep 0.2
    done
}

# Stamps avoid work: `unchanged name content` is true when the last `stamp` had the same content.
unchanged() { [ -f "$VAR/stamps/$1" ] && [ "$(cat "$VAR/stamps/$1")" = "$2" ]; }
stamp() {
    mkdir -p "$VAR/stamps"
    printf '%s' "$2" >"$VAR/stamps/$1"
}
