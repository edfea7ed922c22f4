"""Servers beside each other that differ in one part of the application."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from pathlib import Path

import pytest


@contextmanager
def servers(
    running: Callable[..., AbstractContextManager[str]], folder: Path, part: str, kinds: Sequence[type]
) -> Iterator[list[str]]:
    """The addresses of servers whose `part` (a name in `vakgraaf.app`) is of one of these kinds each."""
    with ExitStack() as stack:
        addresses = []
        for kind in kinds:
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr(f"vakgraaf.app.{part}", kind)
                addresses.append(stack.enter_context(running(folder / kind.__name__)))
        yield addresses
