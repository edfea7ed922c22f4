"""The engine's own processes, when who started them has gone: they end, and have nothing to say."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
from pathlib import Path

from vakgraaf.engine import Packaged, StateDirectory
from vakgraaf.engine.fill import fill


def test_process_with_the_data_ends_in_silence_where_nobody_heard_that_it_is_ready(
    state: StateDirectory, packaged: Packaged
) -> None:
    manifest = fill(state, packaged)
    ours, theirs = socket.socketpair()
    options = {
        "snapshot": str(state.snapshot(manifest.version)),
        "in_memory": True,
        "merged": True,
        "memory_mb": 512,
        "statistics": str(Path(state.statistics)),
    }
    command = [sys.executable, "-P", "-m", "vakgraaf.engine", "zygote", str(theirs.fileno()), json.dumps(options)]
    with theirs, subprocess.Popen(command, pass_fds=[theirs.fileno()], stderr=subprocess.PIPE, text=True) as process:
        theirs.close()
        ours.recv(1, socket.MSG_PEEK)
        ours.close()  # what it said is lost unread, which the other end hears of
        assert process.stderr is not None
        assert process.stderr.read() == ""
        assert process.wait(30) == 0


def test_process_that_reads_the_disk_ends_in_silence_where_nobody_listens(
    state: StateDirectory, packaged: Packaged, tmp_path: Path
) -> None:
    manifest = fill(state, packaged)
    with (tmp_path / "names").open("w") as names:
        place = [str(state.snapshot(manifest.version)), str(names.fileno())]
        process = subprocess.Popen(
            [sys.executable, "-P", "-m", "vakgraaf.engine", "unload", *place],
            pass_fds=[names.fileno()],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
    with process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(30) == 1
