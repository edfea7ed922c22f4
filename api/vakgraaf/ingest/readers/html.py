"""Web pages: the text as a browser shows it, without scripts, styles and what is hidden."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, field
from itertools import count

from lxml import etree

from vakgraaf.ingest.readers.blocks import PAGE, Block, BlockKind, call, set_blocks
from vakgraaf.ingest.readers.markup import local, parse_html, steps
from vakgraaf.ingest.readers.numbering import BULLET_SIGN, shown_number
from vakgraaf.ingest.readers.reading import Meter, Reading
from vakgraaf.ingest.readers.tables import set_row

_CHARSET = re.compile(rb"""charset\s*=\s*["']?\s*([\w-]+)""", re.IGNORECASE)
_BLOCKS = frozenset(
    "address article aside blockquote body dd details div dl dt fieldset figcaption figure footer form header hr html "
    "li main nav ol p pre section summary table tbody td tfoot th thead tr ul".split()
)
_HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())
_SKIPPED = frozenset("audio button canvas head iframe math noscript object script select style svg template".split())
_FORMS = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_BREAK = re.compile(r"break-(before|after)\s*:\s*(?:always|page|left|right)", re.IGNORECASE)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_PRE = re.compile(r"white-space(?:-collapse)?\s*:\s*(?:pre|break-spaces|preserve)", re.IGNORECASE)
_SPACE = re.compile(r"[ \t\r\n\f]+")


def read_html(content: bytes, meter: Meter) -> Reading:
    """The lines of a web page. Raises `UnreadableInput`."""
    root = parse_html(_decoded(content), meter)
    page = _Page()
    skipped = 0
    for event, element in steps(root, meter) if root is not None else ():
        hidden = _is_hidden(element)
        if event == "start":
            skipped += hidden
            if not skipped:
                page.begin(element)
        else:
            if not skipped:
                page.end(element)
            skipped -= hidden
            if not skipped and element.tail:
                page.say(element.tail)
    page.flush()
    return set_blocks(page.stack[0], meter)


def _decoded(content: bytes) -> str:
    """The text of a page: by its byte order mark, its own word, UTF-8, or what browsers take it for otherwise."""
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if content.startswith(mark):
            return content.decode("utf-8-sig" if encoding == "utf-8" else encoding, "replace").replace("\0", "\ufffd")
    named = _CHARSET.search(content[:2048])
    try:
        codec = codecs.lookup(named[1].decode("ascii")).name if named else "utf-8"
        text = content.decode(codec)
    except (UnicodeError, LookupError, ValueError):
        text = content.decode("cp1252", "replace")
    return text.replace("\0", "\ufffd")


def _is_hidden(element: etree._Element) -> bool:
    return (
        local(element) in _SKIPPED or "hidden" in element.attrib or _HIDDEN.search(element.get("style", "")) is not None
    )


@dataclass
class _Page:
    """What is read of a page so far: lists of blocks in one another for cells, and the text of the block under way."""

    stack: list[list[Block]] = field(default_factory=lambda: [[]])
    text: list[str] = field(default_factory=list)
    kind: BlockKind = "text"
    label: str = ""
    kept: int = 0
    bold: int = 0
    plain: bool = False
    opened: bool = False
    raised: list[str] | None = None
    rows: list[list[list[Block]]] = field(default_factory=list)
    lists: list[tuple[str, count[int]]] = field(default_factory=list)

    def begin(self, element: etree._Element) -> None:
        """An element begins."""
        name, style = local(element), element.get("style", "")
        labelled = self.label != "" and "".join(self.text).strip() == self.label
        if (name in _BLOCKS or name in _HEADINGS) and not (labelled and name != "li"):
            self.flush()
            self.opened = name == "p"
            self._break(style, "before")
            self.kind = "heading" if name in _HEADINGS else "text"
        if name == "pre" or _PRE.search(style):
            self.kept += 1
        self._begin_inside(name, element)
        self.say(element.text or "")

    def _begin_inside(self, name: str, element: etree._Element) -> None:
        if name == "br":
            self.text.append("\n")
        elif name in ("b", "strong"):
            self.bold += 1
        elif name == "sup":
            self.raised = []
        elif name in ("ul", "ol"):
            start = element.get("start", "1")
            first = int(start) if start.isdecimal() and len(start) < 6 else 1
            self.lists.append(("" if name == "ul" else _FORMS.get(element.get("type", "1"), "decimal"), count(first)))
        elif name == "li":
            self._label()
        elif name == "tr":
            self.rows.append([])
        elif name in ("td", "th"):
            self.stack.append([])

    def _label(self) -> None:
        form, numbers = self.lists[-1] if self.lists else ("", count(1))
        self.kind = "text" if form else "item"
        self.label = f"{shown_number(next(numbers), form)}." if form else BULLET_SIGN
        self.text.append(f"{self.label} ")

    def end(self, element: etree._Element) -> None:
        """An element ends."""
        name, style = local(element), element.get("style", "")
        if name in ("b", "strong"):
            self.bold -= 1
        elif name == "sup" and self.raised is not None:
            number, self.raised = "".join(self.raised).strip(), None
            self.text.append(call(number) if number.isdecimal() and len(number) < 3 else number)
        if name in _BLOCKS or name in _HEADINGS:
            self.flush()
            self._break(style, "after")
        if name in ("td", "th") and len(self.stack) > 1:
            cell = self.stack.pop()
            if self.rows:
                self.rows[-1].append(cell)
            else:
                self.stack[-1].extend(cell)
        elif name == "tr" and self.rows:
            self.stack[-1].extend(set_row(self.rows.pop()))
        elif name in ("ul", "ol") and self.lists:
            self.lists.pop()
        if name == "pre" or _PRE.search(style):
            self.kept -= 1

    def say(self, text: str) -> None:
        """Text that stands here; runs of white space are one space but where they are kept."""
        if not text:
            return
        said = text.replace("\r\n", "\n") if self.kept else _SPACE.sub(" ", text)
        if self.raised is not None:
            self.raised.append(said)
            return
        self.text.append(said)
        self.plain = self.plain or (bool(said.strip()) and not self.bold)

    def flush(self) -> None:
        """The block under way is over. A paragraph may be blank; anything else without text is nothing to see."""
        text = "".join(self.text)
        if not self.kept:
            text = re.sub(r" *\n *", "\n", text).strip(" ") or text[:1]
        if (text.strip(" \t\n") and text.strip() != self.label) or self.opened:
            only_bold = not self.plain and self.kind == "text" and 0 < len(text.strip()) <= 80
            self.stack[-1].append(Block(text, "term" if only_bold and text.strip("\xa0 \n" + PAGE) else self.kind))
        self.text, self.kind, self.label, self.plain, self.opened = [], "text", "", False, False

    def _break(self, style: str, side: str) -> None:
        if any(found[1].lower() == side for found in _BREAK.finditer(style)):
            self.stack[-1].append(Block(PAGE))
