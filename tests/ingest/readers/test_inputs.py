"""What a file is, by its name and its content; and what comes out of a zip."""

from __future__ import annotations

import papers
import pytest

from vakgraaf.errors import NotAProfile
from vakgraaf.ingest.document import Understood
from vakgraaf.ingest.qualification import read_dossier
from vakgraaf.ingest.read import READERS
from vakgraaf.pipeline.inputs import expand

N_TRIPLES = b'<http://e/a> <http://e/b> "c { d"@nl .\n<http://e/a> <http://e/b> _:x .\n'
N_QUADS = b'<http://e/a> <http://e/b> "c" <http://e/g> .\n'
TURTLE = b'# een opmerking\n@prefix e: <http://e/> .\ne:a e:b "een { haak", """twee {""" ; e:c <http://e/d> .\n'
TRIG = b"PREFIX e: <http://e/>\ne:g { e:a e:b e:c }\n"
JSON_LD = b'{"@context": {"e": "http://e/"}, "@id": "e:a", "e:b": "c"}'
RDF_XML = (
    b'<?xml version="1.0"?><!DOCTYPE rdf:RDF [<!ENTITY e "http://e/">]>'
    b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="http://e/">'
    b'<rdf:Description rdf:about="&e;a"><e:b>c</e:b></rdf:Description></rdf:RDF>'
)
GRAPHS = {
    "ntriples": N_TRIPLES,
    "nquads": N_QUADS,
    "turtle": TURTLE,
    "trig": TRIG,
    "jsonld": JSON_LD,
    "rdfxml": RDF_XML,
}
DOSSIER = """\ufeff<?xml version="1.0" encoding="utf-8"?>
<sbb><dossiers><dossier nr="9" titel="Fietstechniek" versie="2020" status="Vastgesteld">
<dossiercrebos><dossiercrebo>23999</dossiercrebo></dossiercrebos>
<profielen><profiel nr="1" titel="Fietsenmaker" hoofdstuk="1" niveau="2"><creboinformatie><crebo>25991</crebo>
</creboinformatie></profiel><profiel nr="2" titel="Meester-fietsenmaker" hoofdstuk="2" niveau="3"/></profielen>
</dossier></dossiers></sbb>""".encode()


@pytest.mark.parametrize("form", GRAPHS)
@pytest.mark.parametrize("name", ["zonder-extensie", "verkeerd.txt", "export.dat"])
def test_a_graph_is_known_by_its_content(form: str, name: str) -> None:
    (given,) = expand(name, GRAPHS[form])
    assert given.form == form


@pytest.mark.parametrize(
    ("name", "content", "form"),
    [
        ("a.ttl", N_TRIPLES, "turtle"),
        ("a.trig", TURTLE, "trig"),
        ("a.nq", N_TRIPLES, "nquads"),
        ("a.ttl", RDF_XML, "rdfxml"),
        ("a.xml", RDF_XML, "rdfxml"),
        ("a.json", JSON_LD, "jsonld"),
        ("a.ttl", b"<a> a <b>.", "turtle"),
        ("a.ttl", b"kapotte Turtle", "turtle"),
        ("a.ttl", b"<http://e/a> a <http://e/b>.", "turtle"),
    ],
)
def test_a_name_decides_where_the_content_fits_more_than_one_format(name: str, content: bytes, form: str) -> None:
    (given,) = expand(name, content)
    assert given.form == form


def test_a_document_is_known_by_its_content(addendum: Understood) -> None:
    made = {
        "pdf": papers.as_pdf(addendum.text),
        "docx": papers.as_docx(addendum.text),
        "odt": papers.as_odt(addendum.text),
        "html": papers.as_html(addendum.text),
        "txt": "\n".join(addendum.text.lines).encode(),
    }
    assert {form: expand("profiel", content)[0].form for form, content in made.items()} == {form: form for form in made}
    assert {f".{form}" for form in made} <= set(READERS)


def test_a_zip_gives_what_is_in_it_with_the_names_inside() -> None:
    inner = papers.zipped({"b.nt": N_TRIPLES})
    content = papers.zipped({"map/a.ttl": TURTLE, "__MACOSX/._a.ttl": b"\0", "c.zip": inner, "d.txt": b"Een tekst."})
    found = [(given.name, given.form) for given in expand("alles.zip", content)]
    assert found == [
        ("alles.zip/map/a.ttl", "turtle"),
        ("alles.zip/c.zip/b.nt", "ntriples"),
        ("alles.zip/d.txt", "txt"),
    ]


def test_a_qualification_file_of_sbb_is_recognised_with_its_profiles() -> None:
    (given,) = expand("4156.xml", DOSSIER)
    assert given.form == "kwalificatiedossier"
    dossier = read_dossier(given.content, given.name)
    assert (dossier.titel, dossier.nummer, dossier.crebos) == ("Fietstechniek", "9", ("23999",))
    assert [(p.titel, p.crebo, p.niveau) for p in dossier.profielen] == [
        ("Fietsenmaker", "25991", "2"),
        ("Meester-fietsenmaker", "", "3"),
    ]
    nl, en = dossier.described()
    assert nl.startswith(
        "kwalificatiedossier 'Fietstechniek' (9; 2020, Vastgesteld; crebo 23999) van SBB, met 2 profielen"
    )
    assert "Fietsenmaker (crebo 25991, level 2)" in en


def test_other_xml_of_sbb_is_no_qualification_file() -> None:
    with pytest.raises(NotAProfile, match="geen kwalificatiedossier van SBB"):
        read_dossier(b"<sbb><domeinen/></sbb>", "domeinen.xml")
