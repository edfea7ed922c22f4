"""OpenDocument texts (ODT; ISO/IEC 26300): paragraphs, lists, tables, page breaks and notes, in reading order."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from vakgraaf.ingest.readers.archive import Archive
from vakgraaf.ingest.readers.blocks import PAGE, Block, call, set_blocks
from vakgraaf.ingest.readers.markup import local, parse_xml, steps
from vakgraaf.ingest.readers.odf_styles import TABLE, TEXT, ListStyle, OdfStyles
from vakgraaf.ingest.readers.reading import Meter, Reading
from vakgraaf.ingest.readers.tables import set_row

_CONTENT = "content.xml"
_SKIPPED = frozenset({"tracked-changes", "annotation", "forms", "sequence-decls", "title", "desc"})


def read_odt(content: bytes, meter: Meter) -> Reading:
    """The lines of an OpenDocument text. Raises `UnreadableInput`."""
    archive = Archive(content, meter, meter.limits.parts)
    if "META-INF/manifest.xml" in archive and b"encryption-data" in archive.read("META-INF/manifest.xml"):
        raise meter.refusal(
            "dit document is beveiligd met een wachtwoord. Bewaar het zonder wachtwoord.",
            "this document is protected by a password. Save it without one.",
        )
    root = parse_xml(archive.read(_CONTENT), meter, _CONTENT)
    body = next((e for e in root.iter() if local(e) == "text" and local(e.getparent()) == "body"), None)
    if body is None:
        raise meter.refusal(
            "dit OpenDocument-bestand is geen tekst, of het is beschadigd.",
            "this OpenDocument file is not a text, or it is damaged.",
        )
    for _ in steps(body, meter):  # how deep it goes, before anything walks it
        pass
    styles = parse_xml(archive.read("styles.xml"), meter, "styles.xml") if "styles.xml" in archive else None
    document = _Document(OdfStyles(root, styles))
    blocks = [*document.blocks(body), *document.notes]
    return set_blocks(blocks, meter, tuple(document.margins(styles)))


class _Document:
    """An OpenDocument text while it is read: its styles, its lists, and the notes that were found so far."""

    def __init__(self, styles: OdfStyles) -> None:
        self._styles = styles
        self.notes: list[Block] = []

    def blocks(self, container: etree._Element, lists: tuple[ListStyle, ...] = ()) -> Iterator[Block]:
        """The blocks in a body, a section, a cell or an item of a list."""
        for element in container:
            name = local(element)
            if name in ("p", "h"):
                yield self._paragraph(element)
            elif name == "list":
                yield from self._list(element, lists)
            elif name == "table":
                yield from self._table(element)
            elif name == "soft-page-break":
                yield Block(PAGE)
            elif name not in _SKIPPED:
                yield from self.blocks(element, lists)

    def margins(self, styles: etree._Element | None) -> Iterator[str]:
        """The lines of running heads and feet, each once."""
        seen: set[str] = set()
        for element in styles.iter() if styles is not None else ():
            if local(element).startswith(("header", "footer")) and local(element.getparent()) == "master-page":
                for block in self.blocks(element):
                    if block.text.strip() and block.text not in seen:
                        seen.add(block.text)
                        yield block.text.strip()

    def _paragraph(self, paragraph: etree._Element) -> Block:
        style = paragraph.get(f"{TEXT}style-name", "")
        text = "".join(self._text(paragraph))
        if local(paragraph) == "h" and text.strip():
            level = paragraph.get(f"{TEXT}outline-level", "1")
            label = self._styles.outline.label(int(level) if level.isdecimal() and len(level) < 3 else 1)
            text = f"{label} {text}" if label else text
        if self._styles.breaks_page(style):
            text = PAGE + text
        if local(paragraph) == "h":
            return Block(text, "heading")
        bold = self._styles.is_bold(style) or self._only_bold(paragraph)
        return Block(text, "term" if bold and 0 < len(text.strip()) <= 80 else "text")

    def _only_bold(self, paragraph: etree._Element) -> bool:
        spans = [element for element in paragraph if local(element) == "span"]
        loose = [paragraph.text, *(element.tail for element in paragraph)]
        return (
            bool(spans)
            and not any((text or "").strip() for text in loose)
            and all(self._styles.is_bold(span.get(f"{TEXT}style-name", "")) for span in spans)
        )

    def _text(self, element: etree._Element) -> Iterator[str]:
        """The text in a paragraph in pieces, in reading order."""
        yield _plain(element.text)
        for part in element:
            name = local(part)
            if name == "s":
                spaces = part.get(f"{TEXT}c", "1")
                yield " " * (int(spaces) if spaces.isdecimal() and len(spaces) < 4 else 1)
            elif name in ("tab", "line-break", "soft-page-break"):
                yield {"tab": "\t", "line-break": "\n", "soft-page-break": PAGE}[name]
            elif name == "note":
                yield self._note(part)
            elif name == "span" and self._styles.is_raised(part.get(f"{TEXT}style-name", "")):
                number = "".join(self._text(part)).strip()
                yield call(number) if number.isdecimal() and len(number) < 3 else number
            elif name not in _SKIPPED:
                yield from self._text(part)
            yield _plain(part.tail)

    def _note(self, note: etree._Element) -> str:
        number = str(len(self.notes) + 1)
        body = next((element for element in note if local(element) == "note-body"), None)
        self.notes.append(Block("", "note"))  # its place, also where the note itself has notes
        at = len(self.notes) - 1
        text = " ".join(block.text for block in self.blocks(body)).strip() if body is not None else ""
        self.notes[at] = Block(f"{number}\n {text}", "note")
        return call(number)

    def _list(self, element: etree._Element, lists: tuple[ListStyle, ...]) -> Iterator[Block]:
        style = self._styles.list_style(element.get(f"{TEXT}style-name") or (lists[-1].name if lists else ""))
        level = len(lists) + 1
        if element.get(f"{TEXT}continue-numbering") != "true":
            style.restart(level)
        for item in element:
            bare = local(item) == "list-header"
            for index, block in enumerate(self.blocks(item, (*lists, style))):
                numbered = index == 0 and not bare and bool(block.text.strip(" " + PAGE))
                if not numbered or block.kind == "item" or local(item[0]) == "list":
                    yield block
                    continue
                label = style.label(level)
                kind = block.kind if block.kind == "heading" or not style.is_bullet(level) else "item"
                page = PAGE if block.text.startswith(PAGE) else ""
                yield Block(f"{page}{label} {block.text.removeprefix(PAGE)}" if label else block.text, kind)

    def _table(self, table: etree._Element) -> Iterator[Block]:
        for row in table.iter(f"{TABLE}table-row"):
            if next(row.iterancestors(f"{TABLE}table")) is table:
                cells = (cell for cell in row if local(cell) == "table-cell")
                yield from set_row([list(self.blocks(cell)) for cell in cells])


def _plain(text: str | None) -> str:
    return " ".join((text or "").replace("\n", " ").split("\t"))
