"""For each rule of the shapes what breaks it and what does not: short pieces of Turtle from the packaged examples."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from vakgraaf.errors import UnknownThing
from vakgraaf.resources import folder


@dataclass(frozen=True, slots=True)
class RuleExample:
    """Turtle that breaks the rule, and Turtle that does not ("" where there is none)."""

    bad: str
    good: str


@cache
def rule_examples() -> Mapping[str, RuleExample]:
    """By the local name of the rule; empty where the examples are not installed."""
    try:
        where = folder("shapes") / "examples"
    except UnknownThing:
        return {}
    index = where / "rules.json"
    if not index.is_file():
        return {}
    shown = json.loads(index.read_text("utf-8"))
    return {
        rule: RuleExample(_excerpt(where, pair["bad"]), _excerpt(where, pair["good"]) if "good" in pair else "")
        for rule, pair in shown.items()
    }


def _excerpt(where: Path, shown: Mapping[str, str]) -> str:
    """What a file says of the thing that the example is about; all but its header where that is not one block."""
    text = (where / shown["file"]).read_text("utf-8")
    blocks = [block for block in re.split(r"\n{2,}", text) if not block.startswith(("#", "@prefix", "@base"))]
    own = [block.strip() for block in blocks if shown["focus"] and block.startswith(f"<{shown['focus']}> ")]
    return "\n\n".join(own or [block.strip() for block in blocks])
