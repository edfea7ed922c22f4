"""The terms of lines are where a reader of one line after another finds them, however odd the lines are."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vakgraaf.engine.scratch import check
from vakgraaf.validation.compiled.digests import Stretches, digests_of, looked_up
from vakgraaf.validation.compiled.layout import Layout, Reader
from vakgraaf.validation.compiled.lines import LINE, Form

PLAIN_IRIS = [
    "<http://x.example/a>",
    "<https://x.example/a/b#c>",
    "<urn:x-test:a>",
    "<http://x.example/a:b~c>",
    "<urn:x-test:a#b:/c>",
]
ODD_IRIS = [
    "<http://x.example/é>",
    "<http://x.example/%41>",
    "<http://x.example:80/a>",
    "<http://x.example/a#b#c>",
    "<http://x.example/a b>",
    "<http://een.heel.lange.naam.van.een.machine.example/a>",
    "<http://x.example>",
    "<urn:x-test:>",
    "<urn:X:a>",
    "<urn:x-test#a>",
    "<a>",
    "<>",
    "<http://x.example/\\u0041>",
    "<http://x.example/<>",
    "<mailto:a@x.example>",
]
TEXTS = [
    "",
    "a",
    " ",
    "a b",
    "<http://x.example/a> .",
    'a\\"b',
    "\\\\",
    "\\u00e9",
    "é",
    "\r",
    "\\q",
    "#",
    "##",
    "\x00",
    "a@nl",
]
ENDINGS = ["", "@nl", "@nl-BE", "@NL", "@", "^^<http://www.w3.org/2001/XMLSchema#integer>", "^^<a>", "^<urn:x:y>", " "]
iris = st.one_of(st.sampled_from(PLAIN_IRIS), st.sampled_from(PLAIN_IRIS + ODD_IRIS))
blanks = st.sampled_from(["_:a", "_:b1", "_:a.b", "_:é"])
literals = st.tuples(st.sampled_from(TEXTS), st.sampled_from(ENDINGS)).map(lambda parts: f'"{parts[0]}"{parts[1]}')
usual = st.tuples(iris, iris, st.one_of(iris, literals), st.sampled_from(PLAIN_IRIS)).map(
    lambda terms: f"{' '.join(terms)} ."
)
odd = st.tuples(
    st.one_of(iris, blanks, literals),
    st.one_of(iris, blanks),
    st.one_of(iris, blanks, literals),
    st.sampled_from([" ", "  ", "\t", ""]),
    st.one_of(st.just(""), iris.map(lambda iri: f"{iri} "), st.just("_:g ")),
    st.sampled_from([".", "", ". ", ".\r", ". # a remark", ".."]),
).map(lambda parts: f"{parts[0]} {parts[1]}{parts[3]}{parts[2]} {parts[4]}{parts[5]}")
strange = st.sampled_from(["", "# a remark", " ", "<", '"', ".", " .", "<> <> <> .", '<a> <b> "', "\udcff"])
lines = st.one_of(usual, usual, usual, odd, strange)


def content_of(parts: list[str], newline: str) -> bytes:
    return ("\n".join(parts) + newline).encode(errors="surrogateescape")


def one_after_another(content: bytes) -> list[tuple[bytes, bytes, Form, bytes]] | None:
    """The triples, their subjects, forms and values, by a regular expression; None for another way of writing."""
    found = []
    for line in content.removesuffix(b"\n").split(b"\n"):
        match = LINE.fullmatch(line)
        if match is None:
            return None
        triple, subject, predicate, thing, text, language, datatype = match.groups(b"")
        found.append((triple, subject, Form(predicate, thing[:1], language, datatype), thing or text))
    return found


def as_laid_out(laid: Layout, forms: list[Form]) -> list[tuple[bytes, bytes, Form, bytes]]:
    content, which = laid.stretches.content, np.arange(len(laid.starts))
    rows = zip(laid.starts, laid.triple_ends, laid.subject_ends, laid.forms, laid.texts(which), strict=True)
    return [(content[start:end], content[start:until], forms[form], text) for start, end, until, form, text in rows]


def read(content: bytes, reader: Reader) -> list[tuple[bytes, bytes, Form, bytes]] | int | None:
    """What is laid out, or the line with an error."""
    try:
        laid = reader.layout(content)
    except SyntaxError as error:
        return error.lineno or 0
    return None if laid is None else as_laid_out(laid, reader.forms)


def expected(content: bytes) -> list[tuple[bytes, bytes, Form, bytes]] | int | None:
    try:
        check(content)
        content.decode()
    except SyntaxError as error:
        return error.lineno or 0
    return one_after_another(content)


@settings(max_examples=400)
@given(st.lists(lines, min_size=1, max_size=8), st.sampled_from(["\n", ""]))
def test_lines_are_laid_out_as_they_are_read_one_by_one(parts: list[str], newline: str) -> None:
    content = content_of(parts, newline)
    assert read(content, Reader()) == expected(content)


@settings(max_examples=100)
@given(st.lists(st.lists(usual, min_size=1, max_size=5), min_size=2, max_size=4))
def test_what_a_reader_knows_of_pieces_before_makes_no_difference(pieces: list[list[str]]) -> None:
    reader = Reader()
    for parts in pieces:
        content = content_of(parts, "\n")
        assert read(content, reader) == expected(content)


@given(st.lists(st.binary(max_size=40) | st.binary(min_size=500, max_size=600), min_size=1, max_size=20))
def test_texts_have_one_number_where_they_are_the_same(texts: list[bytes]) -> None:
    numbers = digests_of(texts)
    apart = [int(digests_of((text,))[0]) for text in texts]
    assert numbers.tolist() == apart
    assert len(set(apart)) == len(set(texts))


def test_a_text_has_one_number_wherever_it_stands() -> None:
    content = b"".join(b"%d<urn:x-test:thing>" % number for number in range(200))
    starts = np.array([place for place in range(len(content)) if content[place : place + 1] == b"<"])
    assert len(set(Stretches(content).digests(starts, starts + len(b"<urn:x-test:thing>")).tolist())) == 1


def test_numbers_are_the_same_in_a_process_of_ours_and_others_in_another_program() -> None:
    code = (
        "from vakgraaf.validation.compiled.digests import digests_of\n"
        "from vakgraaf.validation.forking import each\n"
        "def job(step): return int(digests_of((b'a', b'b'))[0])\n"
        "print(*{job(None), *each([job, job], 2, lambda: None)})\n"
    )
    said = {
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
        for _ in range(2)
    }
    assert len(said) == 2
    assert all(len(numbers.split()) == 1 for numbers in said)


def test_what_is_new_is_asked_once() -> None:
    asked: list[list[int]] = []

    def make(new: list[int]) -> list[int]:
        asked.append(new)
        return [10 * at for at in new]

    known: dict[int, int] = {}
    numbers = np.array([7, 5, 7, 9], np.uint64)
    assert looked_up(known, numbers, make).tolist() == [0, 10, 0, 30]
    assert looked_up(known, numbers[:2], make).tolist() == [0, 10]
    assert sorted(asked[0]) == [0, 1, 3]
    assert len(asked) == 1


@pytest.mark.parametrize("iri", [*PLAIN_IRIS, "<http://x.example/a:b?c>", "<http://x-y.example/>"])
def test_iri_that_is_not_looked_at_by_itself_is_one(iri: str) -> None:
    check(f"{iri} <urn:x-test:p> {iri} {iri} .\n".encode())
