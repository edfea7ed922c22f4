"""A qualification as a record of the European Learning Model, beside its other forms."""

from __future__ import annotations

import re
from collections.abc import Callable

import httpx
import pyoxigraph as ox
import pytest
from rdflib import RDF, Graph, Namespace, URIRef
from rdflib.compare import isomorphic

from vakgraaf.linking.elm import PROFILE
from vakgraaf.rdf import iris

ELM = Namespace("http://data.europa.eu/snb/model/elm/")
PAGE = "/doc/kwalificatie/25479"
FORMATS = ("ttl", "nt", "rdf", "jsonld")


def record(site: httpx.Client, address: str, form: str, **headers: str) -> Graph:
    answer = site.get(address, headers=headers)
    assert answer.status_code == 200, answer.text
    quads = ox.parse(answer.content, ox.RdfFormat.from_extension(form), base_iri=iris.BASE)
    return Graph().parse(data=ox.serialize((q.triple for q in quads), format=ox.RdfFormat.N_TRIPLES), format="nt")


def test_all_formats_of_the_record_say_the_same_and_only_the_record(site: httpx.Client) -> None:
    graphs = [record(site, f"{PAGE}.{form}?_profile=elm", form) for form in FORMATS]
    assert all(isomorphic(graphs[0], other) for other in graphs[1:])
    (about,) = graphs[0].subjects(RDF.type, ELM.Qualification)
    assert str(about).endswith("/id/kwalificatie/25479#elm")
    assert list(graphs[0].objects(about, ELM.EQFLevel)) == [URIRef("http://data.europa.eu/snb/eqf/4")]


def test_the_record_is_given_by_header_and_names_its_profile(site: httpx.Client) -> None:
    by_header = record(site, f"{PAGE}.nt", "nt", **{"accept-profile": f"<{PROFILE}>"})
    assert isomorphic(by_header, record(site, f"{PAGE}.nt?_profile=elm", "nt"))
    answer = site.get(f"{PAGE}?_profile=elm", headers={"accept": "text/html"})
    assert answer.headers["content-type"] == "text/turtle; charset=utf-8"
    assert f'<{PROFILE}>; rel="profile"' in answer.headers["link"]
    again = site.get(f"{PAGE}?_profile=elm", headers={"if-none-match": answer.headers["etag"]})
    assert again.status_code == 304


def test_the_page_of_a_qualification_leads_to_its_record(site: httpx.Client, page: Callable[..., str]) -> None:
    targets = re.findall(r'<([^>]*_profile=elm[^>]*)>; rel="alternate"', site.get(PAGE).headers["link"])
    assert len(targets) == len(FORMATS)
    listed = page(f"{PAGE}?_profile=alt", "en")
    assert "European Learning Model, for qualifications with a level" in listed
    assert listed.count("_profile=elm") == len(FORMATS)


@pytest.mark.parametrize(
    "thing",
    [
        "profiel/thuisbegeleider-2011",  # no level of its own
        "kwalificatie/raar",  # a level that nobody vouches for
        "kwalificatie/92662",  # a level, but no work processes
        "competentie/kbb-a",
    ],
)
def test_what_has_no_level_by_a_source_or_no_outcomes_has_no_record(site: httpx.Client, thing: str) -> None:
    answer = site.get(f"/doc/{thing}?_profile=elm")
    assert answer.status_code == 406
    assert "_profile=elm" not in site.get(f"/doc/{thing}").headers["link"]
