"""The pages of the ontology and the shapes say of every term what it means, how it is used, and what is asked of it."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape, unescape
from xml.etree import ElementTree

import httpx
import pytest
from rdflib import OWL, RDF, RDFS, SH, SKOS, Graph, URIRef

from vakgraaf.rdf import iris
from vakgraaf.resources import folder
from vakgraaf.web.site.rule_examples import rule_examples

Page = Callable[..., str]


@pytest.fixture(scope="module")
def ontology() -> Graph:
    return _parsed("ontology")


@pytest.fixture(scope="module")
def shapes() -> Graph:
    return _parsed("shapes")


def _parsed(name: str) -> Graph:
    graph = Graph()
    for path in sorted(folder(name).glob("*.ttl")):
        graph.parse(path)
    return graph


def term(text: str, anchor: str) -> str:
    """The section of one term."""
    return text.partition(f'<section class="term" id="{anchor}">')[2].partition("</section>")[0]


def terms_of(ontology: Graph) -> list[URIRef]:
    return [one for one in set(ontology.subjects(RDFS.isDefinedBy)) if isinstance(one, URIRef)]


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_term_has_its_anchor_label_and_definition_in_the_language_of_the_page(
    page: Page, ontology: Graph, language: str
) -> None:
    text = page("/def", language)
    for one in terms_of(ontology):
        section = unescape(term(text, one.removeprefix(str(iris.VG))))
        for said in (RDFS.label, SKOS.definition):
            assert any(str(value) in section for value in ontology.objects(one, said) if value.language == language), (
                one
            )
    assert 'lang="' not in text.partition("<main")[2].partition('id="klassen"')[0]


def test_every_class_and_property_is_in_the_table_of_contents_and_every_link_in_the_page_leads_somewhere(
    page: Page, ontology: Graph
) -> None:
    for path in ("/def", "/shapes"):
        text = page(path)
        ids = re.findall(r' id="([^"]+)"', text)
        assert len(ids) == len(set(ids))
        assert set(re.findall(r'href="#([^"]+)"', text)) <= set(ids)
    contents = page("/def").partition('id="contents"')[2].partition("</nav>")[0]
    assert {f"{iris.VG}{name}" for name in re.findall(r'href="#(\w+)"', contents)} == set(map(str, terms_of(ontology)))


def test_links_to_shapes_lead_to_an_anchor_there(page: Page) -> None:
    anchors = set(re.findall(r' id="([^"]+)"', page("/shapes")))
    linked = set(re.findall(r'href="/shapes#([^"]+)"', page("/def")))
    assert len(linked) > 100
    assert linked <= anchors
    terms = set(re.findall(r'href="/def#([^"]+)"', page("/shapes")))
    assert terms <= set(re.findall(r' id="([^"]+)"', page("/def")))


def test_every_shape_keeps_its_anchor(page: Page, shapes: Graph) -> None:
    anchors = set(re.findall(r' id="([^"]+)"', page("/shapes")))
    named = {
        one for kind in (SH.NodeShape, SH.PropertyShape, SH.SPARQLConstraint) for one in shapes.subjects(RDF.type, kind)
    }
    assert {str(one).removeprefix(str(iris.VGS)) for one in named} <= anchors


def test_every_rule_that_can_be_reported_is_explained_with_an_example_that_breaks_it(page: Page, shapes: Graph) -> None:
    text = page("/shapes")
    shown = rule_examples()
    assert len(shown) > 150
    for rule, example in shown.items():
        assert (URIRef(iris.VGS + rule), SH.message, None) in shapes
        after = text.partition(f' id="{rule}"')[2]
        assert after
        place = after.find("Zo is het fout:")
        assert place >= 0
        assert escape(example.bad, quote=False)[:40].splitlines()[0] in unquoted(after[place : place + 2000]), rule
    assert sum(bool(example.good) for example in shown.values()) > 0.9 * len(shown)


def unquoted(text: str) -> str:
    return text.replace("&#34;", '"').replace("&#39;", "'")


def test_every_rule_for_documents_has_a_section_with_both_examples(page: Page, shapes: Graph) -> None:
    rules = set(shapes.subjects(RDF.type, iris.VG.Documentregel))
    for language, wrong in (("nl", "Zo is het fout:"), ("en", "This is wrong:")):
        text = page("/shapes", language)
        for rule in rules:
            section = unescape(term(text, str(rule).removeprefix(str(iris.VGS))))
            assert wrong in section
            for said in (SKOS.definition, SH.message, iris.VG.foutVoorbeeld, iris.VG.goedVoorbeeld):
                assert any(str(value) in section for value in shapes.objects(rule, said) if value.language == language)


def test_a_class_has_an_example_from_the_data_its_place_its_properties_and_its_demands(page: Page) -> None:
    section = term(page("/def"), "Kerntaak")
    assert re.search(r'Uit de gegevens</dt><dd><a href="/id/kerntaak/[\w.-]+">', section)
    assert re.search(r'Soort van</dt><dd><a href="#Taak">Taak</a>', section)
    assert re.search(r'Sluit uit</dt><dd><a href="#Werkproces">', section)
    row = re.search(r'<tr><th scope="row"><a href="#heeftWerkproces">.*?</tr>', section)
    assert row is not None
    assert '<a href="#Werkproces">Werkproces</a>' in row[0]
    assert "minstens één" in row[0]
    assert '<a href="/shapes#KerntaakShape-heeftWerkproces">werkprocessen</a>' in section
    assert "uit welke stappen bestaat het werk?" in section
    assert "Geef elk werkproces een eigen nummer" in section


def test_a_property_says_what_it_points_to_what_it_follows_from_and_where_it_is_used(page: Page) -> None:
    text = page("/def")
    assert re.search(r'Volgt uit</dt><dd><a href="#heeftVereiste">.*?→ <a href="#betreft">', term(text, "vereist"))
    section = term(text, "heeftVereiste")
    users = re.findall(r'<tr><th scope="row"><a href="#(\w+)">', section)
    assert {"Kerntaak", "Werkproces", "Taakgebied"} <= set(users)
    assert "Taak" not in users
    assert re.search(r'Omgekeerde</dt><dd><a href="#isOnderdeelVan">', term(text, "heeftOnderdeel"))
    assert "#heeftKerntaak" in term(text, "heeftOnderdeel")
    assert "op proef" in term(text, "heeftInschaling")


def test_the_drawing_has_the_main_classes_as_links_once_and_says_the_same_as_a_list(page: Page) -> None:
    text = page("/def")
    drawing = ElementTree.fromstring(text[text.index("<svg") : text.index("</svg>") + len("</svg>")])
    assert drawing.get("aria-label")
    space = "{http://www.w3.org/2000/svg}"
    boxes = {link.get("href"): [t.text for t in link.findall(f"{space}text")] for link in drawing.iter(f"{space}a")}
    assert len(boxes) == len(list(drawing.iter(f"{space}rect")))
    assert boxes["#Profiel"] == ["Profiel"]
    assert boxes["#Kerntaak"] == ["heeft kerntaak", "Kerntaak"]
    assert boxes["#Vereiste"] == ["heeft vereiste", "Vereiste"]
    assert {"#Werkproces", "#Skill", "#Competentie", "#Paragraaf", "#Begrip", "#Passage"} <= set(boxes)
    listed = text.partition("Alle verbanden als lijst")[2].partition("</details>")[0]
    assert re.search(r'"#Kerntaak">.*?"#heeftVereiste">.*?"#Vereiste">', listed)
    assert all(f'href="{name}"' in listed for name in boxes)


def test_a_shape_says_in_words_what_it_is_about_and_what_it_demands(page: Page) -> None:
    section = term(page("/shapes"), "KerntaakShape")
    assert 'alles van de klasse: <a href="/def#Kerntaak">Kerntaak</a>' in section
    number = section.partition('id="KerntaakShape-nummer"')[2].partition("</div>")[0]
    pattern = "past op het patroon: <code>^([1-9][0-9]*|[A-Z][0-9]+-K[0-9]+)$</code>"
    for words in ("precies één", "tekst zonder taal", pattern, "Fout:"):
        assert words in number
    assert "Geef de kerntaak één nummer" in number
    assert '<p class="message soft" lang="en">Give the core task one number' in number
    query = section.partition('id="KerntaakShape-werkproces-nummer-vraag"')[2].partition("</details>")[0]
    assert "SELECT $this ?value" in query


def test_a_shape_that_others_refer_to_says_which(page: Page) -> None:
    section = term(page("/shapes"), "IsStub")
    assert "Gebruikt in:" in section
    assert 'href="#AddendumShape-vultAan"' in section


def test_paths_and_severities_are_in_words_too(page: Page) -> None:
    text = page("/shapes")
    assert "omgekeerd: <a" in text
    assert re.search(r'#functie">.*?</a> of <a href="/def#gremium">', text)
    assert "Waarschuwing:" in text
    english = page("/shapes", "en")
    assert "exactly one" in english
    assert "Warning:" in english
    assert '<p class="message soft" lang="nl">' in english


def test_a_page_that_was_made_once_is_kept(site: httpx.Client) -> None:
    first = site.get("/def")
    assert site.get("/def").content == first.content
    assert site.get("/def", headers={"if-none-match": first.headers["etag"]}).status_code == 304


def test_classes_that_exclude_each_other_say_so_both_ways(page: Page, ontology: Graph) -> None:
    text = page("/def")
    ours = [pair for pair in ontology.subject_objects(OWL.disjointWith) if str(pair[0]).startswith(str(iris.VG))]
    assert len(ours) > 3
    for pair in ours:
        names = [str(end).removeprefix(str(iris.VG)) for end in pair]
        assert f'href="#{names[1]}"' in term(text, names[0])
        assert f'href="#{names[0]}"' in term(text, names[1])
