"""What a process that reads one message may take of the machine."""

import resource
import signal

# An ordinary message of 25 MB takes 5 s and 700 MB, Odoo itself included.
MEMORY = 1536 * 1024 * 1024
CPU_SECONDS = 60


class TooHeavy(Exception):
    """A message made to take more than that."""


def set_limits(memory=MEMORY, cpu_seconds=CPU_SECONDS):
    """Of this process, for ever: MemoryError or TooHeavy is raised in it."""
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    # In the middle of a library no signal is heard: then the system ends it, a little later.
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_seconds, cpu_seconds + 10))
    signal.signal(signal.SIGXCPU, _stop)


def _stop(*_args):
    raise TooHeavy
