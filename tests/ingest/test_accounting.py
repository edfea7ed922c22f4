"""Every line ends up somewhere, and no line is claimed by pretending."""

from __future__ import annotations

import re

import pytest
from rdflib import Graph, Literal, URIRef

from vakgraaf.ingest.accounting import totals
from vakgraaf.ingest.document import Understood

BOTH = ("bcp-thuisbegeleider-2011", "addendum-persoonlijk-begeleider-specifieke-doelgroepen-2013")
# What goes with a claimed line but is said by the structure of the graph: the kind of thing, its letter or number.
_KINDS = re.compile(
    r"^(?:\d+(?:\.\d+)*\.?\s+)?(?:Kerntaak \d+|[Cc]ompetentie [A-Y][. ]|Toelichting(?: bij werkproces \d\.\d:)?|"
    r"Resultaat:|Bijlage \d+|Zie:|\d+\.)\s*"
)


def bare(text: str) -> str:
    return re.sub(r"[\s\uf0b7•…\d.,:;-]", "", text).casefold()


@pytest.mark.parametrize("name", BOTH)
def test_no_line_is_unclaimed(documents: dict[str, Understood], name: str) -> None:
    document = documents[name]
    assert totals(document.accounts)["unclaimed"] == 0
    assert len(document.accounts) == sum(1 for line in document.text.lines if line.strip())


@pytest.mark.parametrize("name", BOTH)
def test_structure_and_furniture_are_few_and_hold_no_sentences(documents: dict[str, Understood], name: str) -> None:
    document = documents[name]
    mere = [a for a in document.accounts if a.fate in ("structure", "furniture")]
    assert len(mere) < 0.07 * len(document.accounts)
    for entry in mere:
        line = document.text.line(entry.line).strip()
        assert not re.search(r"[a-z]\.$", line), line
        assert len(line) < 90


@pytest.mark.parametrize("name", BOTH)
def test_what_claims_a_line_says_what_the_line_says(documents: dict[str, Understood], name: str) -> None:
    """The words of a claimed line stand in the texts of its claimants (passages apart), names of persons aside."""
    document = documents[name]
    graph = document.built.graph
    names = document.claims.names
    failures = []
    for entry in document.accounts:
        if entry.fate != "claimed" or entry.line in names or _is_layout(document, entry.line):
            continue
        said = "".join(bare(text) for iri in entry.claimed_by for text in _texts(graph, URIRef(iri)))
        line = _KINDS.sub("", document.text.line(entry.line).strip())
        words = [word for word in line.split() if re.search(r"[A-Za-z]", word)]
        found = sum(1 for word in words if bare(word) in said)
        if words and found < 0.8 * len(words):
            failures.append((entry.line, document.text.line(entry.line), entry.claimed_by))
    assert not failures


def _is_layout(document: Understood, line: int) -> bool:
    """A footnote's number in the text, and what only places the document: its publisher's line, its links."""
    text = document.text.line(line).strip()
    return re.fullmatch(r"\d{1,2}", text) is not None or text.startswith(("©", "http", "mailto:"))


def _texts(graph: Graph, iri: URIRef) -> list[str]:
    """What a thing says, and what is said of the things that it is linked with, either way; passages apart."""
    linked = {*graph.objects(iri), *graph.subjects(None, iri), iri}
    things = {thing for thing in linked if isinstance(thing, URIRef) and "/passage/" not in str(thing)}
    return [str(value) for thing in things for value in graph.objects(thing) if isinstance(value, Literal)]
