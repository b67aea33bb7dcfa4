"""Runs a command and says, as JSON on stdout, what it took.

A process of its own: Linux counts the peak of whoever starts a command as the command's, and the bench itself is large.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time


def main() -> None:
    """`launch.py COMMAND...`: {seconds, processor, peak (bytes), code}; processor null and peak 0 where not told."""
    started = time.perf_counter()
    process = subprocess.Popen(sys.argv[1:], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    peak, processor = 0, None
    if hasattr(os, "wait4"):
        _, status, usage = os.wait4(process.pid, 0)
        code = os.waitstatus_to_exitcode(status)
        peak = usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024)
        processor = usage.ru_utime + usage.ru_stime
    else:
        code = process.wait()
    taken = {"seconds": time.perf_counter() - started, "processor": processor, "peak": peak, "code": code}
    print(json.dumps(taken))


if __name__ == "__main__":
    main()
