"""A pattern for headings as a person writes it."""

from __future__ import annotations

import re


def wording(pattern: str) -> str:
    """What a pattern is for: [may be left out], (this / or that), … for any words."""
    text = re.sub(r"\\[()]\??", "", pattern)
    for code, meaning in _CODES:
        text = text.replace(code, meaning)
    found = 1
    while found:
        text, found = re.subn(r"\((?:\?:)?([^()]*)\)(\??)", _group, text)
    text = text.translate(str.maketrans("⟦⟧⟨⟩", "[]()")).replace("|", " / ")
    text = re.sub(r"\[( ?)([^\[\]]*?)( ?)\]", r"\1[\2]\3", text)
    text = re.sub(r"(\w*)\(([^()]*)\)(\w*)", _glued, text)
    if set(text) & set("\\?*+"):
        raise ValueError(f"no wording for {pattern}: teach tests/docs/wordings.py what {text} means")
    return " ".join(text.split())


_CODES = (
    ("[ -]?", " "),
    ("[Bb]", "b"),
    (r"\d+\.\d+", "1.2"),
    (".*", " …"),
)


def _group(found: re.Match[str]) -> str:
    inner = found[1].replace("|", " / ")
    if found[2]:
        return f"⟦{inner}⟧"
    return f"⟨{inner}⟩" if "/" in inner else inner


def _glued(found: re.Match[str]) -> str:
    """Alternatives written out where they are part of a word: "(Be / Om)schrijving"."""
    choices = " / ".join(f"{found[1]}{choice}{found[3]}" for choice in found[2].split(" / "))
    return f"({choices})"
