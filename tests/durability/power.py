"""What a loss of power would leave of a folder: whatever was not made sure of is gone."""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from pathlib import Path

from durability.stepping import Step


def cut(roots: Sequence[Path], steps: Sequence[Step], grave: Path, *, names: bool) -> int:
    """Take from the folders what those steps did not make sure of; how much that was.

    Always the second half of files that were written to after they were last synchronised; with `names` also every
    name that came, went or became another after its folder was, the last ones first.
    """
    lost = _halve(roots, steps)
    return lost + (_forget(roots, steps, grave) if names else 0)


def _halve(roots: Sequence[Path], steps: Sequence[Step]) -> int:
    unsure: set[int] = set()
    for step in steps:
        if step.call in ("write", "truncate"):
            unsure.add(step.file)
        elif step.call == "sync":
            unsure.discard(step.file)
    found = [path for root in roots for path in root.rglob("*") if path.is_file() and path.stat().st_ino in unsure]
    for path in found:
        os.truncate(path, path.stat().st_size // 2)
    return len(found)


def _forget(roots: Sequence[Path], steps: Sequence[Step], grave: Path) -> int:
    unsure: list[Step] = []
    for step in steps:
        if step.call == "sync":
            unsure = [each for each in unsure if step.file not in _folders(each)]
        elif step.call in ("create", "mkdir", "link", "rename", "unlink"):
            unsure.append(step)
    for step in reversed(unsure):
        _undo(step, roots, grave / str(step.number))
    return len(unsure)


def _folders(step: Step) -> tuple[int, ...]:
    return (step.other_folder,) if step.call in ("link", "rename") else (step.folder,)


def _undo(step: Step, roots: Sequence[Path], kept: Path) -> None:
    """Turn one step back, where the folder is still there."""
    near, far = _place(roots, step.folder), _place(roots, step.other_folder)
    target = near / step.name if near else None
    if step.call in ("link", "rename"):
        target = far / step.other_name if far else None
    if target is None:
        return
    if step.call == "unlink":
        if kept.exists() and not target.exists():
            os.link(kept, target)
        return
    if step.call == "rename":
        if near is not None and target.exists():
            target.rename(near / step.name)
    elif target.is_dir():
        shutil.rmtree(target)
    else:
        target.unlink(missing_ok=True)
    if kept.exists() and not target.exists():
        os.link(kept, target)


def _place(roots: Sequence[Path], inode: int) -> Path | None:
    for root in roots:
        for path in (root.parent, root, *root.rglob("*")):
            if path.is_dir() and path.stat().st_ino == inode:
                return path
    return None
