"""What a census makes of statements, in blocks and by several, is what a plain count of them comes to."""

from __future__ import annotations

from collections import Counter, defaultdict

from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import RDF, Graph, URIRef

from vakgraaf.validation.compiled.census import Census
from vakgraaf.validation.compiled.inventory import Inventory
from vakgraaf.validation.compiled.kinds import Feature
from vakgraaf.validation.compiled.lines import LINE, Form
from vakgraaf.validation.compiled.needs import Need, Want
from vakgraaf.validation.compiled.trying import Trials, trials_of
from vakgraaf.validation.compiled.whereabouts import Whereabouts

SHAPES = """
PREFIX sh: <http://www.w3.org/ns/shacl#>
PREFIX x: <http://x.example/>
x:One a sh:NodeShape ; sh:targetClass x:A ;
  sh:property [ sh:path x:p ; sh:class x:A ], [ sh:path x:q ; sh:pattern "^a" ; sh:class x:B ],
    [ sh:path [ sh:inversePath x:r ] ; sh:minCount 1 ], [ sh:path x:n ; sh:minInclusive 1 ; sh:in ( 1 2 x:t1 ) ] .
"""
TRIALS = trials_of(Graph().parse(data=SHAPES, format="turtle"))
TYPE = f"<{RDF.type}>"
things = st.sampled_from([*(f"<http://x.example/t{number}>" for number in range(5)), "<urn:x-test:t>", "_:b"])
properties = st.sampled_from([f"<http://x.example/{name}>" for name in "pqrns"])
integer = "^^<http://www.w3.org/2001/XMLSchema#integer>"
literals = st.sampled_from(['"a"', '"b"@nl', '"a"@nl', f'"1"{integer}', f'"0"{integer}', f'"x"{integer}', '"a\\tb"'])
links = st.tuples(things, properties, st.one_of(things, literals))
classes = st.tuples(things, st.just(TYPE), st.sampled_from(["<http://x.example/A>", "<http://x.example/B>"]))
graphs = st.sampled_from(["", "<http://x.example/g> ", "<urn:x-test:g> "])
lines = st.tuples(st.one_of(links, classes), graphs).map(lambda row: f"{' '.join(row[0])} {row[1]}.\n".encode())
blocks = st.lists(st.lists(lines, min_size=1, max_size=12), min_size=1, max_size=4)


def taken(parts: list[list[bytes]]) -> Census:
    """Every second block by another census."""
    census, other = Census(TRIALS), Census(TRIALS)
    for number, part in enumerate(parts, start=1):
        (census, other)[number % 2].take_in(b"".join(part), number)
    census.join(other.told())
    assert not census.given_up
    return census


class Plain:
    """One statement after another."""

    def __init__(self, parts: list[list[bytes]], trials: Trials) -> None:
        self.rows = [self._row(line) for part in parts for line in part]
        self.classes: dict[bytes, set[str]] = defaultdict(set)
        self.having: dict[bytes, Counter[Feature]] = {subject: Counter() for subject, *_ in self.rows}
        for subject, form, value, _ in self.rows:
            if form.predicate.decode() == str(RDF.type):
                self.classes[subject].add(value[1:-1].decode())
        for subject, form, value, _ in self.rows:
            kind = trials.value(form, next(iter(trials.ends(form, [value]))))
            predicate = URIRef(form.predicate.decode())
            if form.first and predicate in trials.classed:
                kind = kind._replace(classes=frozenset(self.classes[value]))
            self.having[subject][Feature(predicate, kind)] += 1
            if form.first and predicate in trials.followed_back and value in self.having:
                self.having[value][Feature(predicate, None)] += 1

    @staticmethod
    def _row(line: bytes) -> tuple[bytes, Form, bytes, bytes]:
        found = LINE.fullmatch(line.rstrip(b"\n"))
        assert found is not None
        triple, subject, predicate, thing, text, language, datatype = found.groups(b"")
        return subject, Form(predicate, thing[:1], language, datatype), thing or text, triple

    def needed(self, need: Need) -> list[bytes]:
        return sorted(
            triple
            for subject, form, value, triple in self.rows
            if form.predicate.decode() == need.predicate
            and need.kind in (None, value[1:-1].decode())
            and all(self._has(subject, want) for want in need.wants)
        )

    def _has(self, subject: bytes, want: Want) -> bool:
        if want.kind is not None:
            return want.kind in self.classes[subject]
        return any(str(one.predicate) == want.predicate and one.value is not None for one in self.having[subject])


@settings(max_examples=200)
@given(blocks)
def test_kinds_and_how_many_things_are_of_them_are_those_of_a_plain_count(parts: list[list[bytes]]) -> None:
    inventory, plain = Inventory(taken(parts)), Plain(parts, TRIALS)
    counted = Counter({(kind.blank, frozenset(kind.features)): number for kind, number in inventory.sizes()})
    assert counted == Counter(
        (subject.startswith(b"_"), frozenset((feature, number > 1) for feature, number in having.items()))
        for subject, having in plain.having.items()
    )


@settings(max_examples=100)
@given(blocks)
def test_lines_about_a_thing_and_those_that_end_in_it_are_found(parts: list[list[bytes]]) -> None:
    whereabouts, plain = Whereabouts(taken(parts).pieces), Plain(parts, TRIALS)
    content = [b"", *(b"".join(part) for part in parts)]

    def triples(spans: list[tuple[int, int, int]]) -> list[bytes]:
        said = b"".join(content[block][start:end] for block, start, end in spans)
        return sorted(Plain._row(line)[3] for line in said.splitlines())

    for thing in (*plain.having, b"<http://x.example/nothing>"):
        assert triples(list(whereabouts.where((thing,)))) == sorted(row[3] for row in plain.rows if row[0] == thing)
        pointing = (row for row in plain.rows if row[2] == thing and row[1].first)
        assert triples(list(whereabouts.pointing(thing))) == sorted(row[3] for row in pointing)


wants = st.one_of(
    st.sampled_from(list("pqrns")).map(lambda name: Want(f"http://x.example/{name}")),
    st.sampled_from("AB").map(lambda name: Want(str(RDF.type), f"http://x.example/{name}")),
)


@settings(max_examples=200)
@given(blocks, wants, st.frozensets(wants, max_size=2))
def test_needed_statements_are_picked(parts: list[list[bytes]], said: Want, wanted: frozenset[Want]) -> None:
    inventory, plain, need = Inventory(taken(parts)), Plain(parts, TRIALS), Need(*said, wanted)
    choice = inventory.choice((need,))
    content = [b"", *(b"".join(part) for part in parts)]
    picked = [
        content[block][start:end]
        for block, starts, ends in inventory.picked(choice)
        for start, end in zip(starts, ends, strict=True)
    ]
    assert sorted(picked) == plain.needed(need)
    assert inventory.size(choice) == len(picked)


def test_things_of_some_kinds_are_told_once_with_lines_of_theirs() -> None:
    line = b'<http://x.example/t1> <http://x.example/s> "a" .\n'
    parts = [[line, b"<http://x.example/t2> <http://x.example/s> _:b .\n"], [line]]
    inventory = Inventory(taken(parts))
    told = {(kind.blank, len(kind.features), next(iter(inventory.things([kind])))[1]) for kind in inventory.kinds}
    assert told == {(False, 1, (1, 0, len(line))), (False, 1, (1, len(line), len(line) + len(parts[0][1])))}


def test_census_is_given_up_at_a_line_in_another_way_of_writing() -> None:
    census = Census(TRIALS)
    census.take_in(b"<urn:x-test:s> <urn:x-test:p> <urn:x-test:o> .\n# a remark\n", 1)
    assert census.given_up


def test_literal_that_begins_with_an_opening_is_noticed_however_it_is_written() -> None:
    for text in ("«a", "\\u00ABa", "\\U000000ABa"):
        census = Census(TRIALS, ["«"])
        census.take_in(f'<urn:x-test:s> <urn:x-test:p> "{text}"@nl .\n'.encode(), 1)
        assert census.opened == {"«"}
    census = Census(TRIALS, ["«"])
    census.take_in('<urn:x-test:s> <urn:x-test:p> "a«" .\n'.encode(), 1)
    assert not census.opened
