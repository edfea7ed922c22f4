"""Documents in other formats, made of a plain text: each in the way in which authors and printers make them."""

from __future__ import annotations

import html
import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace

from docx import Document
from docx.document import Document as Word
from docx.enum.text import WD_BREAK
from fpdf import FPDF
from odf.opendocument import OpenDocumentText
from odf.style import ParagraphProperties, Style
from odf.teletype import addTextToElement
from odf.text import P

from vakgraaf.ingest.claims import Claims
from vakgraaf.ingest.document import Understood
from vakgraaf.ingest.flow import BULLET, SENTENCE_END, Gap, Row, join
from vakgraaf.ingest.layout import Flow, lay_out
from vakgraaf.ingest.lists import LINK
from vakgraaf.ingest.read import Text

SIGN = "\uf0b7"
"""A list sign that lives in a font of Windows; other fonts have "•" in its place."""


_LABEL = re.compile(
    r"Toelichting\b|[Cc]ompetentie [A-Y]\b|Aanvullend geldt|\d\.\d+ |Kerntaak \d|[A-Z][a-z]+ [a-z]+:$|\d+ september"
)


def _paged(text: Text) -> Iterator[tuple[str, bool]]:
    """The lines of a text, and whether a page begins with them."""
    pages = lay_out(text).pages
    before = pages[1]
    for number, line in enumerate(text.lines, start=1):
        yield line, pages[number] != before
        before = pages[number]


def as_pdf(text: Text, font: str = "Helvetica", size: float = 9, *, typed: bool = True, footers: bool = True) -> bytes:
    """A PDF on A4 with the pages of the text. Not `typed`: nothing is set where nothing is to be seen.

    Without `footers` there are no page numbers.
    """
    furniture = lay_out(text).furniture
    paged = enumerate(_paged(text), start=1)
    lines = [
        (line if footers or n not in furniture or not line.strip().isdecimal() else "", b) for n, (line, b) in paged
    ]
    longest = max(len(page) for page in _split(lines))
    pdf = FPDF(format="A4")
    pdf.set_auto_page_break(False)
    pdf.core_fonts_encoding = "cp1252"
    pdf.set_font(font, size=size)
    for page in _split(lines):
        pdf.add_page()
        for index, line in enumerate(page):
            printed = line.replace(SIGN, "•") if typed else line.replace(SIGN, "•").strip()
            if printed:
                pdf.text(12, 10 + index * min(4.5, 280 / longest), printed)
    return bytes(pdf.output())


def _split(lines: list[tuple[str, bool]]) -> list[list[str]]:
    pages: list[list[str]] = [[]]
    for line, begins in lines:
        if begins:
            pages.append([])
        pages[-1].append(line)
    return pages


def as_docx(text: Text, *, breaks: bool = True) -> bytes:
    """A Word document with a paragraph for each line, as it comes of pasting a text into Word."""
    document = Document()
    for line, begins in _paged(text):
        if begins and breaks:
            document.paragraphs[-1].add_run().add_break(WD_BREAK.PAGE)
        document.add_paragraph(line)
    return saved(document)


def as_odt(text: Text) -> bytes:
    """An OpenDocument text with a paragraph for each line."""
    document = OpenDocumentText()
    on_new_page = Style(name="Nieuw", family="paragraph")
    on_new_page.addElement(ParagraphProperties(breakbefore="page"))
    document.automaticstyles.addElement(on_new_page)
    for line, begins in _paged(text):
        paragraph = P(stylename=on_new_page) if begins else P()
        addTextToElement(paragraph, line)
        document.text.addElement(paragraph)
    file = io.BytesIO()
    document.write(file)
    return file.getvalue()


def as_html(text: Text) -> bytes:
    """A web page with a paragraph for each line."""
    style = ' style="break-before: page"'
    body = "\n".join(f"<p{style if begins else ''}>{html.escape(line)}</p>" for line, begins in _paged(text))
    return f"<!DOCTYPE html><html lang=nl><meta charset=utf-8><title>Profiel</title><body>{body}</body></html>".encode()


def as_pre(text: Text) -> bytes:
    """A web page with the text as it is."""
    return f"<html><body><pre>{html.escape(chr(10).join(text.lines))}</pre></body></html>".encode()


def saved(document: Word) -> bytes:
    """The bytes of a Word document."""
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def as_styled_docx(understood: Understood) -> bytes:
    """A Word document as an author makes it: whole paragraphs, headings and lists by style, feet, raised notes."""
    flow = lay_out(understood.text)
    document = Document()
    foot = document.sections[0].footer
    for line in dict.fromkeys(line for line in flow.footers if not line.isdecimal()):
        foot.add_paragraph(line)
    for style, line in _paragraphs(flow, understood.claims):
        paragraph = document.add_paragraph(style=style)
        for index, piece in enumerate(re.split("\x01", line)):
            run = paragraph.add_run(piece)
            run.font.superscript = index % 2 == 1 or None
    for note in flow.notes:
        paragraph = document.add_paragraph()
        paragraph.add_run(note.number).font.superscript = True
        paragraph.add_run(" " + join([row for row in note.rows if row.text]).text)
    return saved(document)


def _paragraphs(flow: Flow, claims: Claims) -> Iterator[tuple[str, str]]:
    """Style and text of every paragraph."""
    taken = [taak for gebied in claims.taakgebieden for taak in gebied.taken]
    parts = [*claims.all_paragrafen(), *claims.taakgebieden]
    headings = claims.structure.union(*(part.heading for part in parts), *(taak.described_at for taak in taken))
    kerntaken = [*claims.kerntaken, *claims.overview]
    processes = [process for kerntaak in kerntaken for process in kerntaak.werkprocessen]
    first = {min(part.heading) for part in [*taken, *kerntaken, *processes] if part.heading}
    seats = {line: index for index, zetel in enumerate(claims.zetels) for line in zetel.lines}
    under_way: list[Row] = []
    for row in flow.rows:
        seat = seats.get(row.lines[0])
        same = under_way and seat == seats.get(under_way[-1].lines[0])
        if not same or LINK.fullmatch(row.text) or not first.isdisjoint(row.lines):
            yield from _running(under_way, flow.words)
            under_way = []
        if seat is not None and under_way:
            # A cell of a table that was set on several lines.
            between = "\x02\x02" if row.gap else "\x02"
            under_way[-1] = replace(row, text=under_way[-1].text + between + row.text)
        elif seat is not None or LINK.fullmatch(row.text):
            under_way = [row]
        elif headings.isdisjoint(row.lines):
            listed = any(other.is_bullet for other in under_way) and row.gap is not Gap.HARD
            ended = not under_way or (SENTENCE_END.search(under_way[-1].text) and not listed)
            if row.gap and not row.is_bullet and row.text[:1].isupper() and (ended or _LABEL.match(row.text)):
                yield from _running(under_way, flow.words)
                under_way = []
            called = "".join([row.text, *(f"\x01{n}\x01" for n in row.notes)])
            under_way.append(replace(row, text=called, notes=()))
        else:
            yield from _running(under_way, flow.words)
            under_way = []
            yield "Heading 1" if row.page_start else "Heading 2", row.text
    yield from _running(under_way, flow.words)


def _running(rows: list[Row], words: frozenset[str]) -> Iterator[tuple[str, str]]:
    for line in join(rows, words).text.split("\n"):
        if BULLET.match(line):
            yield "List Bullet", BULLET.sub("", line)
        elif line:
            yield "Normal", line.replace("\x02", "\n")


def zipped(files: dict[str, bytes]) -> bytes:
    """A zip archive."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return file.getvalue()
