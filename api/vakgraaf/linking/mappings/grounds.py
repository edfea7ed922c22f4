"""Grounds as JSON: how they are kept in the graph and in a column of SSSOM."""

from __future__ import annotations

import json

from vakgraaf.linking.candidate import Ground, GroundKind


def packed(grounds: tuple[Ground, ...]) -> str:
    """Grounds as text; "" where there are none."""
    if not grounds:
        return ""
    rows = [{"soort": str(g.kind), "nl": g.nl, "en": g.en, "gewicht": g.weight} for g in grounds]
    return json.dumps(rows, ensure_ascii=False, separators=(",", ":"))


def unpacked(text: str) -> tuple[Ground, ...]:
    """What `packed` made the text of. Raises ValueError for anything else."""
    if not text:
        return ()
    try:
        rows = json.loads(text)
        return tuple(
            Ground(GroundKind(row["soort"]), str(row["nl"]), str(row["en"]), float(row["gewicht"])) for row in rows
        )
    except (TypeError, KeyError, RecursionError) as error:
        raise ValueError("not a list of grounds") from error
