"""What an operator sees of an engine: what runs on it, and how busy it is."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Running:
    """A query or a change that is worked out now: its name, its text, for how many seconds, and whether it is slow.

    Of a change that is no `update` text, `text` says what it does to which graph.
    """

    ident: str
    text: str
    seconds: float
    slow: bool
    update: bool = False


@dataclass(frozen=True, slots=True)
class Load:
    """How busy an engine is: queries that wait and that run, workers that are alive without one, and its places."""

    waiting: int
    running: int
    idle: int
    places: int
