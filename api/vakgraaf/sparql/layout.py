"""The text of a query with its groups indented, for people to read: the same tokens with other space between them."""

from __future__ import annotations

from vakgraaf.sparql.lexing import NotUnderstood, Tokens, tokens

_STEP = "  "
_NEW_LINE = frozenset(
    "PREFIX BASE SELECT ASK CONSTRUCT DESCRIBE FROM WHERE LATERAL OPTIONAL MINUS UNION FILTER BIND VALUES GRAPH SERVICE"
    " GROUP HAVING ORDER LIMIT OFFSET".split()
)
_OPEN = {"(": ")", "[": "]"}


def laid_out(text: str) -> str:
    """`text` laid out; comments are left out. What is not understood stays as it is."""
    try:
        found = tokens(text)
    except NotUnderstood:
        return text
    lines = _Lines()
    for i, kind in enumerate(found.kinds):
        if kind != "end":
            lines.add(found, i, kind)
    return lines.text()


class _Lines:
    """The lines so far.

    `_brackets` counts, for each brace that is open, the other brackets in it; in those lines stay whole. `_hangs`: this
    line goes on with the subject of the line before.
    """

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._line: list[str] = []
        self._brackets = [0]
        self._hangs = False

    def add(self, found: Tokens, i: int, kind: str) -> None:
        """Add token `i`, on the line where it belongs."""
        if kind == "}" or (kind in _NEW_LINE and not self._brackets[-1] and self._begins(found, i, kind)):
            self._end()
        if kind == "}" and len(self._brackets) > 1:
            self._brackets.pop()
        apart = i > 0 and found.starts[i] > found.ends[i - 1]
        self._line.append((" " if self._line and apart else "") + found.at(i))
        if kind in _OPEN:
            self._brackets[-1] += 1
        elif kind in _OPEN.values():
            self._brackets[-1] -= 1
        elif kind == "{":
            self._end()
            self._brackets.append(0)
        elif kind in (".", ";") and not self._brackets[-1] and len(self._brackets) > 1:
            self._end(hangs=kind == ";")
        elif kind == "}" and not self._brackets[-1]:
            self._end()

    def text(self) -> str:
        """All lines."""
        self._end()
        return "\n".join(self._lines)

    def _begins(self, found: Tokens, i: int, kind: str) -> bool:
        """Whether a keyword begins something: not `GRAPH` behind `FROM NAMED`, not `SELECT` behind its brace."""
        return bool(self._line) and not (kind == "GROUP" and found.kinds[i + 1] != "BY")

    def _end(self, *, hangs: bool = False) -> None:
        if self._line:
            depth = len(self._brackets) - 1 + self._hangs
            self._lines.append(_STEP * depth + "".join(self._line).strip())
            self._line = []
        self._hangs = hangs
