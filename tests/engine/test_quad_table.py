"""What is known of quads as numbers is what is in the store: nothing is lost, mixed up or made."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import numpy as np
import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from thoroughness import examples
from vakgraaf.engine import quad_table, term_texts
from vakgraaf.engine.pairs import Pairs, distinct, joined, together, without
from vakgraaf.engine.quad_table import QuadTable, number
from vakgraaf.engine.term_texts import TermTexts
from vakgraaf.errors import StoreProblem
from vakgraaf.rdf.names import BASE

_XSD = "http://www.w3.org/2001/XMLSchema#"
_iris = st.sampled_from(
    [ox.NamedNode(one) for one in ("http://a.example/", "http://A.example?x", "https://b.example:81#x", "urn:x:a:b")]
)
_blanks = st.sampled_from([ox.BlankNode("a"), ox.BlankNode("b1")])
_texts = st.text(max_size=8) | st.sampled_from(
    ["a <urn:g>", 'a "b" <c>', "x _:b", "a\nb .", "<< x", "a )>>", "\\", '"', '"^^<urn:x:y>', "x@nl"]
)
_literals = st.one_of(
    st.builds(ox.Literal, _texts),
    st.builds(lambda text, tag: ox.Literal(text, language=tag), _texts, st.sampled_from(["nl", "en-GB"])),
    st.builds(lambda text: ox.Literal(text, datatype=ox.NamedNode(_XSD + "date")), _texts),
    st.builds(lambda text: ox.Literal(text, language="ar", direction=ox.BaseDirection.RTL), _texts),
)
_triples = st.builds(ox.Triple, _iris | _blanks, _iris, _iris | _literals)
_quads = st.builds(
    ox.Quad, _iris | _blanks, _iris, _iris | _blanks | _literals | _triples, _iris | st.just(ox.DefaultGraph())
)


@contextmanager
def _table(quads: Iterable[ox.Quad]) -> Iterator[QuadTable]:
    store = ox.Store()
    store.extend(quads)
    with tempfile.TemporaryFile() as file:
        table = QuadTable(file)
        table.read(store)
        yield table


def _written(term: object) -> bytes:
    return (f"<<( {term} )>>" if isinstance(term, ox.Triple) else str(term)).encode()


def _kind(value: object) -> str:
    return value.datatype.value if isinstance(value, ox.Literal) else ""


@pytest.mark.parametrize("at_once", [1, 1_000_000])
@settings(max_examples=examples(150), deadline=None)
@given(quads=st.lists(_quads, max_size=12))
def test_every_quad_is_there_with_its_graph_and_what_its_object_is(quads: list[ox.Quad], at_once: int) -> None:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(quad_table, "_AT_ONCE", at_once)
        found: Counter[tuple[int, str, int, str, str]] = Counter()
        with _table(quads) as table:
            for name, rows in table:
                for subject, value, graph, kind in zip(*rows.pairs, rows.graph, rows.kind, strict=True):
                    is_literal = value & 3 == quad_table.Kind.LITERAL
                    found[subject, name, value, table.graphs[graph], table.kinds[kind] if is_literal else ""] += 1
    assert found == Counter(
        (
            number(str(quad.subject).encode()),
            quad.predicate.value,
            number(_written(quad.object)),
            "" if isinstance(quad.graph_name, ox.DefaultGraph) else quad.graph_name.value,
            _kind(quad.object),
        )
        for quad in set(quads)
    )


def test_hosts_of_others_are_known_and_ours_is_none() -> None:
    ours = ox.NamedNode(f"{BASE}id/x")
    links = ["http://a.example/x", "HTTP://a.example#y", "https://b.example:81?z", "urn:x:y", f"{BASE}id/k"]
    with _table(ox.Quad(ours, ours, ox.NamedNode(link)) for link in links) as table:
        found = Counter(table.kinds[kind] for kind in table.rows(ours.value).kind)
    assert found == {
        "http://a.example/": 2,
        "https://b.example:81/": 1,
        "": 2,
    }


_numbers = st.integers(0, 6)
_some = st.lists(st.tuples(_numbers, _numbers), max_size=20)


def _pairs(found: list[tuple[int, int]]) -> Pairs:
    return Pairs(*np.array(found, np.int64).reshape(-1, 2).T)


def _set(pairs: Pairs) -> set[tuple[int, int]]:
    found = list(zip(pairs.first.tolist(), pairs.second.tolist(), strict=True))
    assert found == sorted(set(found))
    return set(found)


@settings(max_examples=examples(200), deadline=None)
@given(one=_some, other=_some, at_once=st.sampled_from([1, 3, 1_000]))
def test_pairs_are_joined_united_and_subtracted_like_sets(
    one: list[tuple[int, int]], other: list[tuple[int, int]], at_once: int
) -> None:
    left, right = distinct(_pairs(one)), distinct(_pairs(other))
    assert _set(together([left, right])) == set(one) | set(other)
    assert _set(without(left, right)) == set(one) - set(other)
    assert _set(left.turned()) == {(b, a) for a, b in one}
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("vakgraaf.engine.pairs._AT_ONCE", at_once)
        assert _set(joined(left, right)) == {(a, c) for a, b in one for d, c in other if b == d}


@pytest.mark.parametrize("recent", [0, 100])
def test_two_texts_with_one_number_are_noticed(monkeypatch: pytest.MonkeyPatch, recent: int) -> None:
    monkeypatch.setattr(term_texts, "_RECENT", recent)
    with tempfile.TemporaryFile() as file, tempfile.TemporaryFile() as entries:
        texts = TermTexts([], b"", file, entries)
        for text in (b"<urn:x:a>", b"<urn:x:a>"):
            texts.note(4, text)
        assert list(texts.lines("urn:x:p", _pairs([(4, 4)]), "<urn:x:g>")) == [
            b"<urn:x:a> <urn:x:p> <urn:x:a> <urn:x:g> .\n"
        ]
        texts.note(4, b"<urn:x:b>")
        with pytest.raises(StoreProblem):
            list(texts.lines("urn:x:p", _pairs([(4, 4)]), "<urn:x:g>"))
