"""The signs and numbers that Word sets before the items of a list, and that its text does not hold."""

from __future__ import annotations

import re

from lxml import etree

from vakgraaf.ingest.readers.word import W, child, value

BULLET_SIGN = "-"
_PLACE = re.compile(r"%([1-9])")
_ROMAN = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


class Numbering:
    """The lists of a document, and how far each has counted."""

    def __init__(self, root: etree._Element | None) -> None:
        """Read `word/numbering.xml`, where there is one."""
        abstract, lists = {}, {}
        for element in root if root is not None else ():
            if element.tag == f"{W}abstractNum":
                abstract[element.get(f"{W}abstractNumId", "")] = element
            elif element.tag == f"{W}num":
                lists[element.get(f"{W}numId", "")] = value(child(element, "abstractNumId"))
        self._levels = {number: _levels(abstract.get(kind)) for number, kind in lists.items()}
        self._counts: dict[str, list[int]] = {}

    def label(self, number: str, level: int) -> tuple[str, bool]:
        """What stands before the next item of list `number` at `level`, and whether it is a mere sign."""
        levels = self._levels.get(number, {})
        if level not in levels:
            return "", False
        form, text, _ = levels[level]
        if form == "bullet":
            return BULLET_SIGN, True
        counts = self._counts.setdefault(number, [0] * 10)
        counts[level] = counts[level] + 1 if counts[level] else levels[level][2]
        counts[level + 1 :] = [0] * (9 - level)

        def count(found: re.Match[str]) -> str:
            at = int(found[1]) - 1
            at_form, _, start = levels.get(at, ("decimal", "", 1))
            return shown_number(counts[at] or start, at_form)

        return ("", False) if form == "none" else (_PLACE.sub(count, text).strip(), False)


def shown_number(number: int, form: str) -> str:
    """A number of a list as Word, ODF or HTML set it: decimal, letters or Roman."""
    letter = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1) if number > 0 else "0"
    shown = {"lowerLetter": letter, "upperLetter": letter.upper(), "lowerRoman": _roman(number)}
    shown["upperRoman"] = shown["lowerRoman"].upper()
    return shown.get(form, str(number))


def _roman(number: int) -> str:
    text = ""
    for value_, sign in _ROMAN:
        while number >= value_ and len(text) < 20:
            text += sign
            number -= value_
    return text


def _levels(abstract: etree._Element | None) -> dict[int, tuple[str, str, int]]:
    """Level → form, text and first number."""
    found = {}
    for level in abstract.iterfind(f"{W}lvl") if abstract is not None else ():
        depth, start = level.get(f"{W}ilvl", ""), value(child(level, "start"))
        if depth.isdecimal() and int(depth) < 9:
            first = int(start) if start.isdecimal() and len(start) < 6 else 1
            found[int(depth)] = (value(child(level, "numFmt")) or "decimal", value(child(level, "lvlText")), first)
    return found
