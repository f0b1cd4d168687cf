"""What a crashed server leaves behind does not stay in the list of processes."""

import subprocess
import sys

import pytest

PROGRAM = """
import os
from intersessional.infra.embedded_postgres.orphans import adopt_orphans, wait_for_orphans

adopt_orphans()
read_end, write_end = os.pipe()
child = os.fork()
if child == 0:
    os.close(write_end)
    for _ in range(3):
        if os.fork() == 0:
            os.read(read_end, 1)
            os._exit(0)
    os._exit(7)
os.waitid(os.P_PID, child, os.WEXITED | os.WNOWAIT)
wait_for_orphans(child)
print(os.waitpid(child, 0)[1] >> 8)
print(len(open(f"/proc/{os.getpid()}/task/{os.getpid()}/children").read().split()))
os.close(write_end)
while True:
    try:
        os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOWAIT)
    except ChildProcessError:
        break
    wait_for_orphans(None)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux lets a process adopt orphans")
def test_orphans_are_waited_for_and_the_end_of_a_child_is_left_to_who_asks() -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=False, timeout=60
    )

    assert (done.returncode, done.stdout) == (0, "7\n3\n"), done.stderr
