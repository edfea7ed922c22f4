"""Most rules about very much data are settled without asking, by the kinds of things there are; and never wrongly."""

from __future__ import annotations

import random
import warnings
from pathlib import Path

import pytest
from rdflib import RDF, Graph

from bench.registry import statements
from vakgraaf.errors import SyntaxProblem
from vakgraaf.pipeline.judging_much import judge_much
from vakgraaf.validation.compiled.certainty import Certainty
from vakgraaf.validation.registry import validate_registry
from vakgraaf.validation.report import Report


@pytest.fixture(scope="module")
def registry() -> list[str]:
    return list(statements(3000, seed=5))


def spoilt(lines: list[str], seed: int) -> bytes:
    """With statements left out, said twice in two graphs, and with a value of another statement."""
    chance, result = random.Random(seed), []
    for line in lines:
        subject, predicate, rest = line.split(" ", 2)
        match chance.randrange(60):
            case 0:
                continue
            case 1:
                result.append(line)
                result.append(f"{subject} {predicate} {rest.rpartition(' <')[0]} <urn:x-test:other> .\n")
            case 2:
                result.append(f"{subject} {predicate} {chance.choice(lines).split(' ', 2)[2]}")
            case 3:
                result.append(line)
                result.append(f"{subject} {chance.choice(lines).split(' ', 2)[1]} {rest}")
            case _:
                result.append(line)
    return "".join(result).encode()


def judged(content: bytes, monkeypatch: pytest.MonkeyPatch, *, settling: bool) -> Report:
    with warnings.catch_warnings(), monkeypatch.context() as patched:
        warnings.simplefilter("ignore")  # rdflib warns of values that no longer fit their datatype
        if not settling:
            patched.setattr(Certainty, "unsettled", lambda *_: lambda rule: None)
        return validate_registry([content])


@pytest.mark.parametrize("seed", [1, *(pytest.param(seed, marks=pytest.mark.slow) for seed in range(2, 40))])
def test_what_is_settled_is_found_by_no_question(
    seed: int, registry: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    content = spoilt(registry, seed)
    asked = judged(content, monkeypatch, settling=False)
    assert asked.results
    assert judged(content, monkeypatch, settling=True).results == asked.results


def test_most_rules_are_settled(registry: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    answers: list[bool] = []
    unsettled = Certainty.unsettled

    def noted(certainty: Certainty, root: object) -> object:
        one = unsettled(certainty, root)  # type: ignore[arg-type]  # passed on as it came

        def of(rule: object) -> object:
            kinds = one(rule)  # type: ignore[arg-type]
            answers.append(kinds == ())
            return kinds

        return of

    monkeypatch.setattr(Certainty, "unsettled", noted)
    validate_registry(["".join(registry).encode()])
    assert answers.count(True) > 0.7 * len(answers)


@pytest.mark.parametrize(
    "written", ["# a remark\n{}", "{}\n", "<urn:x-test:\\u00e9> <urn:x-test:p> <urn:x-test:o> .\n{}"]
)
def test_data_in_another_way_of_writing_is_judged_the_same(written: str, registry: list[str]) -> None:
    text = "".join(registry)
    assert validate_registry([written.format(text).encode()]).results == validate_registry([text.encode()]).results


@pytest.mark.parametrize("other", ["", "# a remark\n", f'<urn:x-test:s> <{RDF.type}> "a" .\n'])
def test_language_that_the_store_does_not_keep_is_noticed_in_any_way_of_writing(
    other: str, caplog: pytest.LogCaptureFixture
) -> None:
    label = '<urn:x-test:b> <http://www.w3.org/2004/02/skos/core#prefLabel> "a"@nl-BE .\n'
    with caplog.at_level("DEBUG"):
        validate_registry([f"{other}{label}".encode()])
    assert "ConceptShape goes to pySHACL: literals that the store does not keep" in caplog.text


def test_error_is_told_with_its_line_in_the_file(tmp_path: Path) -> None:
    path = tmp_path / "fout.nq"
    path.write_text(
        '<urn:x-test:s> <urn:x-test:p> "waarde" <urn:x-test:g> .\n' * 3 + "<urn:x-test:s> geen .\n", "utf-8"
    )
    with pytest.raises(SyntaxProblem, match=r"fout\.nq, regel 4") as raised:
        judge_much([str(path)])
    assert "regel 4" in raised.value.nl


def test_nothing_conforms() -> None:
    assert validate_registry([], Graph()).conforms


@pytest.mark.parametrize(
    "wrong", ['<urn:x-test:s> <urn:x-test:p> "a\\xb" .', "<urn:x-test:s> <urn:x-test:p> <urn:x-test:a b> ."]
)
def test_error_in_a_line_of_the_usual_form_is_told_with_its_line_among_all(wrong: str) -> None:
    line = '<urn:x-test:s> <urn:x-test:p> "{}" <urn:x-test:g> .\n'
    before = "".join(line.format("waarde" * 1000 + str(number)) for number in range(12_000))  # more than one load
    blank = "_:a <urn:x-test:p> _:b .\n"
    with pytest.raises(SyntaxError) as raised:
        validate_registry([f"{blank}{before}{blank}{wrong}\n{before[:100_000]}".encode()])
    assert raised.value.lineno == 12_003


WRONG_GRAPHS = ["<http://x.example/%zz>", "<http://x.example:port/>", "<geen>", "<http://x.example/\\u12>"]


@pytest.mark.parametrize("graph", WRONG_GRAPHS)
def test_name_of_a_graph_that_is_no_iri_is_an_error_of_its_line_in_parts(graph: str) -> None:
    line = '<urn:x-test:s> <urn:x-test:p> "a" {} .\n'
    with pytest.raises(SyntaxError) as raised:
        validate_registry([(line.format("<urn:x-test:g>") * 4 + line.format(graph)).encode()], processes=1)
    assert raised.value.lineno == 5


@pytest.mark.parametrize("processes", [None, 1])
@pytest.mark.parametrize("line", ["_:a\t<urn:x-test:p> _:b\t<urn:x-test:g> .", "<urn:x-test:s> <urn:x-test:p> _:b\t."])
def test_blank_nodes_before_a_tab_are_read(line: str, processes: int | None) -> None:
    assert validate_registry([f"{line}\n".encode()], processes=processes).conforms


@pytest.mark.parametrize(
    "text", [b'"\xff"', b'"\xff"^^<urn:x-test:t>', b'"a"^^<urn:x-test:\xff>', b'"\\U00110000"^^<urn:x-test:t>']
)
def test_what_is_no_text_is_an_error_of_its_line(text: bytes) -> None:
    line = b"<urn:x-test:s> <urn:x-test:p> %b <urn:x-test:g> .\n"
    with pytest.raises(SyntaxError) as raised:
        validate_registry([line % b'"a"' * 2 + line % text])
    assert raised.value.lineno == 3
