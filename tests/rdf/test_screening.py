"""What the parsers of RDF are not given: little that becomes much, and what is nested until they fall over."""

from __future__ import annotations

import io
import re
import time
import zlib
from contextlib import suppress

import pytest

from vakgraaf.errors import UnreadableInput
from vakgraaf.rdf.formats import JSON_LD, N_QUADS, N_TRIPLES, RDF_XML, TRIG, TURTLE, Format
from vakgraaf.rdf.screening import screen, screened

RDF = '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="http://e/">'
NAMESPACES = (
    '<?xml version="1.0"?>\n<!DOCTYPE rdf:RDF [\n  <!ENTITY owl "http://www.w3.org/2002/07/owl#" >\n'
    "  <!ENTITY rdf 'http://www.w3.org/1999/02/22-rdf-syntax-ns#'>\n  <!-- as editors write it -->\n]>\n"
)


def with_entities(declared: str, used: str = "") -> str:
    return f"<!DOCTYPE r [{declared}]>{RDF}<e:a><e:b>{used}</e:b></e:a></rdf:RDF>"


def nested(before: str, levels: int, middle: str, after: str) -> str:
    return before * levels + middle + after * levels


def triple_terms(levels: int, end: str = " )>>") -> str:
    return f"<urn:a> <urn:b> {nested('<<( <urn:a> <urn:b> ', levels, '<urn:c>', end)} .\n"


def literals(namespaces: int) -> str:
    declared = "".join(f' xmlns:n{n}="urn:n"' for n in range(namespaces))
    return f'{RDF[:-1]}{declared}><e:a><e:b rdf:parseType="Literal"><e:c/></e:b></e:a></rdf:RDF>'


REFUSED: dict[str, tuple[Format, str, str]] = {
    "entities of entities": (RDF_XML, with_entities('<!ENTITY a "x"><!ENTITY b "&a;&a;">', "&b;"), "entiteit"),
    "entity that is a file": (RDF_XML, with_entities('<!ENTITY a SYSTEM "file:///etc/passwd">', "&a;"), "entiteit"),
    "entity with a public name": (RDF_XML, with_entities('<!ENTITY a PUBLIC "a" "http://e/">', "&a;"), "entiteit"),
    "entity of a parameter": (RDF_XML, with_entities('<!ENTITY % a "x">'), "entiteit"),
    "entity that is long": (RDF_XML, with_entities(f'<!ENTITY a "{"x" * 1001}">', "&a;"), "1000 tekens"),
    "entity in a comment": (RDF_XML, with_entities('<!ENTITY b "x"><!-- <!ENTITY b "&a;"> -->', "&b;"), "entiteit"),
    "entity many times": (RDF_XML, with_entities(f'<!ENTITY a "{"x" * 1000}">', "&a;" * 1001), "10 keer"),
    "elements": (RDF_XML, RDF + nested("<e:a><e:b>", 501, "", "</e:b></e:a>") + "</rdf:RDF>", "1000 niveaus"),
    "namespaces in XML literals": (RDF_XML, literals(301), "300 namespaces"),
    "objects": (JSON_LD, nested('{"urn:a":\n', 101, "1", "}"), "regel 101: objecten"),
    "lists": (JSON_LD, nested("[", 101, '"\\"]"', "]"), "100 niveaus"),
    "objects after strings": (JSON_LD, '["]]\\"]", "\\\\", ' + nested("{", 100, "", ""), "100 niveaus"),
    "triple terms": (TURTLE, triple_terms(101), "100 niveaus"),
    "triple terms with comments": (TRIG, triple_terms(101, "\n)>># )\n"), "100 niveaus"),
    "triple terms around a text": (TURTLE, triple_terms(101).replace("<urn:c>", '")>> #"'), "100 niveaus"),
    "triple terms with ends in comments": (TURTLE, triple_terms(101, ")>> # )>>\n"), "100 niveaus"),
    "triple terms in lines": (N_TRIPLES, triple_terms(101, ")>>"), "100 niveaus"),
    "triple terms in quads": (N_QUADS, triple_terms(101), "100 niveaus"),
}
PASSED: dict[str, tuple[Format, str]] = {
    "namespaces": (RDF_XML, f'{NAMESPACES}{RDF}<e:a rdf:about="&owl;Thing"><e:b>&lt;&owl;</e:b></e:a></rdf:RDF>'),
    "entities within bounds": (RDF_XML, with_entities(f'<!ENTITY a "{"x" * 1000}">', "&a;" * 999)),
    "document type elsewhere": (RDF_XML, f'<!DOCTYPE r SYSTEM "http://e/r.dtd">{RDF}</rdf:RDF>'),
    "nothing": (RDF_XML, ""),
    "elements": (RDF_XML, RDF + nested("<e:a><e:b>", 499, "", "</e:b></e:a>") + "</rdf:RDF>"),
    "many elements": (RDF_XML, RDF + "<e:a><e:b/></e:a>" * 2000 + "</rdf:RDF>"),
    "many namespaces": (RDF_XML, literals(301).replace("Literal", "Collection")),
    "namespaces of each element": (
        RDF_XML,
        RDF + '<e:a><e:b xmlns:q="urn:q" rdf:parseType="Literal"/></e:a>' * 400 + "</rdf:RDF>",
    ),
    "objects": (JSON_LD, nested('{"urn:a":', 100, "1", "}")),
    "brackets in strings": (JSON_LD, '["' + "[{" * 1000 + '\\"[{[", ' + "{}," * 1000 + "1]"),
    "blank nodes": (TURTLE, "<urn:a> <urn:b> " + nested("[ <urn:b> ( ", 5000, "1", ") ]") + " ."),
    "triple terms": (TURTLE, triple_terms(100)),
    "many triple terms": (N_TRIPLES, triple_terms(1) * 1000),
    "triple terms in a text": (TURTLE, '<urn:a> <urn:b> "' + "<<( " * 1000 + '" .'),
}


def ended(form: Format, text: str) -> str:
    """How a screen ends that sees all at once: with nothing, or with what is wrong."""
    try:
        screen(text.encode(), form, "bestand")
    except UnreadableInput as error:
        return error.nl
    return ""


def ended_in_parts(form: Format, text: str, size: int) -> str:
    """As `ended`, for a file of which no more than so much comes at once."""

    class Slow(io.BytesIO):
        def read(self, wanted: int | None = -1) -> bytes:
            return super().read(size)

    try:
        screened(Slow(text.encode()), form, "bestand").read()
    except UnreadableInput as error:
        return error.nl
    return ""


@pytest.mark.parametrize("case", REFUSED)
def test_what_would_swell_or_is_too_deep_is_refused_with_the_reason(case: str) -> None:
    form, text, says = REFUSED[case]
    assert says in ended(form, text)
    assert ended(form, text).startswith("bestand")


@pytest.mark.parametrize("case", PASSED)
def test_what_is_large_or_odd_and_no_more_than_that_passes(case: str) -> None:
    assert ended(*PASSED[case]) == ""


@pytest.mark.parametrize("size", [1, 2, 7, 1000])
@pytest.mark.parametrize("case", [*REFUSED, *PASSED])
def test_it_does_not_matter_where_a_file_is_cut(case: str, size: int) -> None:
    for form, text, *_ in (table[case] for table in (REFUSED, PASSED) if case in table):
        there = re.sub(r"regel \d+", "regel", ended(form, text))
        assert re.sub(r"regel \d+", "regel", ended_in_parts(form, text, size)) == there


@pytest.mark.parametrize("text", [RDF, f"{RDF}<e:a>", f"{RDF}<e:a></e:b></rdf:RDF>", f"{RDF}&none;</rdf:RDF>"])
def test_xml_that_is_not_well_formed_is_no_matter_of_taste(text: str) -> None:
    with pytest.raises(SyntaxError) as caught:
        screen(text.encode(), RDF_XML)
    assert caught.value.lineno == 1


def test_passing_file_is_the_same_file() -> None:
    text = (triple_terms(3) * 20_000).encode()
    with screened(io.BytesIO(text), N_TRIPLES) as file:
        assert zlib.crc32(file.read()) == zlib.crc32(text)


@pytest.mark.parametrize(
    ("form", "text"),
    [
        (JSON_LD, '"' + '\\"' * 1_000_000),
        (JSON_LD, '"' * 1_000_001),
        (TURTLE, "<<(" + ")>>#" * 200_000),
        (TURTLE, "<<(" + ")>>a" * 200_000),
        (TURTLE, "<<(" + ")>> " * 90 + " " * 2_000_000),
        (TURTLE, "<<(" + ")" * 2_000_000),
        (RDF_XML, with_entities('<!ENTITY a "x">', "&" + "a" * 1_000_000)),
        (RDF_XML, with_entities("<!ENTITY" + " " * 1_000_000)),
        (RDF_XML, with_entities("".join(f'<!ENTITY a{n} "x">' for n in range(50_000)), "&a1;" * 100_000)),
    ],
)
def test_screening_takes_as_long_as_the_text_is(form: Format, text: str) -> None:
    began = time.process_time()
    with suppress(UnreadableInput, SyntaxError):
        screen(text.encode(), form)
    assert time.process_time() - began < 2


@pytest.mark.parametrize("case", ["entities of entities", "objects", "triple terms"])
def test_of_a_file_that_is_refused_nobody_gets_what_it_is_refused_for(case: str) -> None:
    form, text, _ = REFUSED[case]
    with screened(io.BytesIO(text.encode()), form) as file, pytest.raises(UnreadableInput):
        file.read(1)
