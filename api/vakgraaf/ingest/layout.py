"""Text → flow: what is page furniture, where pages begin, which lines are footnotes, and the rows that remain."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from vakgraaf.ingest.flow import BULLET, Gap, Row, clean, glue
from vakgraaf.ingest.outline import names_chapter
from vakgraaf.ingest.pages import number_pages
from vakgraaf.ingest.read import Text

_COPYRIGHT = re.compile(r"^\s*(?:©|\(c\)\s|copyright\b)", re.IGNORECASE)
_PAGE_OF = re.compile(r"^\s*(?:pagina|page|blz\.?)\s+(\d+)(?:\s*(?:van|of|/)\s*\d+)?\s*$", re.IGNORECASE)
_NUMBER_AT_END = re.compile(r"(?:^|\s)(\d{1,3})\s*$")
_NOTE_NUMBER = re.compile(r"^\s?(\d{1,2})\s*$")
_RULE = re.compile(r"^(?: {20,}|[_\-–—]{5,}\s*)$")
_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")


@dataclass(frozen=True)
class NoteBody:
    """The text of a footnote at the foot of a page."""

    number: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Flow:
    """A document laid out: `rows` to read, `notes` apart, `furniture` lines, and the page of each line if certain."""

    rows: tuple[Row, ...]
    notes: tuple[NoteBody, ...]
    furniture: frozenset[int]
    pages: dict[int, int]
    words: frozenset[str]
    footers: tuple[str, ...]


@dataclass
class _Sheet:
    """Working state while the lines are read once, top to bottom."""

    furniture: set[int] = field(default_factory=set)
    starts: set[int] = field(default_factory=lambda: {1})
    printed: dict[int, int] = field(default_factory=dict)
    footers: list[str] = field(default_factory=list)


def lay_out(text: Text) -> Flow:
    """The flow of `text`. Never fails: a line that is nothing special is a row."""
    text = replace(text, lines=tuple(map(clean, text.lines)))
    sheet = _Sheet()
    if text.starts:
        sheet.starts |= text.starts
    _find_furniture(text, sheet)
    if not text.starts:
        _find_page_starts(text, sheet)
    calls, bodies = _find_note_numbers(text, sheet)
    rows, notes = _make_rows(text, sheet, calls, bodies)
    words = frozenset(re.findall(r"[\w-]+", " ".join(text.lines).casefold()))
    pages = number_pages(len(text.lines), sorted(sheet.starts), sheet.printed, _chapter_like(text, sheet))
    if text.pages:
        pages = _as_printed(text.pages, sheet.printed) or pages or dict(enumerate(text.pages, start=1))
    footers = (*sheet.footers, *text.margins)
    return Flow(tuple(rows), tuple(notes), frozenset(sheet.furniture), pages, words, footers)


def _as_printed(pages: Sequence[int], printed: dict[int, int]) -> dict[int, int]:
    """The printed page of each line where the numbers of the file's own pages are off by the same count everywhere."""
    offsets = {number - pages[line - 1] for line, number in printed.items()}
    return {line: page + next(iter(offsets)) for line, page in enumerate(pages, start=1)} if len(offsets) == 1 else {}


def _blocks(text: Text) -> Iterator[tuple[int, int]]:
    """First and last line number of each run of non-blank lines."""
    first = None
    for number, line in enumerate((*text.lines, ""), start=1):
        if line.strip() and first is None:
            first = number
        elif not line.strip() and first is not None:
            yield first, number - 1
            first = None


def _find_furniture(text: Text, sheet: _Sheet) -> None:
    """Running heads and feet: small blocks that end in a copyright line and carry a page number, or say 'pagina 3'."""
    for first, last in _blocks(text):
        lines = [text.line(n) for n in range(first, last + 1)]
        page = _footer_page(lines)
        if page is not None:
            sheet.furniture.update(range(first, last + 1))
            if text.starts:
                # The file says where pages begin; the number is that of the page on which it stands, head or foot.
                begin = max(start for start in sheet.starts if start <= first)
            else:
                begin = first
                sheet.starts.add(first)
            sheet.printed.setdefault(begin, page)
            sheet.footers.extend(line.strip() for line in lines)


def _footer_page(lines: list[str]) -> int | None:
    if len(lines) == 1 and (found := _PAGE_OF.match(lines[0])):
        return int(found[1])
    if len(lines) > 4 or not any(_COPYRIGHT.match(line) for line in lines):
        return None
    numbers = [found[1] for line in lines if not _COPYRIGHT.match(line) and (found := _NUMBER_AT_END.search(line))]
    return int(numbers[0]) if numbers else None


def _find_page_starts(text: Text, sheet: _Sheet) -> None:
    """A page begins at a form feed, or where a line is indented by one space straight after another line."""
    for number, line in enumerate(text.lines, start=1):
        before = text.line(number - 1) if number > 1 else ""
        indented = re.match(r" \S", line) is not None and before.strip() and not _NOTE_NUMBER.match(before)
        if line.startswith("\f") or (indented and number not in sheet.furniture):
            sheet.starts.add(number)


def _chapter_like(text: Text, sheet: _Sheet) -> frozenset[int]:
    """Page starts whose first words look like a chapter: candidates for starting on a right-hand page."""
    heading = re.compile(r"\s*(?:\d{1,2}\.?\s+[A-Z]|Bijlage\s|Voorwoord|Inleiding|Disclaimer|Colofon)")
    found = set()
    starts = sorted(sheet.starts)
    for start, end in zip(starts, [*starts[1:], len(text.lines) + 1], strict=True):
        follows = (n for n in range(start, end) if n not in sheet.furniture and text.line(n).strip())
        if (first := next(follows, None)) and heading.match(text.line(first)):
            found.add(start)
    return frozenset(found)


def _find_note_numbers(text: Text, sheet: _Sheet) -> tuple[dict[int, str], dict[int, str]]:
    """Lines holding only a number: the first of each is the call in the text, the second heads the note itself."""
    calls: dict[int, str] = {}
    bodies: dict[int, str] = {}
    called: set[str] = set()
    headed: set[str] = set()
    for number, line in enumerate(text.lines, start=1):
        found = _NOTE_NUMBER.match(line.translate(_SUPERSCRIPTS))
        if not found or number in sheet.furniture:
            continue
        if found[1] in called and found[1] not in headed:
            bodies[number] = found[1]
            headed.add(found[1])
        else:
            calls[number] = found[1]
            called.add(found[1])
    return {n: c for n, c in calls.items() if c in headed}, bodies


def _make_rows(
    text: Text, sheet: _Sheet, calls: dict[int, str], bodies: dict[int, str]
) -> tuple[list[Row], list[NoteBody]]:
    rows: list[Row] = []
    notes: list[tuple[str, list[Row]]] = []
    note: list[Row] | None = None
    gap, page_start, called_at = Gap.HARD, False, 0
    for number, line in enumerate(text.lines, start=1):
        if number in sheet.starts:
            page_start, note = True, None
        if number in sheet.furniture:
            continue
        if not line.strip():
            gap = max(gap, Gap.HARD if line.strip("\n\f") or _is_blank(text, number - 1) else Gap.SOFT)
        elif number in calls and rows:
            rows[-1] = _with_call(rows[-1], number, calls[number])
            called_at, gap = number, Gap.NONE
        elif number in bodies:
            note = []
            notes.append((bodies[number], note))
            note.append(Row("", (number,)))
            gap = Gap.NONE
        elif note is not None and not _note_ended(note, gap, line.strip()):
            note.append(Row(line.strip(), (number,), gap))
            gap = Gap.NONE
        elif called_at == number - 1 and rows and not page_start:
            rows[-1] = _continued(rows[-1], line, number)
            gap = Gap.NONE
        else:
            note = None
            # What separated a row from the text before it cannot be told across pages.
            apart = Gap.NONE if page_start and rows else gap
            rows.append(Row(line.strip(), (number,), apart, page_start, (), _breaks_word(line)))
            gap, page_start = Gap.NONE, False
    return rows, [NoteBody(number, tuple(parts)) for number, parts in notes]


def _is_blank(text: Text, number: int) -> bool:
    return number >= 1 and not text.line(number).strip()


_AFTER_NOTE = re.compile(r"[a-zà-ÿ(]|\d{1,2}(?:\.\d+)*[.)]?\s+[A-Z]")


def _note_ended(note: list[Row], gap: Gap, line: str) -> bool:
    """A note is over when a gap follows its full stop, or a line that cannot go on with it."""
    if names_chapter(line):
        return True
    finished = len(note) > 1 and re.search(r"[.!?]$|(?:https?://|www\.)\S+$", note[-1].text) is not None
    return finished and (gap > Gap.NONE or BULLET.match(line) is not None or _AFTER_NOTE.match(line) is not None)


def _with_call(row: Row, number: int, note: str) -> Row:
    return Row(row.text, (*row.lines, number), row.gap, row.page_start, (*row.notes, note))


def _continued(row: Row, line: str, number: int) -> Row:
    joined = glue(row.text, line.strip())
    return Row(joined, (*row.lines, number), row.gap, row.page_start, row.notes, _breaks_word(line))


def _breaks_word(line: str) -> bool:
    """A hyphen that is the very last character broke a word; 'dag- ' before 'en nachtritme' did not."""
    return re.search(r"\w(?:-|\u00ad\s*)$", line) is not None
