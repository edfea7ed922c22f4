"""The same thing in several profiles (W3C, Content Negotiation by Profile), each with a way to all others."""

from __future__ import annotations

import json
import re

import httpx
import pyoxigraph as ox
import pytest
from rdflib import Graph, URIRef
from rdflib.compare import isomorphic
from rdflib.namespace import RDF, SDO

from vakgraaf.rdf import iris

KERNTAAK = "kerntaak/proef-2020-1"
THING = URIRef(f"{iris.BASE}id/{KERNTAAK}")
FORMATS = ("ttl", "nt", "rdf", "jsonld")


def graph(client: httpx.Client, address: str, form: str, **headers: str) -> Graph:
    answer = client.get(address, headers=headers)
    assert answer.status_code == 200, answer.text
    triples = ox.parse(answer.content, ox.RdfFormat.from_extension(form), base_iri=iris.BASE)
    return Graph().parse(data=ox.serialize((q.triple for q in triples), format=ox.RdfFormat.N_TRIPLES), format="nt")


@pytest.mark.parametrize("token", ["vg", "schema"])
def test_all_formats_of_a_profile_say_the_same(client: httpx.Client, token: str) -> None:
    graphs = [graph(client, f"/doc/{KERNTAAK}.{ext}?_profile={token}", ext) for ext in FORMATS]
    assert len(graphs[0]) > 0
    assert all(isomorphic(graphs[0], other) for other in graphs[1:])


def test_schema_org_is_given_by_parameter_and_by_header(client: httpx.Client) -> None:
    by_parameter = graph(client, f"/doc/{KERNTAAK}.nt?_profile=schema", "nt")
    by_header = graph(client, f"/doc/{KERNTAAK}.nt", "nt", **{"accept-profile": "<https://schema.org/>;q=0.9, <urn:x>"})
    assert (THING, RDF.type, SDO.DefinedTerm) in by_parameter
    assert (THING, SDO.name, None) in by_parameter
    assert isomorphic(by_parameter, by_header)


def test_a_browser_that_asks_for_schema_org_gets_json_ld(client: httpx.Client) -> None:
    answer = client.get(f"/doc/{KERNTAAK}?_profile=schema", headers={"accept": "text/html,*/*;q=0.8"})
    assert answer.headers["content-type"].startswith("application/ld+json")


def test_skos_is_no_form_of_what_is_no_concept(client: httpx.Client) -> None:
    answer = client.get(f"/doc/{KERNTAAK}?_profile=skos", headers={"accept-language": "en"})
    assert answer.status_code == 406
    assert "vg, schema, alt" in answer.json()["detail"]


def test_the_link_header_leads_to_every_form_and_names_the_one_that_was_sent(client: httpx.Client) -> None:
    header = client.get(f"/doc/{KERNTAAK}.ttl?_profile=schema").headers["link"]
    assert '<https://schema.org>; rel="profile"' in header
    targets = re.findall(r'<([^>]*)>; rel="alternate"; type="([^"]*)"; profile="([^"]*)"', header)
    assert len(targets) == 8
    for target, media_type, _ in targets:
        assert client.get(target).headers["content-type"].startswith(media_type)


def test_alternates_view_lists_all_forms_for_people_and_machines(client: httpx.Client) -> None:
    page = client.get(f"/doc/{KERNTAAK}?_profile=alt", headers={"accept": "text/html"}).text
    listed = re.findall(r'<li><a href="(/doc/kerntaak[^"]*)"', page)
    assert len(listed) == 8
    assert all(client.get(address.replace("&amp;", "&")).status_code == 200 for address in listed)
    data = graph(client, f"/doc/{KERNTAAK}.ttl?_profile=alt", "ttl")
    altr = "http://www.w3.org/ns/dx/connegp/altr#"
    assert len(list(data.objects(THING, URIRef(altr + "hasRepresentation")))) == 2


def test_an_answer_in_another_profile_is_another_answer(client: httpx.Client) -> None:
    native, schema = (client.get(f"/doc/{KERNTAAK}.ttl?_profile={token}") for token in ("vg", "schema"))
    assert native.headers["etag"] != schema.headers["etag"]
    assert "Accept-Profile" in native.headers["vary"]


def test_what_was_withdrawn_is_410_and_says_what_there_is_instead(client: httpx.Client) -> None:
    answer = client.get("/doc/profiel/ingetrokken-2001", headers={"accept-language": "en"})
    assert answer.status_code == 410
    assert f"{iris.BASE}id/profiel/proef-2020" in answer.json()["detail"]


def test_an_unknown_thing_is_404_and_says_where_to_look(client: httpx.Client) -> None:
    answer = client.get("/doc/profiel/bakker-2020")
    assert answer.status_code == 404
    assert "/search?q=bakker%202020" in answer.json()["detail"]


def test_no_text_of_the_data_ends_the_structured_data_of_a_page(client: httpx.Client) -> None:
    page = client.get("/doc/profiel/proef-2020", headers={"accept": "text/html"}).text
    found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    assert len(found) == 1
    assert json.loads(found[0])
    assert "<" not in found[0]
