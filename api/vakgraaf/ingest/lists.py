"""The lists at a document's edges: competence overview, glossary, sources, links."""

from __future__ import annotations

import re
from collections.abc import Sequence

from vakgraaf.ingest.claims import Begrip, Matrixregel, Tekst
from vakgraaf.ingest.flow import SENTENCE_END, Gap, Row, is_short, join, lines_of, stretches, width_of
from vakgraaf.ingest.sections import item_text, list_items

Words = frozenset[str]
_MATRIX_ROW = re.compile(r"([A-Y])[.:]?\s+(?=[A-Z])(.*?[^\d\s,])\s*((?:\d{1,2}(?:\s*,\s*|\s+|$))*)")
_ZIE = re.compile(r"[Zz]ie(?:\s+ook)?(?:\s*:\s*(?P<named>.+?)|\s+(?P<word>[\w-]+(?:\s[\w-]+)?))\.?")
LINK = re.compile(r"(?:https?://|mailto:|www\.)\S+")


def read_matrix(rows: Sequence[Row]) -> tuple[list[Row], list[Matrixregel], list[Row]]:
    """The competence overview: rows of text before it, its rows, and the rows of its header."""
    found: list[Matrixregel] = []
    before: list[Row] = []
    for row in rows:
        match = _MATRIX_ROW.fullmatch(row.text)
        if match and row.opens_block:
            numbers = tuple(re.findall(r"\d+", match[3]))
            found.append(Matrixregel(match[1], match[2].strip(), numbers, frozenset(row.lines)))
        elif found and not row.opens_block:
            last = found[-1]
            wording = f"{last.wording} {row.text}"
            found[-1] = Matrixregel(last.letter, wording, last.kerntaken, last.lines | frozenset(row.lines))
        else:
            before.append(row)
    ended = max((i for i, row in enumerate(before) if SENTENCE_END.search(row.text)), default=-1)
    return before[: ended + 1], found, before[ended + 1 :]


def read_begrippen(rows: Sequence[Row], words: Words) -> tuple[list[Row], list[Begrip]]:
    """The glossary: the rows before its first entry, and its entries. A term stands alone above its definition."""
    heads = _terms(rows)
    entries = []
    for start, end in stretches(heads, len(rows)):
        definition = join(rows[start + 1 : end], words)
        pointer = _ZIE.fullmatch(definition.text)
        zie = (pointer["named"] or pointer["word"]) if pointer else None
        lines = lines_of(rows[start:end])
        entries.append(Begrip(rows[start].text, None if zie else definition, zie, lines))
    return list(rows[: heads[0]] if heads else rows), entries


def _terms(rows: Sequence[Row]) -> list[int]:
    """Indices of the rows that are a term: short, at the start of a block, straight above text.

    A block begins after a typed gap or a finished sentence; where neither can be seen, the alphabet decides.
    """
    width = width_of(rows)
    found: list[int] = []
    for index, row in enumerate(rows[:-1]):
        previous, following = (rows[index - 1] if index else None), rows[index + 1]
        if not row.opens_block or (found and found[-1] == index - 1):
            continue
        ended = previous is None or row.gap is Gap.HARD or SENTENCE_END.search(previous.text) is not None
        in_order = bool(found) and rows[found[-1]].text.casefold() < row.text.casefold()
        short = len(row.text) <= 60 and is_short(row, following, width) and not row.text.endswith((".", ":", ","))
        tight = following.gap is Gap.NONE
        if (ended or in_order) and tight and short and row.text[:1].isupper():
            found.append(index)
    return found


def read_bronnen(rows: Sequence[Row], words: Words) -> tuple[list[Tekst], list[Tekst], list[Row]]:
    """The sources consulted, loose link lines (left by a PDF), and the rows that are neither."""
    links = [row for row in rows if LINK.fullmatch(row.text)]
    items, rest = list_items([row for row in rows if row not in links], sentences=True)
    bronnen = [item_text(item, words) for item in items]
    return bronnen, [Tekst(row.text, frozenset(row.lines)) for row in links], rest
