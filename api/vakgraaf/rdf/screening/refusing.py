"""The refusal of what a screen does not let through."""

from __future__ import annotations

from vakgraaf.errors import UnreadableInput


def refusal(name: str, line: int | None, nl: str, en: str) -> UnreadableInput:
    """The sentences `nl` and `en` with the name of the file, where it has one, and the line, where that is known."""
    return UnreadableInput(_placed(name, f"regel {line}" if line else "", nl), _placed(name, f"line {line}", en))


def _placed(name: str, line: str, sentence: str) -> str:
    where = ", ".join(part for part in (name, line) if part)
    text = f"{where}: {sentence}" if where else sentence
    return text if name else text[0].upper() + text[1:]
