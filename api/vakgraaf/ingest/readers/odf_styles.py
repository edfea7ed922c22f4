"""The styles of an OpenDocument text, as far as they change how it is read: page breaks, bold, raised, lists."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from vakgraaf.ingest.readers.markup import local
from vakgraaf.ingest.readers.numbering import BULLET_SIGN, shown_number

TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
FO = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"
_FORMS = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman", "1": "decimal"}
_DEEPEST_STYLE = 12


class ListStyle:
    """How the items of a list are marked on each level, and how far each level has counted."""

    def __init__(self, name: str, element: etree._Element | None) -> None:
        """Read a list style or the outline style; without one, items get a list sign."""
        self.name = name
        self._levels = {}
        self._counts: dict[int, int] = {}
        for level in element if element is not None else ():
            depth = level.get(f"{TEXT}level", "")
            if depth.isdecimal() and len(depth) < 3:
                self._levels[int(depth)] = level

    def restart(self, level: int) -> None:
        """The list begins anew on this level."""
        self._counts.pop(level, None)

    def is_bullet(self, level: int) -> bool:
        """True where items of this level have a sign, not a number."""
        style = self._levels.get(level)
        return style is None or local(style) != "list-level-style-number"

    def label(self, level: int) -> str:
        """What stands before the next item on this level."""
        style = self._levels.get(level)
        if style is None or ("number" not in local(style) and "outline" not in local(style)):
            return BULLET_SIGN if self.name != "outline" else ""
        form = style.get(f"{STYLE}num-format", "")
        if not form:
            return ""
        start = style.get(f"{TEXT}start-value", "1")
        first = int(start) if start.isdecimal() and len(start) < 6 else 1
        self._counts[level] = self._counts.get(level, first - 1) + 1
        for deeper in [other for other in self._counts if other > level]:
            del self._counts[deeper]
        shown = style.get(f"{TEXT}display-levels", "1")
        levels = range(level - (int(shown) if shown.isdecimal() and len(shown) < 3 else 1) + 1, level + 1)
        numbers = [shown_number(self._counts.get(at, 1), _FORMS.get(form, "decimal")) for at in levels if at > 0]
        prefix, suffix = (str(style.get(f"{STYLE}num-{side}", "")) for side in ("prefix", "suffix"))
        return prefix + ".".join(numbers) + suffix


class OdfStyles:
    """The styles in `content.xml` and `styles.xml` together."""

    def __init__(self, content: etree._Element, styles: etree._Element | None) -> None:
        self._styles: dict[str, etree._Element] = {}
        self._lists: dict[str, ListStyle] = {}
        outline = None
        for element in (part for root in (styles, content) if root is not None for part in root.iter()):
            name = element.get(f"{STYLE}name", "")
            if local(element) == "style":
                self._styles[name] = element
            elif local(element) == "list-style":
                self._lists[name] = ListStyle(name, element)
            elif local(element) == "outline-style":
                outline = element
        self.outline = ListStyle("outline", outline)

    def list_style(self, name: str) -> ListStyle:
        """The list style of that name; one that is not described has list signs."""
        return self._lists.setdefault(name, ListStyle(name, None))

    def breaks_page(self, name: str) -> bool:
        """True where a paragraph of this style begins a page."""
        return any(value in ("page", "auto-page") for value in self._values(name, f"{FO}break-before")) or any(
            style.get(f"{STYLE}master-page-name") for style in self._chain(name)[:1]
        )

    def is_bold(self, name: str) -> bool:
        """True where text of this style is bold."""
        return next(self._values(name, f"{FO}font-weight"), "") in ("bold", "600", "700", "800", "900")

    def is_raised(self, name: str) -> bool:
        """True where text of this style stands higher than the line."""
        return next(self._values(name, f"{STYLE}text-position"), "").startswith("super")

    def _values(self, name: str, attribute: str) -> Iterator[str]:
        """An attribute of a style and of the styles that it is based on, nearest first."""
        for style in self._chain(name):
            for properties in style:
                if found := properties.get(attribute):
                    yield found

    def _chain(self, name: str) -> list[etree._Element]:
        chain: list[etree._Element] = []
        while name in self._styles and len(chain) < _DEEPEST_STYLE:
            chain.append(self._styles[name])
            name = chain[-1].get(f"{STYLE}parent-style-name", "")
        return chain
