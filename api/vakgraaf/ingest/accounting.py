"""Where every line of a document went: claimed by something in the graph, furniture, structure, or unclaimed."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Literal

from vakgraaf.ingest.build import Built
from vakgraaf.ingest.claims import Claims
from vakgraaf.ingest.layout import Flow
from vakgraaf.ingest.read import Text

Fate = Literal["claimed", "furniture", "structure", "unclaimed"]


@dataclass(frozen=True)
class LineAccount:
    """One non-blank line: its number, its fate, and the IRIs of the things that claim it."""

    line: int
    fate: Fate
    claimed_by: tuple[str, ...] = ()


def account(text: Text, flow: Flow, claims: Claims, built: Built) -> tuple[LineAccount, ...]:
    """The account of every non-blank line of `text`, in order."""
    return tuple(
        _account_line(number, flow, claims, built) for number, line in enumerate(text.lines, start=1) if line.strip()
    )


def _account_line(number: int, flow: Flow, claims: Claims, built: Built) -> LineAccount:
    if things := built.by_line.get(number):
        return LineAccount(number, "claimed", tuple(sorted(things)))
    if number in flow.furniture:
        return LineAccount(number, "furniture")
    return LineAccount(number, "structure" if number in claims.structure else "unclaimed")


def totals(accounts: tuple[LineAccount, ...]) -> dict[Fate, int]:
    """How many lines met each fate."""
    counted = Counter(entry.fate for entry in accounts)
    return {
        "claimed": counted["claimed"],
        "furniture": counted["furniture"],
        "structure": counted["structure"],
        "unclaimed": counted["unclaimed"],
    }
