"""What search engines read on a page is what the page is in schema.org; and what JSON a reader gets to see."""

from __future__ import annotations

import json
import re

import httpx
import pyoxigraph as ox
import pytest
from rdflib import Graph
from rdflib.compare import isomorphic

from vakgraaf.engine import Value
from vakgraaf.linking.candidate import Ground, GroundKind
from vakgraaf.linking.mappings.grounds import packed
from vakgraaf.web import elements

_EMBEDDED = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)
_JSON = "http://www.w3.org/1999/02/22-rdf-syntax-ns#JSON"


@pytest.mark.parametrize(
    "thing",
    [
        "profiel/thuisbegeleider-2011",
        "werkproces/thuisbegeleider-2011-1.1",
        "skill/gesprekstechnieken",
        "brondocument/bcp-thuisbegeleider-2011",
        "kwalificatie/25479",
        "organisatie/calibris",
        "profiel/raar-2020",
    ],
)
def test_page_has_what_it_is_in_schema_org(site: httpx.Client, thing: str) -> None:
    found = _EMBEDDED.search(site.get(f"/doc/{thing}").text)
    assert found is not None
    triples = (quad.triple for quad in ox.parse(found[1], ox.RdfFormat.JSON_LD))
    embedded = Graph().parse(data=ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES), format="nt")
    data = site.get(f"/doc/{thing}.nt?_profile=schema").text
    assert len(embedded) > 1
    assert isomorphic(embedded, Graph().parse(data=data, format="nt"))


def test_grounds_of_a_link_are_sentences_and_other_json_is_as_it_is() -> None:
    ground = Ground(next(iter(GroundKind)), "Dezelfde <naam>", "The same <name>", 0.9)
    for language, sentence in (("nl", "Dezelfde"), ("en", "The same")):
        shown = elements.stored(Value("literal", packed((ground,)), None, _JSON), language)
        assert shown.startswith(f"<ul><li>{sentence} &lt;na")
    for other in ('{"a": "<b>"}', "[1", json.dumps([{"soort": 1}])):
        assert elements.stored(Value("literal", other, None, _JSON), "nl").startswith("<code>")


def test_addresses_in_a_message_can_be_followed() -> None:
    shown = elements.linked("Zoek op /search?q=a%20b&c, of kijk op /compare. En <b> /comparex", "/onder")
    assert '<a href="/onder/search?q=a%20b&amp;c">/search?q=a%20b&amp;c</a>, of' in shown
    assert '<a href="/onder/compare">/compare</a>. En &lt;b&gt; /comparex' in shown
