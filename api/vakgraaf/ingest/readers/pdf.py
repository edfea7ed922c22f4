"""PDF: the text layer, page by page, in the order in which it was set.

That order, and not the place on the page, keeps the cells of a table whole. Distances between lines give the blank
lines. A number that is set smaller and higher is a footnote call and gets a line of its own.
"""

from __future__ import annotations

import ctypes
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from statistics import median

import pypdfium2
import pypdfium2.raw as pdfium

from vakgraaf.errors import UnreadableInput
from vakgraaf.ingest.readers.inflating import refuse_bomb
from vakgraaf.ingest.readers.reading import Meter, Reading

_BROKEN_WORD = "\ufffe"  # pdfium's sign for a hyphen that ended a line
_CALL = re.compile(r"(?<=[^\W\d_]|[.,;:!?)’'\"”])\d{1,2}(?![\d\w])")
_MOST_OBJECTS = 3_000
_CONTROLS = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 127, 0xFFFF])


@dataclass(frozen=True)
class _Line:
    """A line of a page: its text and the height of its baseline in points, None where unknown."""

    text: str
    y: float | None


@dataclass(frozen=True)
class _Page:
    lines: list[_Line]
    typed_blanks: list[float]


def read_pdf(content: bytes, meter: Meter) -> Reading:
    """The lines of a PDF. Raises `UnreadableInput` where it is encrypted, scanned, damaged or too large."""
    refuse_bomb(content, meter)
    document = _open(content, meter)
    try:
        meter.pages(len(document))
        pages = [_read_page(document, index, meter) for index in range(len(document))]
    finally:
        document.close()
    if not any(line.text.strip() for page in pages for line in page.lines):
        raise _scanned(meter, len(pages))
    return _set(pages, _pitch(pages))


def _open(content: bytes, meter: Meter) -> pypdfium2.PdfDocument:
    try:
        document = pypdfium2.PdfDocument(content)
        count = len(document)
    except pypdfium2.PdfiumError as error:
        if "assword" in str(error) or "ecurity" in str(error):
            raise meter.refusal(
                "dit PDF-bestand is beveiligd met een wachtwoord. Bewaar het zonder beveiliging.",
                "this PDF file is protected by a password. Save it without protection.",
            ) from error
        raise _damaged(meter) from error
    if count == 0:
        document.close()
        raise _damaged(meter)
    return document


def _read_page(document: pypdfium2.PdfDocument, index: int, meter: Meter) -> _Page:
    meter.tick()
    try:
        page = document[index]
        text_page = page.get_textpage()
    except pypdfium2.PdfiumError as error:
        raise meter.refusal(
            f"pagina {index + 1} van dit PDF-bestand is beschadigd. Maak het bestand opnieuw.",
            f"page {index + 1} of this PDF file is damaged. Make the file again.",
        ) from error
    try:
        lines = list(_lines(text_page, meter))
        return _Page(lines, _typed_blanks(page))
    finally:
        text_page.close()
        page.close()


def _lines(page: pypdfium2.PdfTextPage, meter: Meter) -> Iterator[_Line]:
    text = _text(page)
    meter.text(text)
    at = 0
    for part in re.split(rf"(\r\n|\r|\n|{_BROKEN_WORD})", text):
        if part in ("\r\n", "\r", "\n", _BROKEN_WORD) or not part.strip():
            at += len(part)
            continue
        broken = text[at + len(part) : at + len(part) + 1] == _BROKEN_WORD
        whole = part + "-" if broken else part
        height = _height(page, at + len(part) - len(part.lstrip()))
        for piece in _with_calls(page, whole, at):
            # Most lines have nothing to translate, and looking at each of their characters takes long.
            yield _Line(piece if piece.isprintable() else piece.translate(_CONTROLS), height)
        at += len(part)


def _text(page: pypdfium2.PdfTextPage) -> str:
    """The text of a page with one character for each place that pdfium counts; what it cannot show is �."""
    count = page.count_chars()
    if count <= 0:
        return ""
    buffer = (ctypes.c_ushort * (count + 1))()
    got = pdfium.FPDFText_GetText(page, 0, count, buffer)
    length = max(got - 1, 0)
    text = bytes(buffer)[: 2 * length].decode("utf-16-le", "replace")
    if len(text) == length:
        return text
    return "".join("\ufffd" if 0xD800 <= unit < 0xE000 else chr(unit) for unit in buffer[:length])


def _height(page: pypdfium2.PdfTextPage, at: int) -> float | None:
    x, y = ctypes.c_double(), ctypes.c_double()
    place = pdfium.FPDFText_GetCharIndexFromTextIndex(page, at)
    found = place >= 0 and pdfium.FPDFText_GetCharOrigin(page, place, ctypes.byref(x), ctypes.byref(y))
    return y.value if found else None


def _with_calls(page: pypdfium2.PdfTextPage, line: str, at: int) -> Iterator[str]:
    """The line in pieces: a number in it that is set smaller and higher stands alone."""
    done = 0
    for found in _CALL.finditer(line):
        before, number = found.start() - 1, found.start()
        if _is_raised(page, at + before, at + number):
            yield line[done:number]
            yield found[0]
            done = found.end()
    if line[done:].strip():
        yield line[done:]


def _is_raised(page: pypdfium2.PdfTextPage, before: int, number: int) -> bool:
    first = pdfium.FPDFText_GetCharIndexFromTextIndex(page, before)
    second = pdfium.FPDFText_GetCharIndexFromTextIndex(page, number)
    if first < 0 or second < 0:
        return False
    sizes = pdfium.FPDFText_GetFontSize(page, first), pdfium.FPDFText_GetFontSize(page, second)
    below, above = _height(page, before), _height(page, number)
    return below is not None and above is not None and above > below + 0.5 and sizes[1] < 0.9 * sizes[0]


def _typed_blanks(page: pypdfium2.PdfPage) -> list[float]:
    """The heights where the maker set spaces and nothing else: blank lines that somebody typed."""
    count = pdfium.FPDFPage_CountObjects(page)
    heights: list[float] = []
    for index in range(count if count <= _MOST_OBJECTS else 0):
        part = pdfium.FPDFPage_GetObject(page, index)
        if pdfium.FPDFPageObj_GetType(part) != pdfium.FPDF_PAGEOBJ_TEXT:
            continue
        if _takes_no_room(part):
            matrix = pdfium.FS_MATRIX()
            if pdfium.FPDFPageObj_GetMatrix(part, ctypes.byref(matrix)):
                heights.append(matrix.f)
    return sorted(heights, reverse=True)


def _takes_no_room(part: pdfium.FPDF_PAGEOBJECT) -> bool:
    """True where nothing of a piece of text can be seen."""
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    found = pdfium.FPDFPageObj_GetBounds(part, *map(ctypes.byref, (left, bottom, right, top)))
    return bool(found) and left.value == right.value and bottom.value == top.value


def _pitch(pages: list[_Page]) -> float:
    """The distance between two lines of running text, in points: the smallest that is common."""
    distances = Counter(
        round(distance * 2) / 2
        for page in pages
        for first, second in zip(page.lines, page.lines[1:], strict=False)
        if first.y is not None and second.y is not None and 4 < (distance := first.y - second.y) < 100
    )
    common = [distance for distance, count in distances.items() if count >= 0.05 * distances.total()]
    return min(common, default=median(distances) if distances else 12.0)


def _set(pages: list[_Page], pitch: float) -> Reading:
    lines: list[str] = []
    numbers: list[int] = []
    starts: set[int] = set()
    for number, page in enumerate(pages, start=1):
        if not page.lines:
            continue
        if lines:
            lines.append("")
            numbers.append(numbers[-1])
        starts.add(len(lines) + 1)
        before: float | None = None
        for line in page.lines:
            blanks = _blanks(before, line.y, pitch, page.typed_blanks)
            lines += [*blanks, line.text]
            numbers += [number] * (len(blanks) + 1)
            before = line.y
    return Reading(tuple(lines), frozenset(starts), tuple(numbers))


def _blanks(before: float | None, here: float | None, pitch: float, typed: list[float]) -> list[str]:
    """The blank lines between two lines. One that was typed is a space, as it is in a text made from a PDF."""
    if before is None or here is None:
        return []
    distance = before - here
    if distance < -0.5 * pitch:
        return [""]  # back up the page: another cell or column
    count = min(round(distance / pitch + 0.1) - 1, 3)
    if count > 0 and any(here + 0.3 * pitch < height < before - 0.3 * pitch for height in typed):
        return [" "] + [""] * (count - 1)
    return [""] * max(count, 0)


def _scanned(meter: Meter, pages: int) -> UnreadableInput:
    return meter.refusal(
        f"dit PDF-bestand ({pages} pagina's) bevat geen tekst; waarschijnlijk is het een scan. Gebruik het "
        "oorspronkelijke document, of laat er eerst tekstherkenning (OCR) op los.",
        f"this PDF file ({pages} pages) holds no text; it probably is a scan. Use the original document, or apply text "
        "recognition (OCR) to it first.",
    )


def _damaged(meter: Meter) -> UnreadableInput:
    return meter.refusal(
        "dit PDF-bestand is beschadigd of onvolledig. Maak of download het opnieuw.",
        "this PDF file is damaged or incomplete. Make or download it again.",
    )
