"""Runs a command and prints its CPU time (user and system), s, wall time, s, and peak resident memory, bytes.

The peak is read while the command runs, from Linux's process table: what the system hands back at the end includes the
memory of this program, which the command was forked from.
"""

import os
import subprocess
import sys
import time

begin = time.perf_counter()
child = subprocess.Popen(sys.argv[1:], stdout=subprocess.DEVNULL)
peak = 0
while True:
    pid, status, usage = os.wait4(child.pid, os.WNOHANG)
    if pid:
        break
    try:
        with open(f"/proc/{child.pid}/status") as table:
            peak = max([peak] + [int(row.split()[1]) * 1024 for row in table if row.startswith("VmHWM:")])
    except OSError:
        pass
    time.sleep(0.001)
wall = time.perf_counter() - begin
if status:
    sys.exit(f"{sys.argv[1:]}: status {status}")
print(usage.ru_utime + usage.ru_stime, wall, peak, sep="\t")
