"""Questions one at a time: how long each takes, and whether all servers give as many rows."""

from __future__ import annotations

import statistics
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from bench.contest.client import CapReached, NotAnswered, accept_for, ask, rows_of
from bench.contest.contestant import Contestant
from bench.contest.fleet import yardstick
from bench.contest.table import geometric_mean, short, show, times

_FOLDER = Path(__file__).with_name("questions")


def questions() -> dict[str, str]:
    """The questions beside this file: name → text. The first line of each says what it asks."""
    return {path.stem: path.read_text("utf-8") for path in sorted(_FOLDER.glob("*.rq"))}


def asking(
    title: str, contestants: Sequence[Contestant], texts: Mapping[str, str], rounds: int, cap_s: float = 60.0
) -> list[dict[str, Any]]:
    """Ask every question of every server in turn, `rounds` times, and show the median of each."""
    found = []
    for name, text in texts.items():
        measured: dict[str, _Measured] = {contestant.name: _Measured() for contestant in contestants}
        for number in range(rounds):
            for contestant in contestants:
                measured[contestant.name].once(contestant, f"{text}\n#{number}-{time.time_ns()}", cap_s)
        found += [{"question": name, "server": server, **result.row()} for server, result in measured.items()]
        print(f"  {name}: {', '.join(f'{s} {r.brief()}' for s, r in measured.items())}", flush=True)
    _show(title, found, [contestant.name for contestant in contestants])
    return found


class _Measured:
    """What one server made of one question."""

    def __init__(self) -> None:
        self._ms: list[float] = []
        self._rows: int | None = None
        self._error = ""

    def once(self, contestant: Contestant, query: str, cap_s: float) -> None:
        """Ask once; not again after a failure."""
        if self._error:
            return
        accept = accept_for(query)
        try:
            reply = ask(contestant.url, query, accept, cap_s)
        except CapReached:
            self._error = f">{cap_s:.0f} s"
            contestant.after_cap()
            return
        except NotAnswered as error:
            self._error = str(error)
            return
        self._ms.append(reply.seconds * 1000)
        self._rows = rows_of(reply)

    def row(self) -> dict[str, Any]:
        if self._error:
            return {"error": self._error}
        return {"ms": statistics.median(self._ms), "rows": self._rows}

    def brief(self) -> str:
        return self._error[:60] or f"{statistics.median(self._ms):.1f} ms"


def _show(title: str, found: list[dict[str, Any]], names: list[str]) -> None:
    cells = {(row["question"], row["server"]): row for row in found}
    asked = list(dict.fromkeys(row["question"] for row in found))
    rows, differences = [], []
    for question in asked:
        here = {name: cells[question, name] for name in names}
        of = here.get(yardstick(names), {}).get("ms")
        counts = {name: cell["rows"] for name, cell in here.items() if "rows" in cell}
        rows.append([question, _agreed(counts), *(_cell(cell, of) for cell in here.values())])
        if len(set(counts.values())) > 1:
            differences.append(f"{question}: {', '.join(f'{name} {count}' for name, count in counts.items())}")
    rows.append(["geometric mean", "", *(_mean(cells, asked, name, yardstick(names)) for name in names)])
    show(f"{title}: ms (of {yardstick(names)}'s)", ["question", "rows", *names], rows)
    if differences:
        print("\nNot all give as many rows (a union of graphs is a set for some and a bag for others):")
        print(*(f"  {line}" for line in differences), sep="\n", flush=True)


def _agreed(counts: dict[str, int]) -> str:
    if not counts:
        return "-"
    found = set(counts.values())
    return str(next(iter(found))) if len(found) == 1 else f"{min(found)}-{max(found)}"


def _cell(cell: dict[str, Any], of: float | None) -> str:
    return str(cell["error"])[:20] if "error" in cell else f"{short(cell['ms'])}{times(cell['ms'], of)}"


def _mean(cells: dict[tuple[str, str], dict[str, Any]], asked: list[str], name: str, of: str) -> str:
    """Of the ratios to another server's times, over the questions that both answered."""
    ratios = [
        cells[question, name]["ms"] / cells[question, of]["ms"]
        for question in asked
        if "ms" in cells[question, name] and "ms" in cells[question, of]
    ]
    return f"{short(geometric_mean(ratios))}x of {len(ratios)}" if ratios else "-"
