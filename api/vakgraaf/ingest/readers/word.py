"""How Word says that a paragraph is a heading, an item of a list, or begins a page: on itself or through its style."""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from vakgraaf.ingest.readers.markup import local

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DEEPEST_STYLE = 12


def child(element: etree._Element | None, name: str) -> etree._Element | None:
    """The first child of that name."""
    return None if element is None else element.find(f"{W}{name}")


def value(element: etree._Element | None, absent: str = "") -> str:
    """The w:val of an element: "" where there is no element, `absent` where the element has no such attribute."""
    return "" if element is None else element.get(f"{W}val", absent)


def _is_on(element: etree._Element | None) -> bool:
    return element is not None and value(element, "1") not in ("0", "false", "off")


@dataclass(frozen=True)
class Look:
    """What matters of how a paragraph looks. `number` is the list that it is numbered by."""

    heading: bool
    number: str
    level: int
    page_break_before: bool
    bold_style: bool

    def bold(self, paragraph: etree._Element) -> bool:
        """True where all text of the paragraph is bold."""
        runs = [run for run in paragraph.iter(f"{W}r") if any((t.text or "").strip() for t in run.iter(f"{W}t"))]
        return bool(runs) and all(
            _is_on(bold) if (bold := run.find(f"{W}rPr/{W}b")) is not None else self.bold_style for run in runs
        )


class Styles:
    """The styles of a document."""

    def __init__(self, root: etree._Element | None) -> None:
        """Read `word/styles.xml`, where there is one."""
        found = root.iterfind(f"{W}style") if root is not None else ()
        self._styles = {style.get(f"{W}styleId", ""): style for style in found}

    def look(self, paragraph: etree._Element) -> Look:
        """How a paragraph looks, its style and the styles below that included."""
        chain = [child(paragraph, "pPr"), *self._chain(value(paragraph.find(f"{W}pPr/{W}pStyle")))]
        properties = [child(part, "pPr") if local(part) == "style" else part for part in chain if part is not None]
        numbered = [number for part in properties if (number := child(part, "numPr")) is not None]
        number = next((value(n) for part in numbered if (n := child(part, "numId")) is not None), "")
        level = next((value(n) for part in numbered if (n := child(part, "ilvl")) is not None), "0")
        outline = next((value(n) for part in properties if (n := child(part, "outlineLvl")) is not None), "9")
        names = [value(child(part, "name")).casefold() for part in chain if part is not None and local(part) == "style"]
        named = any(name.startswith(("heading", "kop ")) or name in ("title", "titel") for name in names)
        return Look(
            heading=named or outline in tuple("012345678"),
            number="" if number == "0" else number,
            level=int(level) if level.isdecimal() and len(level) < 3 else 0,
            page_break_before=_is_on(_first(properties, "pageBreakBefore")),
            bold_style=any(_is_on(part.find(f"{W}rPr/{W}b")) for part in chain if part is not None),
        )

    def _chain(self, identifier: str) -> list[etree._Element]:
        """A style and the styles that it is based on, nearest first; a circle of them ends."""
        chain: list[etree._Element] = []
        while identifier in self._styles and len(chain) < _DEEPEST_STYLE:
            chain.append(self._styles[identifier])
            identifier = value(child(chain[-1], "basedOn"))
        return chain


def _first(properties: list[etree._Element | None], name: str) -> etree._Element | None:
    return next((found for part in properties if (found := child(part, name)) is not None), None)
