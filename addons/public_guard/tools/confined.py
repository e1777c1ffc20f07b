"""Read a hostile file in a process of its own: when it takes too much, the system stops that
process and the server goes on.

`run` is called by the server. Run as a program (name of a job, file on standard input), it prints
what the job found as a line of JSON, then the new file, if any.
"""

import importlib
import json
import logging
import resource
import signal
import subprocess
import sys
from collections import namedtuple
from pathlib import Path

MEGABYTE = 1024 * 1024

Limits = namedtuple("Limits", "memory cpu_seconds seconds")

# Job: a module beside this one, whose `read(content)` returns (dict, bytes).
JOBS = {
    "pdf_check": Limits(768 * MEGABYTE, 10, 20),
    "picture": Limits(448 * MEGABYTE, 20, 40),
}
COMMAND = [sys.executable, "-I", str(Path(__file__).resolve())]
# One heap for all threads. Nothing else of the server's surroundings is told to the process.
ENVIRONMENT = {"MALLOC_ARENA_MAX": "1"}


def run(job, content):
    """Return what the job found and the new file. {"refused": reason} when there is none: the
    job's own reasons, "broken" when the process failed, "heavy" when it had not enough memory,
    "busy" when it is not the file's fault.
    """
    # Killed, or not even started: the machine is short of memory, perhaps for a moment.
    return _run(job, content) or _run(job, content) or ({"refused": "busy"}, b"")


def _run(job, content):
    try:
        process = subprocess.run(
            [*COMMAND, job],
            input=content,
            capture_output=True,
            timeout=JOBS[job].seconds,
            env=ENVIRONMENT,
        )
    except subprocess.TimeoutExpired:
        return {"refused": "busy"}, b""
    except (OSError, MemoryError):
        return None
    if process.returncode == -signal.SIGKILL:
        return None
    if process.returncode:
        return {"refused": "broken"}, b""
    facts, _newline, output = process.stdout.partition(b"\n")
    return json.loads(facts), output


def main(job):
    limits = JOBS[job]
    _limit(resource.RLIMIT_AS, limits.memory)
    _limit(resource.RLIMIT_CPU, limits.cpu_seconds)
    _limit(resource.RLIMIT_CORE, 0)
    logging.disable()
    # Last: no module beside this one stands for another.
    sys.path.append(str(Path(__file__).parent))
    try:
        facts, output = importlib.import_module(job).read(sys.stdin.buffer.read())
    except MemoryError:
        facts, output = {"refused": "heavy"}, b""
    sys.stdout.buffer.write(json.dumps(facts).encode() + b"\n")
    sys.stdout.buffer.write(output)


def _limit(kind, wanted):
    _soft, hard = resource.getrlimit(kind)
    # Who starts us may allow less: asking for more is an error.
    allowed = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
    resource.setrlimit(kind, (allowed, allowed))


if __name__ == "__main__":
    main(sys.argv[1])
