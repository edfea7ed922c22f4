"""What others answered, kept out of the text of a query until that goes to the engine.

The text is parsed anew after each step, in the process that serves everybody; answers can be megabytes.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Sequence


class Answers:
    """What was answered to each clause. A mark stands for it in the text: a comment that nobody guesses."""

    def __init__(self) -> None:
        self._name = secrets.token_hex(8)
        self._mark = re.compile(rf"#{self._name}-([0-9]+)\n")
        self._texts: list[str] = []

    def marked(self, answer: str) -> str:
        """The mark that stands for an answer, on a line of its own from here on."""
        self._texts.append(answer)
        return f"#{self._name}-{len(self._texts) - 1}\n"

    def table(self, variables: Sequence[str], rows: str) -> str:
        """A VALUES clause (SPARQL 1.1 §10.2) with a mark for its rows."""
        names = " ".join(f"?{name}" for name in variables)
        return f"VALUES ({names}) {{ {self.marked(rows)} }}"

    def filled(self, text: str) -> str:
        """`text` with all answers in it, each on the line where its mark is."""
        return self._mark.sub(lambda mark: self._texts[int(mark[1])], text)
