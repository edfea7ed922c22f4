"""A registry that is judged in parts, by several processes, gets the report that it gets as one."""

from __future__ import annotations

import random
import subprocess
import sys
import warnings
from pathlib import Path

import pytest
from rdflib import RDF

from bench.registry import statements
from vakgraaf.validation import forking, plan, registry
from vakgraaf.validation.compiled.footprint import footprint, looks_no_further, names_all_in, only_has_instances
from vakgraaf.validation.registry import validate_registry
from vakgraaf.validation.report import Report

_TYPE = str(RDF.type)
_FORKING = """
import sys
from vakgraaf.validation.registry import validate_registry
print(validate_registry([open(sys.argv[1], "rb").read()], processes=3).results)
"""


def spoilt(seed: int) -> bytes:
    """A registry in which statements are missing, stand elsewhere, twice, with other values and odd properties."""
    chance, lines = random.Random(seed), list(statements(1500, seed=seed))
    untyped, found = [line for line in lines if _TYPE not in line], []
    for line in lines:
        subject, predicate, rest = line.split(" ", 2)
        other = chance.choice(untyped).split(" ", 2)
        made_up = (
            line if _TYPE in predicate else f"{subject} {predicate} {other[2]}",
            f"{subject} {other[1]} {rest}",
            f"{subject} <https://w3id.org/vakgraaf/def#heeftVerzonnen> {other[0]} .\n",
            f"{subject} <{RDF.type}> <https://w3id.org/vakgraaf/def#Verzonnen> .\n",
            f"_:b{chance.randrange(9)} {predicate} {rest}",
            f"{subject} <https://w3id.org/vakgraaf/def#heeftVereiste> _:b{chance.randrange(9)} .\n",
            f"{line}{subject} {predicate} {rest.rpartition(' <')[0]} <urn:x-test:other> .\n",
            "",
        )
        found.append(chance.choice(made_up) if chance.random() < 0.02 else line)
    chance.shuffle(found)
    return "".join(found).encode()


def judged(content: bytes, processes: int | None = None) -> Report:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # rdflib warns of values that do not fit their datatype
        return validate_registry([content], processes=processes)


@pytest.mark.parametrize("seed", [2, *(pytest.param(seed, marks=pytest.mark.slow) for seed in range(3, 30))])
def test_parts_say_what_the_whole_says(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    content = spoilt(seed)
    whole = judged(content)
    assert whole.results
    monkeypatch.setattr(plan, "MOST_STATEMENTS", 2000)
    monkeypatch.delattr(registry, "_as_one")
    parts = judged(content, 2)
    assert parts.results == whole.results
    assert parts.parts == whole.parts


def test_processes_of_their_own_say_the_same(tmp_path: Path) -> None:
    path = tmp_path / "registry.nq"
    path.write_bytes(spoilt(4))
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", _FORKING, str(path)], capture_output=True, text=True, check=True
    )
    assert done.stdout == f"{judged(path.read_bytes()).results}\n"


def test_progress_comes_to_its_end() -> None:
    steps: list[tuple[int, int]] = []
    validate_registry([spoilt(1)], progress=lambda done, of: steps.append((done, of)), processes=1)
    assert [done for done, _ in steps] == list(range(1, steps[-1][1] + 1))


def test_progress_goes_on_where_the_judgement_begins_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vakgraaf.validation.blocks._BLOCK_BYTES", 100_000)
    steps: list[tuple[int, int]] = []
    validate_registry([spoilt(1) + b"# unusual\n"], progress=lambda done, of: steps.append((done, of)), processes=1)
    assert [done for done, _ in steps] == list(range(1, steps[-1][1] + 1))


@pytest.mark.parametrize(
    "line",
    [
        "<urn:x-test:s> geen .",
        "<urn:x-test:s s> <urn:x-test:p> <urn:x-test:o> .",
        "<http://[x> <urn:x-test:p> <urn:x-test:o> .",
        "<s> <urn:x-test:p> <urn:x-test:o> .",
        '<urn:x-test:s> <urn:x-test:p> "\\x" .',
        '<urn:x-test:s> <urn:x-test:p> "x"@toolonglanguage .',
        '<urn:x-test:s> <urn:x-test:p> "\udcff" .',
    ],
)
def test_what_is_no_rdf_is_refused_with_its_line(line: str) -> None:
    good = b'<urn:x-test:s> <urn:x-test:p> "waarde" <urn:x-test:g> .\n'
    content = good * 3 + line.encode(errors="surrogateescape") + b"\n" + good
    with pytest.raises(SyntaxError) as whole:
        validate_registry([content])
    with pytest.raises(SyntaxError) as parts:
        validate_registry([content], processes=1)
    assert parts.value.lineno == whole.value.lineno == 4


def test_error_and_end_of_a_process_are_told() -> None:
    code = (
        "import os\nfrom vakgraaf.validation.forking import each\n"
        "def wrong(step): raise SyntaxError('fout', (None, 7, 3, None))\n"
        "def gone(step): os._exit(3)\n"
        "def right(step): step(); return 5\n"
        "print(sorted(each([right, right, right], 2, lambda: print('step'))))\n"
        "for bad, kind in ((wrong, SyntaxError), (gone, RuntimeError)):\n"
        "    try: list(each([right, bad], 2, lambda: None))\n"
        "    except kind as error: print(getattr(error, 'lineno', 'fell'))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split("\n") == ["step", "step", "step", "[5, 5, 5]", "7", "fell", ""]


def test_jobs_are_done_here_where_there_are_threads(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(forking, "alone", lambda: False)
    known: list[int] = []
    assert list(forking.each([lambda _: known.append(1), lambda _: known.append(2)], 2, lambda: None)) == [None, None]
    assert known == [1, 2]


def test_footprint_of_a_question_is_what_it_names() -> None:
    text = "PREFIX x: <urn:x#> SELECT ?this WHERE { ?this a x:A . ?this x:p/<urn:x#q> ?o }"
    found = footprint(text)
    assert {"urn:x#A", "urn:x#p", "urn:x#q", "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"} <= found.named
    assert not found.any_class
    assert footprint("SELECT ?this { ?this a ?kind }").any_class
    assert footprint(
        "PREFIX x: <urn:x#> SELECT ?o { ?o a ?k FILTER NOT EXISTS { ?o a ?k FILTER (?k IN (x:A)) } }"
    ).any_class
    assert not footprint("PREFIX x: <urn:x#> SELECT ?o { ?o a ?k FILTER (?k IN (x:A, x:B)) }").any_class


@pytest.mark.parametrize(
    ("pattern", "names_all"),
    [
        ("?this <urn:p> ?o", True),
        ("?this ?p ?o", False),
        ("?this ?p ?o FILTER (?p IN (<urn:p>, <urn:q>))", True),
        ("?this ?p ?o FILTER (?p IN (<urn:p>) || ?o = 1)", False),
        ("?this !<urn:p> ?o", False),
        ("?this ^<urn:p>/<urn:q>* ?o", True),
    ],
)
def test_question_names_all_that_it_follows(pattern: str, names_all: bool) -> None:
    assert names_all_in(f"SELECT ?this WHERE {{ {pattern} }}") is names_all


def test_question_looks_no_further_than_its_thing_and_the_class_of_values() -> None:
    assert looks_no_further("SELECT ?this { ?this <urn:p> ?o FILTER NOT EXISTS { ?o a <urn:A> } }")
    assert not looks_no_further("SELECT ?this { ?this <urn:p> ?o . ?o <urn:q> ?x }")
    assert not looks_no_further("SELECT ?this { ?o <urn:p> ?this }")


def test_question_asks_for_nothing_but_instances() -> None:
    assert only_has_instances("SELECT ?this ?value { ?value a ?this FILTER NOT EXISTS { ?this a <urn:A> } }")
    assert not only_has_instances("SELECT ?this ?value { ?value a ?this . ?value <urn:p> ?this }")
    assert not only_has_instances("SELECT ?this (COUNT(?value) AS ?n) { ?value a ?this } GROUP BY ?this")
