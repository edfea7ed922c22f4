"""Plain text."""

from __future__ import annotations

from vakgraaf.errors import UnreadableInput
from vakgraaf.ingest.readers.reading import Meter, Reading

_CONTROL = frozenset(map(chr, range(32))) - {"\t", "\n", "\r", "\f"}


def read_text(content: bytes, meter: Meter) -> Reading:
    """The lines of a plain text in UTF-8. Raises `UnreadableInput` with the line that is no text."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise meter.refusal(
            f"regel {line} is geen UTF-8-tekst. Bewaar het bestand als platte tekst in UTF-8.",
            f"line {line} is not UTF-8 text. Save the file as plain text in UTF-8.",
        ) from error
    text = meter.text(text.replace("\r\n", "\n").replace("\r", "\n"))
    lines = tuple(text.removesuffix("\n").split("\n"))
    for number, printed in enumerate(lines, start=1):
        if not _CONTROL.isdisjoint(printed):
            raise _binary(meter, number)
    return Reading(lines)


def _binary(meter: Meter, line: int) -> UnreadableInput:
    return meter.refusal(
        f"regel {line} bevat stuurtekens; dit is een binair bestand, geen tekst.",
        f"line {line} holds control characters; this is a binary file, not text.",
    )
