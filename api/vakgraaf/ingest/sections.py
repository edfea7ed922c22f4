"""Running text with headings → paragrafen: prefaces, introductions, descriptions, trends."""

from __future__ import annotations

import re
from collections.abc import Sequence

from vakgraaf.ingest.claims import Aanvulling, Ontwikkeling, Paragraaf, Tekst
from vakgraaf.ingest.dutch import enumeration
from vakgraaf.ingest.flow import SENTENCE_END, Gap, Prose, Row, is_short, join, lines_of, stretches, width_of
from vakgraaf.ingest.headings import TRENDS, is_subheading, side_headings, soort_of

DILEMMA_LEADIN = re.compile(r"dilemma[’']?s:$")
AANVULLING = re.compile(r"(Aanvullend (?:geldt|geldt er) voor\s+.*?):\s*(.*)", re.DOTALL)
_AANVULLING_START = re.compile(r"Aanvullend\b.*\bvoor\b")

Words = frozenset[str]


def section(title: str, rows: Sequence[Row], heading: frozenset[int], words: Words, **given: str | None) -> Paragraaf:
    """One paragraaf: the text of `rows`, with dilemmas and aanvullingen taken out of it. `given`: soort, nummer."""
    body, aanvullingen = take_aanvullingen(rows, words)
    body, dilemmas = take_dilemmas(body, words)
    text = join(body, words) if body else None
    soort = given.get("soort") or soort_of(title)
    return Paragraaf(title, soort, heading, given.get("nummer"), text, dilemmas=dilemmas, aanvullingen=aanvullingen)


def subsections(rows: Sequence[Row], words: Words) -> tuple[list[Row], list[Paragraaf]]:
    """The rows before the first subheading, and a paragraaf a subheading.

    A subheading straight above another one holds those that follow, until one stands free of the text before it.
    """
    width = width_of(rows)
    heads = [index for index in range(len(rows)) if is_subheading(rows, index, width)]
    if not heads:
        return list(rows), []
    found: list[Paragraaf] = []
    parent: Paragraaf | None = None
    for index, end in stretches(heads, len(rows)):
        row = rows[index]
        body = rows[index + 1 : end]
        part = section(row.text, body, frozenset(row.lines), words)
        if row.gap is Gap.HARD:
            parent = None
        (parent.parts if parent else found).append(part)
        if not body:
            parent = part
    return list(rows[: heads[0]]), found


def beside(rows: Sequence[Row], patterns: Sequence[str], words: Words) -> tuple[list[Row], list[Paragraaf]]:
    """Sections whose headings stand in a column beside the text; the rows before the first are returned apart."""
    intro, cells = _cells(rows, patterns)
    return intro, [section(title, body, heading, words) for title, heading, body in cells]


def trends(rows: Sequence[Row], words: Words) -> tuple[list[Row], list[Ontwikkeling], list[Paragraaf]]:
    """The categories of development, each with its ontwikkelingen: titled blocks and list items.

    Apart from them, the text before the first category, and list items in it whose category is not recognised.
    """
    before, cells = _cells(rows, TRENDS)
    intro, loose = _ontwikkelingen(before, words) if any(row.is_bullet for row in before) else (before, [])
    parts = []
    for title, heading, body in cells:
        own, ontwikkelingen = _ontwikkelingen(body, words)
        text = join(own, words) if own else None
        parts.append(Paragraaf(title, "trendcategorie", heading, None, text, ontwikkelingen=ontwikkelingen))
    return intro, loose, parts


def _cells(
    rows: Sequence[Row], patterns: Sequence[str]
) -> tuple[list[Row], list[tuple[str, frozenset[int], list[Row]]]]:
    """The rows before the first side heading, and for each its title, its heading lines and its text rows."""
    heads = list(side_headings(rows, patterns))
    cells = []
    for head, (index, end) in zip(heads, stretches([h[0] for h in heads], len(rows)), strict=True):
        _, count, title, shared = head
        body = [*([shared] if shared else []), *rows[index + count : end]]
        cells.append((title, lines_of(rows[index : index + count]), body))
    return list(rows[: heads[0][0]] if heads else rows), cells


def _ontwikkelingen(rows: Sequence[Row], words: Words) -> tuple[list[Row], list[Ontwikkeling]]:
    width = width_of(rows)
    own: list[Row] = []
    found: list[Ontwikkeling] = []
    for block in _blocks(rows, width):
        items, rest = list_items(block)
        if items:
            own.extend(rest)
            found.extend(Ontwikkeling(None, _item_text(item, words), lines_of(item)) for item in items)
        elif _is_title(block, 0, width):
            found.append(Ontwikkeling(block[0].text, join(block[1:], words), lines_of(block)))
        else:
            own.extend(block)
    return own, found


def _blocks(rows: Sequence[Row], width: int) -> list[list[Row]]:
    """Rows cut where a block was typed apart, where a gap follows a finished sentence, or at a title; lists stay whole.

    What separated the first row of a page from the text before it is lost, so there only a title begins a block.
    """
    blocks: list[list[Row]] = []
    for index, row in enumerate(rows):
        in_list = bool(blocks) and any(r.is_bullet for r in blocks[-1]) and (row.is_bullet or row.gap < Gap.HARD)
        if not index or (_begins_block(rows, index, width) and not in_list):
            blocks.append([])
        blocks[-1].append(row)
    return blocks


def _begins_block(rows: Sequence[Row], index: int, width: int) -> bool:
    row, previous = rows[index], rows[index - 1]
    if row.gap is Gap.HARD:
        return True
    finished = SENTENCE_END.search(previous.text) is not None
    titled = (finished or previous.text.endswith(":")) and _is_title(rows, index, width)
    return row.opens_block and (titled or (finished and not row.page_start))


def _is_title(rows: Sequence[Row], index: int, width: int) -> bool:
    """A short row with text straight below it."""
    row, following = rows[index], rows[index + 1] if index + 1 < len(rows) else None
    return following is not None and following.gap is Gap.NONE and is_short(row, following, width)


def list_items(rows: Sequence[Row], *, sentences: bool = False) -> tuple[list[list[Row]], list[Row]]:
    """The items of a list with their continuation lines, and the rows that are not in it.

    `sentences` says that an item may hold several sentences, so that a full stop does not end it.
    """
    items: list[list[Row]] = []
    rest: list[Row] = []
    for row in rows:
        if row.is_bullet:
            items.append([row])
        elif items and continues_item(items[-1], row, sentences):
            items[-1].append(row)
        else:
            rest.append(row)
    return items, rest


def continues_item(item: Sequence[Row], row: Row, sentences: bool = False) -> bool:
    """True where `row` goes on with the last list item: no gap, or a soft one before the item's sentence is over."""
    if row.gap is Gap.HARD:
        return False
    if row.gap is Gap.NONE and not row.page_start:
        return True
    return sentences or not item[-1].text.endswith((".", ";"))


def _item_text(item: Sequence[Row], words: Words) -> Prose:
    return join([item[0].without_bullet(), *item[1:]], words)


def item_text(item: Sequence[Row], words: Words) -> Tekst:
    """A list item as text, as printed but for its sign."""
    prose = _item_text(item, words)
    return Tekst(prose.text, prose.lines, prose.notes)


def take_dilemmas(rows: Sequence[Row], words: Words) -> tuple[list[Row], list[Tekst]]:
    """The list announced by '… dilemma's:' apart from the other rows (which keep the announcement)."""
    for index, row in enumerate(rows):
        if DILEMMA_LEADIN.search(row.text) and index + 1 < len(rows) and rows[index + 1].is_bullet:
            items, rest = list_items(rows[index + 1 :])
            return [*rows[: index + 1], *rest], [item_text(item, words) for item in items]
    return list(rows), []


def take_aanvullingen(rows: Sequence[Row], words: Words) -> tuple[list[Row], list[Aanvulling]]:
    """What holds in addition per branche, apart from the rows before it. It runs to the end of its section."""
    starts = [i for i, row in enumerate(rows) if row.opens_block and _AANVULLING_START.match(row.text)]
    found: list[Aanvulling] = []
    for start, end in stretches(starts, len(rows)):
        whole = join(rows[start:end], words)
        match = AANVULLING.match(whole.text)
        if match is None:
            return list(rows[:start]) + list(rows[start:]), found
        begin = match.start(2)
        pieces = tuple((max(at - begin, 0), lines) for at, lines in whole.pieces)
        text = Prose(match[2], pieces, whole.notes)
        leadin = " ".join(match[1].split())
        found.append(Aanvulling(leadin, branches_in(leadin), text, whole.lines))
    return list(rows[: starts[0]] if starts else rows), found


def branches_in(leadin: str) -> tuple[str, ...]:
    """The branches that a lead-in names: what follows its last 'in (de)', or else 'voor'."""
    after = re.split(r"\b(?:in|binnen) (?:de |het )?(?=[^ ])", leadin)[-1]
    if after == leadin:
        after = re.split(r"\bvoor (?:de |het )?", leadin, maxsplit=1)[-1]
    return tuple(enumeration(after)) if after != leadin else ()
