"""What a reader makes of a document, and how far it may go."""

from __future__ import annotations

import time
from dataclasses import dataclass, field

from vakgraaf.errors import UnreadableInput


@dataclass(frozen=True)
class ReadingLimits:
    """How much may be read. What goes beyond a limit is refused, never cut off.

    Sizes are in bytes, unless the name says otherwise; `seconds` is checked between pages and between files.
    """

    document_bytes: int = 20_000_000
    archive_bytes: int = 50_000_000
    expanded_bytes: int = 100_000_000
    ratio: int = 200
    members: int = 500
    parts: int = 5_000
    archive_depth: int = 2
    pages: int = 1_000
    lines: int = 200_000
    characters: int = 10_000_000
    markup_depth: int = 200
    seconds: float = 30.0


DEFAULT_LIMITS = ReadingLimits()


@dataclass(frozen=True)
class Reading:
    """A document as lines. `starts` are the lines where the file says that a page begins (empty: it does not say).

    `pages` is the page of the file for each line where that is certain, else empty; `margins` are running heads and
    feet that the file keeps apart from its text.
    """

    lines: tuple[str, ...]
    starts: frozenset[int] = frozenset()
    pages: tuple[int, ...] = ()
    margins: tuple[str, ...] = ()


@dataclass
class Meter:
    """Counts what is read of one document, and stops what goes beyond the limits."""

    name: str
    limits: ReadingLimits
    lines: int = 0
    characters: int = 0
    _until: float = field(init=False)

    def __post_init__(self) -> None:
        self._until = time.monotonic() + self.limits.seconds

    def text(self, text: str) -> str:
        """`text`, counted. Raises `UnreadableInput` where it is more than may be read."""
        self.characters += len(text)
        self.lines += text.count("\n") + 1
        if self.characters > self.limits.characters:
            raise self.refusal(
                f"het document heeft meer dan {self.limits.characters} tekens; dat is het hoogste.",
                f"the document has more than {self.limits.characters} characters, which is the limit.",
            )
        if self.lines > self.limits.lines:
            raise self.refusal(
                f"het document heeft meer dan {self.limits.lines} regels; dat is het hoogste.",
                f"the document has more than {self.limits.lines} lines, which is the limit.",
            )
        return text

    def pages(self, count: int) -> None:
        """Raises `UnreadableInput` where the document has too many pages."""
        if count > self.limits.pages:
            raise self.refusal(
                f"het document telt {count} pagina's; {self.limits.pages} is het hoogste. Bied het profiel zelf aan, "
                "zonder de stukken eromheen.",
                f"the document has {count} pages; {self.limits.pages} is the limit. Hand in the profile itself, "
                "without what surrounds it.",
            )

    def depth(self, depth: int) -> None:
        """Raises `UnreadableInput` where elements stand too deep in one another."""
        if depth > self.limits.markup_depth:
            raise self.refusal(
                f"de opmaak is meer dan {self.limits.markup_depth} niveaus diep genest; zo diep wordt niet gelezen.",
                f"the markup is nested more than {self.limits.markup_depth} levels deep, which is not read.",
            )

    def tick(self) -> None:
        """Raises `UnreadableInput` where reading takes too long."""
        if time.monotonic() > self._until:
            raise self.refusal(
                f"het lezen duurt langer dan {self.limits.seconds:g} seconden en is gestopt. Bewaar het document in "
                "een eenvoudiger vorm, bijvoorbeeld als platte tekst.",
                f"reading took longer than {self.limits.seconds:g} seconds and was stopped. Save the document in a "
                "simpler form, such as plain text.",
            )

    def refusal(self, nl: str, en: str) -> UnreadableInput:
        """The refusal of this document for that reason."""
        return UnreadableInput(f"{self.name}: {nl}", f"{self.name}: {en}")
