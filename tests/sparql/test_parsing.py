"""The tree covers the text, whatever the query."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from thoroughness import examples
from vakgraaf.sparql.lexing import NotUnderstood, tokens
from vakgraaf.sparql.parsing import parse
from vakgraaf.sparql.scope import certain, possible
from vakgraaf.sparql.tree import Group, Node, Query, Service, SubSelect, Tokens, Update, groups, inside_select

from .questions import PROLOGUE, queries, stores
from .questions import groups as some_groups

_BESIDE = Path(__file__).parents[2].parent / "shared" / "suites" / "rdf-tests"
SUITE = Path(os.environ.get("VAKGRAAF_W3C_SUITE") or _BESIDE)


def nodes_of(value: object) -> Iterator[Node]:
    """Every node in a tree."""
    if isinstance(value, Tokens):
        return
    if isinstance(value, Node):
        yield value
    if is_dataclass(value):
        for part in fields(value):
            yield from nodes_of(getattr(value, part.name))
    elif isinstance(value, (list, tuple)):
        for part in value:
            yield from nodes_of(part)


@settings(max_examples=examples(40))
@given(queries(1))
def test_every_token_of_a_group_belongs_to_an_element(text: str) -> None:
    tree = parse(text)
    assert isinstance(tree.request, Query)
    for root in inside_select(tree.request.body):
        for group in groups(root):
            at = group.first
            for element in group.elements:
                between = tree.tokens.kinds[at : element.first]
                assert set(between) <= {"{", "."}, between
                assert at <= element.first < element.last <= group.last
                at = element.last
            assert set(tree.tokens.kinds[at : group.last]) <= {"{", ".", "}"}


@settings(max_examples=examples(40))
@given(queries(1))
def test_nodes_lie_inside_the_text_and_give_it_back(text: str) -> None:
    tree = parse(text)
    for node in nodes_of(tree.request):
        assert 0 <= node.first <= node.last <= len(tree.tokens.kinds)
        assert tree.text(node) in text


@given(
    st.text(max_size=80)
    | st.lists(st.sampled_from([*"{}()<>?\"'.;,#@^|!=&", "a", "?x", " ", "<<", "EXISTS"])).map("".join)
)
def test_any_text_is_a_tree_or_is_not_understood(text: str) -> None:
    for query in (text, "SELECT * WHERE { " + text + " }"):
        try:
            tree = parse(query)
        except NotUnderstood:
            continue
        assert tree.tokens.text == query


@settings(max_examples=examples(50))
@given(stores(), some_groups(2))
def test_scope_agrees_with_the_engine(store: ox.Store, group: str) -> None:
    tree = parse(PROLOGUE + "ASK " + group)
    assert isinstance(tree.request, Query)
    where = tree.request.body.where
    assert where is not None
    try:
        solutions = store.query(PROLOGUE + "SELECT * WHERE " + group)
    except SyntaxError:
        return
    assert isinstance(solutions, ox.QuerySolutions)
    assert {v.value for v in solutions.variables} == possible(where.elements)
    for solution in solutions:
        for name in certain(where.elements):
            assert solution[name] is not None


@pytest.mark.skipif(not SUITE.is_dir(), reason=f"the W3C's suites are not at {SUITE}")
def test_w3c_queries_and_updates_are_understood() -> None:
    unknown = {}
    for path in sorted(SUITE.joinpath("sparql").rglob("*.r[qu]")):
        try:
            parse(path.read_text("utf-8", "replace"))
        except NotUnderstood as reason:
            if "-bad-" not in path.name and _accepted(path):
                unknown[path.name] = str(reason)
    assert not unknown


def _accepted(path: Path) -> bool:
    """Whether the engine takes it."""
    text = path.read_text("utf-8", "replace")
    try:
        if path.suffix == ".ru":
            ox.Store().update(text, base_iri="http://example.org/")
        else:
            ox.Store().query(text, base_iri="http://example.org/")
    except (SyntaxError, ValueError):
        return False
    except (OSError, RuntimeError):  # a LOAD that finds nothing
        return True
    return True


def test_services_are_found_wherever_they_stand() -> None:
    text = """SELECT (EXISTS { SERVICE <a:1> {} } AS ?x) {
        SERVICE SILENT ?y { ?s ?p ?o }
        { SELECT * { OPTIONAL { GRAPH ?g { SERVICE <a:2> {} } } } }
        FILTER(1 = 1 && NOT EXISTS { { ?a ?b ?c } UNION { SERVICE <a:3> {} } })
    } ORDER BY (EXISTS { SERVICE <a:4> {} })"""
    tree = parse(text)
    assert isinstance(tree.request, Query)
    found = {
        element.name.text
        for root in inside_select(tree.request.body)
        for group in groups(root)
        for element in group.elements
        if isinstance(element, Service)
    }
    assert found == {"<a:1>", "y", "<a:2>", "<a:3>", "<a:4>"}


def test_an_update_is_a_row_of_operations() -> None:
    text = """PREFIX : <u:> LOAD SILENT <a:x> INTO GRAPH :g ; CLEAR ALL ; COPY DEFAULT TO :h ;
        INSERT DATA { :a :b 1 GRAPH :g { :c :d "x" } } ; PREFIX z: <z:>
        WITH :w DELETE { ?a ?b ?c } INSERT { GRAPH ?g { ?a z:b ?c } } USING NAMED :n WHERE { GRAPH ?g { ?a ?b ?c } } ;
        DELETE WHERE { ?a ?b ?c } ;"""
    update = parse(text).request
    assert isinstance(update, Update)
    assert [o.verb for o in update.operations] == [
        "LOAD", "CLEAR", "COPY", "INSERT DATA", "MODIFY", "DELETE WHERE",
    ]  # fmt: skip
    load, clear, copy, data, modify, _ = update.operations
    assert (load.silent, load.source and load.source.text, [str(g) for g in clear.graphs]) == (True, "<a:x>", ["ALL"])
    assert [g if isinstance(g, str) else g.text for g in copy.graphs] == ["DEFAULT", ":h"]
    assert isinstance(data.insert, Group)
    assert modify.with_graph is not None
    assert modify.using[0].named
    assert modify.delete is not None
    assert modify.insert is not None
    assert modify.where is not None
    assert set(update.prologue.prefixes) == {"", "z"}


@pytest.mark.parametrize("text", ["?a<?b&&?c>?d", "?a <?b> ?c"])
def test_two_comparisons_are_not_taken_for_an_iri(text: str) -> None:
    with pytest.raises(NotUnderstood):
        parse(f"SELECT * WHERE {{ ?a ?p ?b FILTER({text}) }}")


def test_names_leave_the_dot_after_them() -> None:
    assert tokens("?s a ex:C. ex:a\\. ex:b.c.").kinds == ["var", "A", "name", ".", "name", "name", ".", "end"]


@pytest.mark.parametrize("text", ["a." * 50_000, "(" * 90_000, '"' * 90_001, "a:b" + "." * 90_000, "<a" * 50_000])
def test_long_texts_take_no_longer_than_their_length(text: str) -> None:
    with pytest.raises(NotUnderstood):
        parse("SELECT * WHERE { " + text)


def test_subselects_keep_their_braces() -> None:
    tree = parse("SELECT * { OPTIONAL { SELECT ?a { ?a ?b ?c } LIMIT 1 } }")
    assert isinstance(tree.request, Query)
    texts = [tree.text(node) for node in nodes_of(tree.request) if isinstance(node, SubSelect)]
    assert texts == ["{ SELECT ?a { ?a ?b ?c } LIMIT 1 }"]
