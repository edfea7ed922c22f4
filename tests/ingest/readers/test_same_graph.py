"""One document in several formats gives one graph.

What may differ: the file itself (name, checksum, number of lines), the numbers of lines, and in passages white space
and the sign of a list, which fonts have in different places.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import papers
import pytest
from rdflib import PROV, RDF, Literal, Namespace, URIRef
from rdflib.term import Node

from vakgraaf.ingest.document import Understood, understand
from vakgraaf.pipeline.documents import register_of
from vakgraaf.rdf.iris import VG

OA = Namespace("http://www.w3.org/ns/oa#")
OF_THE_FILE = (VG.bestand, VG.sha256, VG.aantalRegels)
Statements = Counter[tuple[str, str, str]]


def read_again(original: Understood, content: bytes, extension: str, where: Path) -> Understood:
    path = where / f"{original.text.name}.{extension}"
    path.write_bytes(content)
    return understand(path, register_of())


def statements(document: Understood, *, passages: bool = True) -> Statements:
    """Every statement, with passages named by what they quote and by their page instead of by their lines."""
    graph = document.built.graph
    names: dict[Node, str] = {}
    for passage in graph.subjects(RDF.type, VG.Passage):
        quoted = " ".join(str(graph.value(passage, OA.exact)).replace(papers.SIGN, "•").split())
        names[passage] = f"{quoted} ({graph.value(passage, VG.pagina)})"
    return Counter(
        (str(subject), str(predicate), names.get(value) or shown(value, squeezed=not passages))
        for subject, predicate, value in graph
        if subject not in names and predicate not in OF_THE_FILE and (passages or predicate != PROV.wasDerivedFrom)
    )


def shown(value: Node, *, squeezed: bool) -> str:
    if isinstance(value, Literal) and not squeezed:
        return value.n3()
    return " ".join(str(value).split()) if isinstance(value, Literal | URIRef) else str(value)


MAKERS = {
    "pdf": papers.as_pdf,
    "docx": papers.as_docx,
    "odt": papers.as_odt,
    "html": papers.as_html,
    "htm": papers.as_pre,
}


@pytest.mark.parametrize("extension", MAKERS)
def test_an_addendum_in_any_format_gives_the_graph_of_its_text(
    addendum: Understood, tmp_path: Path, extension: str
) -> None:
    other = read_again(addendum, MAKERS[extension](addendum.text), extension, tmp_path)
    assert statements(other) == statements(addendum)


def test_a_bcp_as_pdf_gives_the_graph_of_its_text(bcp: Understood, tmp_path: Path) -> None:
    other = read_again(bcp, papers.as_pdf(bcp.text), "pdf", tmp_path)
    assert statements(other) == statements(bcp)


@pytest.mark.slow
@pytest.mark.parametrize("extension", ["docx", "odt", "html", "htm"])
def test_a_bcp_in_the_other_formats_too(bcp: Understood, tmp_path: Path, extension: str) -> None:
    other = read_again(bcp, MAKERS[extension](bcp.text), extension, tmp_path)
    assert statements(other) == statements(bcp)


def test_a_pdf_in_type_of_one_width_gives_the_same_graph(addendum: Understood, tmp_path: Path) -> None:
    other = read_again(addendum, papers.as_pdf(addendum.text, "Courier", 8), "pdf", tmp_path)
    assert statements(other) == statements(addendum)


def test_a_pdf_whose_maker_typed_no_blanks_gives_the_same_statements(addendum: Understood, tmp_path: Path) -> None:
    other = read_again(addendum, papers.as_pdf(addendum.text, typed=False), "pdf", tmp_path)
    assert statements(other, passages=False) == statements(addendum, passages=False)


def test_a_word_document_without_page_breaks_gives_the_same_graph(addendum: Understood, tmp_path: Path) -> None:
    other = read_again(addendum, papers.as_docx(addendum.text, breaks=False), "docx", tmp_path)
    assert statements(other) == statements(addendum)


def test_a_word_document_with_styles_gives_the_same_statements(addendum: Understood, tmp_path: Path) -> None:
    """Whole paragraphs have other lines, so passages begin and end elsewhere; all else is the same."""
    other = read_again(addendum, papers.as_styled_docx(addendum), "docx", tmp_path)
    assert statements(other, passages=False) == statements(addendum, passages=False)


def test_pages_of_a_pdf_without_printed_numbers_are_those_of_the_file(addendum: Understood, tmp_path: Path) -> None:
    content = papers.as_pdf(addendum.text, footers=False)
    other = read_again(addendum, content, "pdf", tmp_path)
    pages = {int(str(page)) for page in other.built.graph.objects(None, VG.pagina)}
    assert pages <= set(range(1, 17))
    assert len(pages) > 10
