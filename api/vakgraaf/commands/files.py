"""What commands read, write and say; what cannot be becomes an error with a message."""

from __future__ import annotations

from pathlib import Path

from vakgraaf.errors import UnreadableInput, unusable


def read(path: Path) -> str:
    """The text of a UTF-8 file. Raises UnreadableInput."""
    try:
        return path.read_text("utf-8")
    except OSError as error:
        raise unusable(path, error) from error
    except UnicodeDecodeError as error:
        raise UnreadableInput(f"{path} is geen UTF-8-tekst.", f"{path} is not UTF-8 text.") from error


def write(path: Path, text: str) -> None:
    """Write a text, in a folder that is made if need be. Raises UnreadableInput where that cannot be."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    except OSError as error:
        raise unusable(path, error) from error


def say(text: str) -> None:
    """Say what was asked for, on standard output."""
    print(text)
