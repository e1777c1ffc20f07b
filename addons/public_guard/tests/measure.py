"""Run a command and write the most memory that it took, in bytes, whatever becomes of it.

A program apart: what the system says of a process counts the one that started it, and a test is
started by all of Odoo.
"""

import os
import signal
import sys


def main(report, *command):
    pid = os.posix_spawn(command[0], command, os.environ)
    _pid, status, usage = os.wait4(pid, 0)
    with open(report, "w") as stream:
        stream.write(str(usage.ru_maxrss * 1024))
    if os.WIFSIGNALED(status):
        os.kill(os.getpid(), os.WTERMSIG(status))
        signal.pause()
    return os.waitstatus_to_exitcode(status)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
