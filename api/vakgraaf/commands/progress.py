"""How far something is, for who waits at a terminal."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

Shown = Callable[[str, int, int], None]
"""Called with what is being done, how much of it is done, and of how much; 0 where that is not known."""


@contextmanager
def shown() -> Iterator[Shown | None]:
    """A bar on standard error, where that is a terminal; else None."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console  # not above: most runs have no terminal
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:

        def show(text: str, done: int, of: int) -> None:
            (task,) = bar.tasks or (None,)
            if task is None or task.description != text:  # a task that has a total keeps one
                if task is not None:
                    bar.remove_task(task.id)
                bar.add_task(text, completed=done, total=of or None)
                bar.refresh()
            else:
                bar.update(task.id, completed=done, total=of or None)

        yield show


@contextmanager
def counted(text: str = "") -> Iterator[Callable[[int, int], None] | None]:
    """As `shown`, for something that is one thing to do."""
    with shown() as show:
        yield None if show is None else lambda done, of: show(text, done, of)
