"""Word documents (DOCX; ISO/IEC 29500-1): paragraphs, lists, tables, page breaks and notes, in reading order."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from vakgraaf.ingest.readers.archive import Archive
from vakgraaf.ingest.readers.blocks import PAGE, Block, BlockKind, call, set_blocks
from vakgraaf.ingest.readers.markup import local, parse_xml, steps
from vakgraaf.ingest.readers.numbering import Numbering
from vakgraaf.ingest.readers.reading import Meter, Reading
from vakgraaf.ingest.readers.tables import set_row
from vakgraaf.ingest.readers.word import Styles, W, child, value

_MAIN = "word/document.xml"
_SKIPPED = frozenset({"del", "moveFrom", "Fallback", "instrText", "delText", "pPr", "rPr", "tblPr", "trPr", "tcPr"})
_SIGNS = {"tab": "\t", "cr": "\n", "noBreakHyphen": "-", "softHyphen": "\u00ad", "lastRenderedPageBreak": PAGE}


def read_docx(content: bytes, meter: Meter) -> Reading:
    """The lines of a Word document, without what was deleted or hidden in it. Raises `UnreadableInput`."""
    archive = Archive(content, meter, meter.limits.parts)
    body = child(parse_xml(archive.read(_MAIN), meter, _MAIN), "body")
    if body is None:
        raise meter.refusal(
            "dit Word-document heeft geen tekst: het is beschadigd of onvolledig.",
            "this Word document has no body: it is damaged or incomplete.",
        )
    for _ in steps(body, meter):  # how deep it goes, before anything walks it
        pass
    document = _Document(archive, meter)
    return set_blocks([*document.blocks(body), *document.notes()], meter, tuple(document.margins()))


class _Document:
    """A Word document while it is read: its styles, its numbering, and the notes that were called so far."""

    def __init__(self, archive: Archive, meter: Meter) -> None:
        self._archive, self._meter = archive, meter
        self._styles = Styles(self._part("word/styles.xml"))
        self._numbering = Numbering(self._part("word/numbering.xml"))
        self._called: list[tuple[str, str]] = []

    def blocks(self, container: etree._Element) -> Iterator[Block]:
        """The blocks in a body, a cell or a note."""
        for element in container:
            name = local(element)
            if name == "p":
                yield from self._paragraph(element)
            elif name == "tbl":
                yield from self._table(element)
            elif name in ("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag"):
                yield from self.blocks(element)

    def notes(self) -> Iterator[Block]:
        """The notes that the text calls, in the order in which it does; after `blocks`."""
        for number, (part, identifier) in enumerate(self._called, start=1):
            root = self._part(f"word/{part}s.xml")
            found = root.iterfind(f"{W}{part}") if root is not None else ()
            note = next((element for element in found if element.get(f"{W}id") == identifier), None)
            if note is not None:
                text = " ".join(block.text for block in self.blocks(note)).strip()
                yield Block(f"{number}\n {text}", "note")

    def margins(self) -> Iterator[str]:
        """The lines of running heads and feet, each once."""
        seen: set[str] = set()
        for name in sorted(self._archive.names()):
            if name.startswith(("word/header", "word/footer")) and name.endswith(".xml"):
                root = self._part(name)
                for block in self.blocks(root) if root is not None else ():
                    for line in block.text.replace(PAGE, "\n").split("\n"):
                        if line.strip() and line not in seen:
                            seen.add(line)
                            yield line.strip()

    def _part(self, name: str) -> etree._Element | None:
        return parse_xml(self._archive.read(name), self._meter, name) if name in self._archive else None

    def _paragraph(self, paragraph: etree._Element) -> Iterator[Block]:
        look = self._styles.look(paragraph)
        text = ("" if not look.page_break_before else PAGE) + "".join(self._text(paragraph))
        label, bullet = self._numbering.label(look.number, look.level) if text.strip() else ("", False)
        if label:
            text = f"{label} {text}"
        section = paragraph.find(f"{W}pPr/{W}sectPr")
        if section is not None and value(child(section, "type")) != "continuous":
            text += PAGE
        kind: BlockKind = "heading" if look.heading else "item" if bullet else "text"
        if kind == "text" and look.bold(paragraph) and 0 < len(text.strip()) <= 80:
            kind = "term"
        yield Block(text, kind)

    def _text(self, container: etree._Element) -> Iterator[str]:
        """The text of a paragraph in pieces, in reading order."""
        for element in container:
            name = local(element)
            if name == "r":
                yield from self._run(element)
            elif name not in _SKIPPED:
                yield from self._text(element)

    def _run(self, run: etree._Element) -> Iterator[str]:
        properties = child(run, "rPr")
        if properties is not None and value(child(properties, "vanish"), "1") not in ("", "0", "false"):
            return
        text = "".join(self._signs(run))
        raised = properties is not None and value(child(properties, "vertAlign")) == "superscript"
        yield call(text.strip()) if raised and text.strip().isdecimal() and len(text.strip()) < 3 else text

    def _signs(self, run: etree._Element) -> Iterator[str]:
        for element in run:
            name = local(element)
            if name == "t":
                yield (element.text or "").replace("\n", " ")
            elif name == "br":
                yield PAGE if element.get(f"{W}type") == "page" else "\n"
            elif name in ("footnoteReference", "endnoteReference"):
                self._called.append((name.removesuffix("Reference"), element.get(f"{W}id", "")))
                yield call(str(len(self._called)))
            elif name in ("AlternateContent", "Choice"):
                yield from self._signs(element)
            elif name in ("drawing", "pict", "object"):
                for box in element.iter(f"{W}txbxContent"):
                    yield "".join(f"\n{block.text}" for block in self.blocks(box)) + "\n"
            elif name in _SIGNS:
                yield _SIGNS[name]

    def _table(self, table: etree._Element) -> Iterator[Block]:
        for row in table.iterfind(f"{W}tr"):
            yield from set_row([list(self.blocks(cell)) for cell in row.iter(f"{W}tc") if cell.getparent() is row])
