"""Other text in place of some spans of a query."""

from __future__ import annotations

from vakgraaf.engine.federation.binding import Place
from vakgraaf.sparql.tree import Tree


def _span(tree: Tree, first: int, last: int) -> tuple[int, int]:
    return tree.tokens.starts[first], tree.tokens.ends[last - 1]


def replaced(text: str, tree: Tree, parts: list[tuple[int, int, str]]) -> str:
    """`text` with other text in place of some spans of tokens; what stands on later lines stays where it is."""
    for first, last, other in sorted(parts, reverse=True):
        start, end = _span(tree, first, last)
        *lines, line = text[start:end].split("\n")
        rest = "\n" * len(lines) + " " * len(line) if lines else ""
        text = f"{text[:start]}{other}{rest}{text[end:]}"
    return text


def without(text: str, tree: Tree, found: list[Place]) -> str:
    """`text` with an empty group in place of every clause, as long and with as many lines."""
    for place in sorted(found, key=lambda place: -place.service.first):
        start, end = _span(tree, place.service.first, place.service.last)
        blank = "".join(c if c in "\r\n" else " " for c in text[start + 1 : end - 1])
        text = f"{text[:start]}{{{blank}}}{text[end:]}"
    return text
