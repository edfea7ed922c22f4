"""The writer process: `python -m vakgraaf.engine writer <request as JSON>`, for who must not open the store itself."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path

from vakgraaf.engine import failures
from vakgraaf.engine.packaged import Packaged
from vakgraaf.engine.state import LAYOUT, Manifest, StateDirectory
from vakgraaf.errors import UnreadableInput, VakgraafError


def fill_elsewhere(state: StateDirectory, packaged: Packaged | None) -> Manifest:
    """`fill` in a process of its own; blocks until that is done. Raises what `fill` raises.

    Most of the time there is nothing to fill, and then no process is started to find that out.
    """
    current = state.manifest()
    if current is not None and current.stays(packaged) and current.layout == LAYOUT:
        return current
    folders = None if packaged is None else asdict(packaged)
    request = json.dumps({"state": str(state.path), "packaged": folders}, default=str)
    ended = subprocess.run(
        [sys.executable, "-P", "-m", "vakgraaf.engine", "writer", request],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        check=False,
    )
    try:
        answer = json.loads(ended.stdout)
    except ValueError as error:
        raise UnreadableInput(
            f"Het vullen van {state.path} is afgebroken (code {ended.returncode}); start opnieuw.",
            f"Filling {state.path} was cut off (code {ended.returncode}); start again.",
        ) from error
    if "manifest" in answer:
        return Manifest(**answer["manifest"])
    raise failures.unpacked(json.dumps(answer["problem"]).encode())


def main(request: str) -> None:
    """Do what `request` asks and say on standard output how it ended, as JSON."""
    from vakgraaf.engine.fill import fill  # with numpy, which who only has it done does not need

    fields = json.loads(request)
    folders = fields["packaged"]
    packaged = None
    if folders is not None:
        packaged = Packaged(**{name: None if path is None else Path(path) for name, path in folders.items()})
    try:
        manifest = fill(StateDirectory(Path(fields["state"])), packaged)
    except VakgraafError as error:
        print(json.dumps({"problem": json.loads(failures.packed(error))}))
        return
    print(json.dumps({"manifest": asdict(manifest)}))
