"""`/validate`: documents and data are judged, and nothing of them is kept."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager

import httpx
import pytest
from rdflib import RDF, SH, Graph

from vakgraaf.rdf.iris import VG
from vakgraaf.resources import folder

ADDENDUM = folder("data/sources") / "addendum-persoonlijk-begeleider-specifieke-doelgroepen-2013.txt"
TEXT = ADDENDUM.read_bytes()
CUT_OFF = b"\n".join(TEXT.split(b"\n")[:408])
PREFIXES = f"@prefix vg: <{VG}> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n"
FAULTY = PREFIXES + '<https://w3id.org/vakgraaf/id/kerntaak/x-1> a vg:Kerntaak ; rdfs:label "Zorgt"@nl .\n'
TURTLE = {"content-type": "text/turtle"}
PLAIN = {"content-type": "text/plain"}
FOR_READERS = {"accept": "text/html,application/xhtml+xml"}
SHAPES = """
@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix ex: <http://a.example/> .
ex:S a sh:NodeShape ; sh:targetClass ex:Ding ;
    sh:property [ sh:path ex:naam ; sh:minCount 1 ; sh:message "Geef het een naam."@nl, "Name it."@en ] .
"""
THING = "<http://a.example/x> a <http://a.example/Ding> ."


@pytest.fixture(scope="module")
def judging(
    running: Callable[..., AbstractContextManager[str]], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """A server that lets nobody hand in more than a megabyte."""
    with running(tmp_path_factory.mktemp("validate"), max_validate_bytes=1_000_000) as address:
        yield address


@pytest.fixture
def http(judging: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=judging, timeout=120) as client:
        yield client


def test_a_name_that_ends_in_a_full_stop_gets_no_second_one(http: httpx.Client) -> None:
    broken = TEXT.replace(b"Toelichting De persoonlijk begeleider specifieke doelgroepen formuleert", b"Zij formuleert")
    assert broken != TEXT
    page = http.post("/validate", files={"data": ("addendum.txt", broken)}, headers={"accept": "text/html"}).text
    assert "onnodig vakjargon. Eigenschap" in page
    assert "vakjargon.." not in page


def test_a_document_is_read_and_judged(http: httpx.Client) -> None:
    answer = http.post("/validate", content=TEXT, headers=PLAIN)
    assert answer.status_code == 200
    report = answer.json()
    assert report["conforms"] is True
    assert report["counts"]["Violation"] == 0
    assert report["counts"]["Warning"] > 0
    assert answer.headers["cache-control"] == "no-store"


def test_an_incomplete_document_gives_a_report_that_says_what_is_missing_and_where(http: httpx.Client) -> None:
    report = http.post("/validate", content=CUT_OFF, headers=PLAIN, params={"name": "half.txt"}).json()
    assert report["conforms"] is False
    missing = [result for result in report["results"] if result["source_shape"].endswith("#Document-onvolledig")]
    assert any("de competenties van het addendum" in result["problems"]["nl"] for result in missing)
    assert all(place["document"] == "half.txt" and place["quote"] for r in missing for place in r["lines"])


def test_data_that_do_not_conform_are_an_answer_and_no_error(http: httpx.Client) -> None:
    answer = http.post("/validate", content=FAULTY, headers=TURTLE)
    assert (answer.status_code, answer.json()["conforms"]) == (200, False)


def test_the_standard_report_comes_as_turtle(http: httpx.Client) -> None:
    answer = http.post("/validate", content=FAULTY, headers=TURTLE | {"accept": "text/turtle"})
    assert answer.headers["content-type"] == "text/turtle; charset=utf-8"
    graph = Graph().parse(data=answer.text, format="turtle")
    (report,) = graph.subjects(RDF.type, SH.ValidationReport)
    assert graph.value(report, SH.conforms).toPython() is False  # type: ignore[union-attr]  # one there is


def test_the_draft_of_a_document_can_be_taken_and_judged_in_its_turn(http: httpx.Client) -> None:
    draft = http.post("/validate?format=draft&name=mijn%20addendum.txt", content=TEXT, headers=PLAIN)
    assert draft.headers["content-disposition"] == 'attachment; filename="mijn addendum.ttl"'
    assert len(Graph().parse(data=draft.text, format="turtle")) > 3000
    again = http.post("/validate", content=draft.content, headers=TURTLE)
    assert again.json()["conforms"] is True


def test_the_page_shows_the_lines_beside_what_was_understood(http: httpx.Client) -> None:
    page = http.post("/validate?lang=nl", files={"data": ("a.txt", CUT_OFF)}, headers=FOR_READERS)
    assert page.headers["content-type"].startswith("text/html")
    assert '<p id="r24">' in page.text
    assert 'class="finding"' in page.text
    assert "Voldoet niet" in page.text
    assert "<small>Taak</small>" in page.text


def test_what_was_handed_in_travels_with_the_page_to_ask_for_another_form(http: httpx.Client) -> None:
    page = http.post("/validate", files={"data": ("a.ttl", FAULTY)}, headers=FOR_READERS).text
    carried = page.partition('name="again" value="')[2].partition('"')[0]
    draft = http.post("/validate", data={"again": carried, "format": "draft"})
    assert len(Graph().parse(data=draft.text, format="turtle")) == 2


@pytest.mark.parametrize("carried", ["x", "AAAA", "////", "e30=", "AAAAAnt9"])
def test_a_damaged_page_is_refused(http: httpx.Client, carried: str) -> None:
    assert http.post("/validate", data={"again": carried}).status_code == 400


def test_a_pasted_text_is_judged_and_comes_back_to_be_mended(http: httpx.Client) -> None:
    answer = http.post("/validate?lang=nl", data={"text": FAULTY}, headers=FOR_READERS)
    assert "Voldoet niet" in answer.text
    assert "&lt;https://w3id.org/vakgraaf/id/kerntaak/x-1&gt; a vg:Kerntaak" in answer.text


def test_several_files_are_judged_together(http: httpx.Client) -> None:
    files = [("data", ("a.ttl", FAULTY.encode(), "text/turtle")), ("data", ("b.txt", TEXT, "text/plain"))]
    report = http.post("/validate", files=files).json()
    focuses = {result["focus"] for result in report["results"]}
    assert "https://w3id.org/vakgraaf/id/kerntaak/x-1" in focuses
    assert any("persoonlijk-begeleider" in focus for focus in focuses)


def test_a_zip_is_opened(http: httpx.Client) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("map/a.ttl", FAULTY)
    answer = http.post("/validate", files={"data": ("alles.zip", packed.getvalue(), "application/zip")})
    assert answer.json()["conforms"] is False


def test_shapes_of_ones_own_take_the_place_of_ours(http: httpx.Client) -> None:
    report = http.post("/validate", files={"data": ("a.ttl", THING), "shapes": ("s.ttl", SHAPES)}).json()
    assert [result["messages"] for result in report["results"]] == [{"nl": "Geef het een naam.", "en": "Name it."}]


@pytest.mark.parametrize(
    "extra",
    [
        "ex:S sh:sparql [ sh:select 'SELECT $this WHERE { SERVICE <http://127.0.0.1:9/> { $this ?p ?o } }' ] .",
        "ex:S sh:sparql [ sh:select 'SELECT $this FROM <file:///etc/passwd> WHERE { $this ?p ?o }' ] .",
        "ex:S sh:sparql [ sh:select 'nonsense' ] .",
    ],
)
def test_shapes_that_look_outside_or_do_not_parse_are_refused(http: httpx.Client, extra: str) -> None:
    answer = http.post("/validate", files={"data": ("a.ttl", THING), "shapes": ("s.ttl", SHAPES + extra)})
    assert answer.status_code == 400
    assert answer.headers["content-type"] == "application/problem+json"


def test_imports_are_not_followed(http: httpx.Client) -> None:
    imports = "<http://a.example/o> <http://www.w3.org/2002/07/owl#imports> <http://127.0.0.1:9/shapes.ttl> ."
    answer = http.post("/validate", files={"data": ("a.ttl", THING), "shapes": ("s.ttl", SHAPES + imports)})
    assert answer.json()["conforms"] is False


def test_a_text_that_does_not_parse_is_refused_with_line_and_column(http: httpx.Client) -> None:
    answer = http.post("/validate", content=PREFIXES + "<x> <y> .", headers=TURTLE)
    assert answer.status_code == 400
    problem = answer.json()
    assert problem["line"] == 2
    assert isinstance(problem["column"], int)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_text_that_is_no_profile_is_called_that(http: httpx.Client, language: str) -> None:
    answer = http.post(f"/validate?lang={language}", content=b"Boodschappen\nmelk\n", headers=PLAIN)
    assert answer.status_code == 422
    assert ("dit is geen" if language == "nl" else "this is no") in answer.json()["detail"]


def test_a_browser_gets_a_refusal_as_a_page(http: httpx.Client) -> None:
    answer = http.post("/validate", data={"text": ""}, headers=FOR_READERS)
    assert answer.status_code == 400
    assert answer.headers["content-type"].startswith("text/html")


@pytest.mark.parametrize(
    ("content", "kind", "status"),
    [
        (b"", "text/turtle", 400),
        (b"x" * 1_000_001, "text/plain", 413),
        (b"x" * 6_000_000, "text/plain", 413),
        (b"GIF89a", "image/gif", 415),
        (b"%PDF-1.7 broken", "application/pdf", 400),
        (b"PK\x03\x04 broken", "application/zip", 400),
        (bytes(range(256)), "text/plain", 400),
    ],
)
def test_what_cannot_be_read_is_refused(http: httpx.Client, content: bytes, kind: str, status: int) -> None:
    answer = http.post("/validate", content=content, headers={"content-type": kind})
    assert answer.status_code == status
    assert "Traceback" not in answer.text
    assert json.loads(answer.text)["detail"]


BOMB = (
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">'
    + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True))
    + "]>"
)
EXTERNAL = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY i SYSTEM "file:///etc/passwd">]>'
RDF_XML = '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="http://a.example/">'


@pytest.mark.parametrize(("head", "name"), [(BOMB, "i"), (EXTERNAL, "i")])
def test_xml_that_swells_or_reads_files_does_neither(http: httpx.Client, head: str, name: str) -> None:
    body = f'{head}{RDF_XML}<rdf:Description rdf:about="http://a.example/x"><e:p>&{name};</e:p></rdf:Description></rdf:RDF>'
    answer = http.post("/validate?format=draft", content=body, headers={"content-type": "application/rdf+xml"})
    assert answer.status_code == 400 or len(answer.content) < 10_000
    assert "root:" not in answer.text


def test_a_zip_that_swells_is_refused(http: httpx.Client) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", b"0" * 200_000_000)
    answer = http.post("/validate", content=packed.getvalue(), headers={"content-type": "application/zip"})
    assert answer.status_code == 400


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:9/a.ttl", "http://169.254.169.254/", "file:///etc/passwd", "http://a.example/"]
)
def test_nothing_is_fetched_from_a_host_that_is_not_on_the_list(http: httpx.Client, url: str) -> None:
    assert http.post("/validate", data={"url": url}).status_code == 403


def test_a_script_is_text_wherever_it_stands(http: httpx.Client) -> None:
    script = "<script>alert(1)</script>"
    data = FAULTY.replace('"Zorgt"@nl', f'"{script}"@nl, "{script}"@en ; vg:nummer "{script}"')
    sent = {"text": data, "lang": script, "context": script, "name": script}
    pasted = http.post("/validate", data=sent, headers=FOR_READERS)
    uploaded = http.post("/validate", files={"data": (f"{script}.ttl", data)}, headers=FOR_READERS)
    document = TEXT.replace(b"ouderenzorg", script.encode())
    read = http.post("/validate", files={"data": (f"{script}.txt", document)}, headers=FOR_READERS)
    for page in (pasted, uploaded, read):
        assert page.status_code == 200
        assert script not in page.text
        assert "&lt;script&gt;" in page.text


def test_the_form_says_what_will_happen_in_both_languages(http: httpx.Client) -> None:
    assert "Er wordt niets bewaard" in http.get("/validate?lang=nl").text
    assert "Nothing is kept" in http.get("/validate?lang=en").text
    assert http.head("/validate").status_code == 200


@pytest.mark.parametrize("asked", ["pdf", "constructor"])
def test_a_form_that_there_is_not_gives_406(http: httpx.Client, asked: str) -> None:
    assert http.post(f"/validate?format={asked}", content=FAULTY, headers=TURTLE).status_code == 406


def test_what_takes_too_long_is_stopped(
    running: Callable[..., AbstractContextManager[str]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("slow")
    with running(folder, validate_timeout_s=0.01) as address, httpx.Client(base_url=address, timeout=120) as client:
        answer = client.post("/validate", content=TEXT, headers=PLAIN)
        assert answer.status_code == 504
        assert "0.01" in answer.json()["detail"]
        # The next one gets a process of its own.
        assert client.post("/validate", content=TEXT, headers=PLAIN).status_code == 504


def test_who_comes_while_others_wait_is_told_when_to_return(
    running: Callable[..., AbstractContextManager[str]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("busy")
    with (
        running(folder, validate_queue=0) as address,
        httpx.Client(base_url=address, timeout=120) as client,
        ThreadPoolExecutor(4) as pool,
    ):
        answers = list(pool.map(lambda _: client.post("/validate", content=TEXT, headers=PLAIN), range(4)))
    assert [answer.status_code for answer in answers].count(200) == 1
    assert {answer.headers.get("retry-after") for answer in answers if answer.status_code == 503} == {"2"}


def test_what_takes_too_much_memory_is_stopped_and_the_next_is_answered(
    running: Callable[..., AbstractContextManager[str]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("large")
    many = "".join(f"<http://a.example/{n}> <http://a.example/p> '{n}' .\n" for n in range(150_000))
    with running(folder, validate_memory_mb=64) as address, httpx.Client(base_url=address, timeout=120) as client:
        assert client.post("/validate", content=many, headers=TURTLE).status_code in (500, 507)
        assert client.post("/validate", content=FAULTY, headers=TURTLE).status_code == 200


def test_the_context_of_the_store_is_one_in_which_known_things_are_known(http: httpx.Client) -> None:
    data = (
        FAULTY
        + "<https://w3id.org/vakgraaf/id/profiel/x> vg:heeftKerntaak <https://w3id.org/vakgraaf/id/kerntaak/x-1> ."
    )
    alone, together = (
        http.post(f"/validate?context={context}", content=data, headers=TURTLE).json() for context in ("none", "store")
    )
    assert alone["conforms"] is together["conforms"] is False
    taken = data.replace("kerntaak/x-1", "kerntaak/proef-2020-1")
    report = http.post("/validate?context=store", content=taken, headers=TURTLE).json()
    assert any("staatOokIn" in (result["path"] or "") for result in report["results"])
