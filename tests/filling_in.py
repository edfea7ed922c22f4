"""What a browser sends of the form for a new addendum."""

from __future__ import annotations

from vakgraaf.pipeline.drafting.blueprint import ADDENDUM, Part
from vakgraaf.pipeline.drafting.document import Filled


def fields(filled: Filled, part: Part = ADDENDUM, at: str = "") -> dict[str, str]:
    """The fields, by name, for what was filled in."""
    found = {at + blank.key: filled[blank.key] for blank in part.blanks}
    for inner in part.parts:
        for number, one in enumerate(filled[inner.key]):
            found |= fields(one, inner, f"{at}{inner.key}.{number}.")
    return found
