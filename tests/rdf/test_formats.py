"""The table of formats says what clients mean."""

from __future__ import annotations

import pytest

from vakgraaf.rdf.formats import (
    FORMATS,
    GRAPH_FORMATS,
    JSON_LD,
    N_TRIPLES,
    RDF_XML,
    RESULT_FORMATS,
    RESULTS_CSV,
    RESULTS_JSON,
    RESULTS_TSV,
    RESULTS_XML,
    TURTLE,
    Format,
    by_extension,
    named,
)


def test_every_media_type_and_extension_belongs_to_one_format() -> None:
    for among in (GRAPH_FORMATS, RESULT_FORMATS):
        types = [t for f in among for t in (f.media_type, *f.media_aliases)]
        assert len(types) == len(set(types))
        names = [n for f in among for n in f.names]
        assert len(names) == len(set(names))
    assert len({f.extension for f in FORMATS}) == len(FORMATS)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("json", RESULTS_JSON),
        ("xml", RESULTS_XML),
        ("csv", RESULTS_CSV),
        ("tsv", RESULTS_TSV),
        ("text/tab-separated-values", RESULTS_TSV),
        ("JSON", RESULTS_JSON),
        ("turtle", None),
    ],
)
def test_result_formats_go_by_the_names_that_sparqlwrapper_sends(name: str, expected: Format | None) -> None:
    assert named(name, RESULT_FORMATS) is expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("turtle", TURTLE),
        ("n3", TURTLE),
        ("rdf", RDF_XML),
        ("rdf+xml", RDF_XML),
        ("rdf xml", RDF_XML),  # a plus sign that was not percent-encoded
        ("xml", RDF_XML),
        ("json-ld", JSON_LD),
        ("application/ld+json", JSON_LD),
        ("json", JSON_LD),
        ("csv", None),
    ],
)
def test_graph_formats_go_by_the_names_that_sparqlwrapper_sends(name: str, expected: Format | None) -> None:
    assert named(name, GRAPH_FORMATS) is expected


def test_extension_is_read_from_the_end_of_a_name_with_dots() -> None:
    assert by_extension("thuisbegeleider-2011-1.1.nt") is N_TRIPLES
    assert by_extension("thuisbegeleider-2011-1.1") is None
    assert by_extension("nt") is None


def test_text_formats_say_that_they_are_utf8() -> None:
    assert TURTLE.content_type == "text/turtle; charset=utf-8"
    assert RESULTS_JSON.content_type == "application/sparql-results+json"
