"""What stands where in lines of N-Triples or N-Quads: found for all lines at once (`spans`) where that can be, and else
with a regular expression for a line (`lines`)."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np

from vakgraaf.engine.scratch import check
from vakgraaf.validation.compiled.digests import Digests, Places, Stretches, looked_up, runs, together
from vakgraaf.validation.compiled.lines import LINE, PLAIN_IRI, PLAIN_LINE, PLAIN_SUFFIX, Form
from vakgraaf.validation.compiled.spans import LESS, Letters, Mask, Spans, spans_of

_HEAD = 32
_HEAD_OF_IRI = re.compile(rb"<(?:https?://[A-Za-z0-9.-]+/|urn:[a-z][a-z0-9-]+:[A-Za-z0-9])")
"""After it may stand, anywhere, what `spans` lets stand in an IRI. Others are looked at by themselves."""
_GRAPH = re.compile(rb"(?:" + PLAIN_IRI + rb")?")
_SUFFIX = re.compile(PLAIN_SUFFIX)
_PREDICATE = re.compile(PLAIN_IRI)


@dataclass(frozen=True, slots=True)
class Layout:
    """Of each line where it begins, where its triple ends, and where its newline is.

    A value is an IRI with its brackets, a blank node, or what a literal has between its quotation marks. `forms` are
    places in the list of the `Reader`, `subjects` the digests of the subjects.
    """

    stretches: Stretches
    starts: Places
    triple_ends: Places
    ends: Places
    subject_ends: Places
    value_starts: Places
    value_ends: Places
    forms: Places
    subjects: Digests

    def values(self, which: Places) -> Digests:
        """The digests of the values of some lines."""
        return self.stretches.digests(self.value_starts[which], self.value_ends[which])

    def texts(self, which: Places) -> list[bytes]:
        """The values of some lines."""
        places = zip(self.value_starts[which].tolist(), self.value_ends[which].tolist(), strict=True)
        return [self.stretches.content[start:end] for start, end in places]


class Reader:
    """Lays out one piece after another."""

    def __init__(self) -> None:
        self._numbers: dict[Form, int] = {}
        self._forms: dict[int, int] = {}
        self._heads: dict[int, int] = {}
        self._graphs: dict[int, int] = {}

    @property
    def forms(self) -> list[Form]:
        """The forms of all lines by now."""
        return list(self._numbers)

    def layout(self, content: bytes) -> Layout | None:
        """The layout of whole lines that are all well-formed; None where one is in an unusual way of writing, or with
        escapes in an IRI. Raises `SyntaxError` for what is not well-formed.
        """
        if not _is_text(content):
            check(content)
            return None
        stretches = Stretches(content if content.endswith(b"\n") else content + b"\n")
        spans = spans_of(stretches)
        laid = Layout(
            stretches,
            spans.starts,
            spans.object_ends,
            spans.ends,
            spans.subject_ends,
            spans.value_starts,
            spans.value_ends,
            np.full(len(spans.starts), -1, np.intp),
            np.zeros(len(spans.starts), np.uint64),
        )
        usual = np.flatnonzero(spans.usual)
        good = self._fill(laid, spans, usual)
        odd = np.setdiff1d(np.arange(len(spans.starts)), usual[good], assume_unique=True).tolist()
        if not all(PLAIN_LINE.fullmatch(content, laid.starts[line], laid.ends[line]) for line in odd):
            check(content)  # without the newline, of which an error might be told
        if not all(self._fill_line(laid, line) for line in odd):
            return None
        laid.subjects[odd] = stretches.digests(laid.starts[odd], laid.subject_ends[odd])
        return laid

    def _fill(self, laid: Layout, spans: Spans, which: Places) -> Mask:
        """Fill in forms and subjects of these lines; which of them are well-formed with certainty."""
        stretches = laid.stretches
        letters = stretches.letters[spans.object_starts[which]]
        laid.subjects[which] = subjects = stretches.digests(spans.starts[which], spans.subject_ends[which])
        new = runs(subjects)
        good: Mask = self._heads_of(stretches, spans.starts[which[new]], spans.subject_ends[which[new]])[
            np.cumsum(new) - 1
        ]
        things = letters == LESS
        objects = which[things]
        good[things] &= self._heads_of(stretches, spans.object_starts[objects], spans.object_ends[objects])
        graphs = stretches.digests(spans.graph_starts[which], spans.graph_ends[which])
        new = runs(graphs)
        good &= self._graphs_of(stretches, spans, which[new], graphs[new])[np.cumsum(new) - 1]
        laid.forms[which] = forms = self._forms_of(stretches, spans, which, letters)
        good &= forms >= 0
        return good

    def _heads_of(self, stretches: Stretches, starts: Places, ends: Places) -> Mask:
        ends = np.minimum(ends, starts + _HEAD)

        def fit(new: list[int]) -> list[int]:
            heads = (stretches.content[starts[at] : ends[at]] for at in new)
            return [_HEAD_OF_IRI.match(head) is not None for head in heads]

        return looked_up(self._heads, stretches.digests(starts, ends), fit).astype(np.bool_)

    def _graphs_of(self, stretches: Stretches, spans: Spans, which: Places, graphs: Digests) -> Mask:
        def fit(new: list[int]) -> list[int]:
            lines = which[new].tolist()
            names = (stretches.content[spans.graph_starts[line] : spans.graph_ends[line]] for line in lines)
            return [_GRAPH.fullmatch(name) is not None for name in names]

        return looked_up(self._graphs, graphs, fit).astype(np.bool_)

    def _forms_of(self, stretches: Stretches, spans: Spans, which: Places, letters: Letters) -> Places:
        """The numbers of the forms; -1 for one that is perhaps not well-formed."""
        predicates = stretches.digests(spans.predicate_starts[which], spans.predicate_ends[which])
        suffixes = stretches.digests(spans.suffix_starts[which], spans.object_ends[which])

        def number(at: int) -> int:
            line, content = which[at], stretches.content
            predicate = _PREDICATE.fullmatch(content, spans.predicate_starts[line], spans.predicate_ends[line])
            suffix = _SUFFIX.fullmatch(content, spans.suffix_starts[line], spans.object_ends[line])
            if predicate is None or suffix is None:
                return -1
            first = b"<" if letters[at] == LESS else b""
            return self._number(Form(predicate[0][1:-1], first, suffix[1] or b"", suffix[2] or b""))

        return looked_up(
            self._forms, together(together(predicates, suffixes), letters), lambda new: [number(at) for at in new]
        )

    def _fill_line(self, laid: Layout, line: int) -> bool:
        """Fill in all of one line; whether it is as `LINE` has it."""
        found = LINE.fullmatch(laid.stretches.content, laid.starts[line], laid.ends[line])
        if found is None:
            return False
        _, _, predicate, thing, _, language, datatype = found.groups(b"")
        laid.triple_ends[line], laid.subject_ends[line] = found.end(1), found.end(2)
        laid.value_starts[line], laid.value_ends[line] = found.span(4 if thing else 5)
        laid.forms[line] = self._number(Form(predicate, thing[:1], language, datatype))
        return True

    def _number(self, form: Form) -> int:
        return self._numbers.setdefault(form, len(self._numbers))


def _is_text(content: bytes) -> bool:
    try:
        content.isascii() or content.decode()
    except UnicodeDecodeError:
        return False
    return True
