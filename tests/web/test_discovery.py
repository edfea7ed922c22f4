"""Clients that know nothing find their way: the questions that editors, federators and harvesters ask."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import httpx
import pytest
from pyshacl import validate
from rdflib import DCAT, DCTERMS, FOAF, RDF, SDO, SH, VOID, Graph, Literal, Namespace, URIRef

from vakgraaf.engine import EXTENSION_FUNCTIONS
from vakgraaf.rdf import iris
from vakgraaf.rdf.prefixes import PREFIXES
from vakgraaf.settings import Settings
from vakgraaf.web.limits import LIMITS

SD = Namespace(PREFIXES["sd"])
SHAPES = Path(__file__).parents[3] / "shared" / "reference" / "dcat-ap-nl"
EXTENSIONS = {"ttl": "turtle", "nt": "nt", "rdf": "xml", "jsonld": "json-ld"}
BROWSER = {"accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
Running = Callable[..., AbstractContextManager[str]]


def asked(client: httpx.Client, query: str) -> list[dict[str, str]]:
    """What an editor in a browser gets: GET, JSON, in the default graph, with a parameter that means nothing here."""
    answer = client.get(
        "/sparql", params={"ac": "1", "query": query}, headers={"accept": "application/sparql-results+json"}
    )
    assert answer.headers["access-control-allow-origin"] == "*"
    return [{name: term["value"] for name, term in row.items()} for row in answer.json()["results"]["bindings"]]


def graph_of(client: httpx.Client, path: str, accept: str = "text/turtle") -> Graph:
    answer = client.get(path, headers={"accept": accept})
    assert answer.status_code == 200
    return Graph().parse(data=answer.content, format=accept)


def service_of(client: httpx.Client, path: str = "/sparql") -> tuple[Graph, object]:
    graph = graph_of(client, path)
    (service,) = graph.subjects(RDF.type, SD.Service)
    return graph, service


def test_editor_finds_every_prefix_once(client: httpx.Client) -> None:
    rows = asked(
        client,
        f"PREFIX sh: <{SH}> SELECT ?prefix ?namespace WHERE {{ [] sh:namespace ?namespace ; sh:prefix ?prefix }}",
    )
    assert len(rows) == len(PREFIXES)
    assert {row["prefix"]: row["namespace"] for row in rows} == PREFIXES


@pytest.mark.parametrize(
    "by_graph", ["", "OPTIONAL { ?graph sd:graph ?part . ?part void:classPartition ?cp }"], ids=["plain", "by graph"]
)
def test_editor_finds_what_things_of_a_class_have(client: httpx.Client, by_graph: str) -> None:
    """Newer editors look for the partitions of graphs first; where there were some, they would find no others."""
    rows = asked(
        client,
        f"""PREFIX void: <{VOID}> PREFIX ext: <{PREFIXES["void-ext"]}>
        PREFIX sd: <{SD}> PREFIX rdfs: <{PREFIXES["rdfs"]}>
        SELECT DISTINCT ?class ?label ?prop ?object ?datatype ?n WHERE {{
          {{ {by_graph} ?cp void:class ?class ; void:propertyPartition ?pp . OPTIONAL {{ ?class rdfs:label ?label }}
            ?pp void:property ?prop . OPTIONAL {{ ?pp void:triples ?n }}
            OPTIONAL {{ {{ ?pp void:classPartition [ void:class ?object ] }}
              UNION {{ ?pp ext:datatypePartition [ ext:datatype ?datatype ] }} }} }}
          UNION {{ ?linkset void:subjectsTarget [ void:class ?class ] ; void:linkPredicate ?prop ;
            void:objectsTarget [ void:class ?object ] }} }}""",
    )
    kerntaak = [row for row in rows if row["class"] == str(iris.VG.Kerntaak)]
    assert {row["label"] for row in kerntaak} == {"Kerntaak", "Core task"}
    has = {(row["prop"], row.get("object", row.get("datatype", "")), row["n"]) for row in kerntaak}
    assert (PREFIXES["rdfs"] + "label", PREFIXES["rdf"] + "langString", "1") in has
    profiel = {(row["prop"], row.get("object", "")) for row in rows if row["class"] == str(iris.VG.Profiel)}
    assert (str(iris.VG.heeftKerntaak), str(iris.VG.Kerntaak)) in profiel


def test_editor_finds_the_example_queries(client: httpx.Client) -> None:
    rows = asked(
        client,
        f"""PREFIX sh: <{SH}> PREFIX rdfs: <{PREFIXES["rdfs"]}> SELECT DISTINCT ?sq ?comment ?query WHERE {{
          ?sq a sh:SPARQLExecutable ; rdfs:comment ?comment ; sh:select|sh:ask|sh:construct|sh:describe ?query
        }} ORDER BY ?sq""",
    )
    assert [row["comment"] for row in rows] == ["Welke profielen zijn er?"]


@pytest.mark.parametrize("path", ["/sparql", "/sparql/"])
def test_service_description_names_the_endpoint_that_was_asked(client: httpx.Client, path: str) -> None:
    """The three tests of the W3C suite (service-description): RDF on GET, a matching sd:endpoint, the schema."""
    graph, service = service_of(client, path)
    assert set(graph.objects(service, SD.endpoint)) == {URIRef(f"{client.base_url}".rstrip("/") + path)}
    assert (service, SD.supportedLanguage, SD.SPARQL11Query) in graph
    for name in ("resultFormat", "feature", "supportedLanguage", "extensionFunction", "defaultEntailmentRegime"):
        assert all(isinstance(value, URIRef) for value in graph.objects(service, SD[name]))
    (dataset,) = graph.objects(service, SD.defaultDataset)
    assert (dataset, RDF.type, SD.Dataset) in graph
    (default,) = graph.objects(dataset, SD.defaultGraph)
    assert (default, RDF.type, SD.Graph) in graph
    for named in graph.objects(dataset, SD.namedGraph):
        assert len(list(graph.objects(named, SD.name))) == len(list(graph.objects(named, SD.graph))) == 1


def test_endpoint_stands_where_comunica_looks(client: httpx.Client) -> None:
    """On a node without a name, whatever address a proxy gave the server."""
    _, service = service_of(client)
    assert not isinstance(service, URIRef)


@pytest.mark.parametrize(
    "media_type", ["text/turtle", "application/n-triples", "application/rdf+xml", "application/ld+json"]
)
@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")  # rdflib's JSON-LD parser
def test_service_description_comes_in_every_format(client: httpx.Client, media_type: str) -> None:
    form = "json-ld" if media_type.endswith("ld+json") else media_type
    answer = client.get("/sparql", headers={"accept": media_type})
    assert answer.headers["content-type"].partition(";")[0] == media_type
    graph = Graph().parse(data=answer.content, format=form)
    assert len(list(graph.subject_objects(SD.endpoint))) == 1


def test_service_description_has_an_address_for_browsers_and_links_to_the_others(client: httpx.Client) -> None:
    answer = client.get("/sparql?format=turtle", headers=BROWSER)
    assert answer.headers["content-type"].startswith("text/turtle")
    assert set(re.findall(r"<[^>]*:\d+/([^>]*)>; rel", answer.headers["link"])) == {
        ".well-known/void",
        "catalog",
        "sparql",
    }


def test_service_description_says_what_is_there_and_not_what_is_not(client: httpx.Client, narrow: str) -> None:
    graph, service = service_of(client)
    assert set(graph.objects(service, SD.feature)) == {SD.UnionDefaultGraph}
    assert set(graph.objects(service, SD.supportedLanguage)) == {SD.SPARQL11Query}
    assert not list(graph.objects(service, SD.inputFormat))
    assert {str(f) for f in graph.objects(service, SD.extensionFunction)} == set(EXTENSION_FUNCTIONS)
    with httpx.Client(base_url=narrow) as other:
        graph, service = service_of(other)
        assert not list(graph.objects(service, SD.feature))
        (triples,) = graph.objects(graph.value(iris.DATASET, SD.defaultGraph), VOID.triples)
        assert int(str(triples)) == 0  # the unnamed graph


def test_service_description_has_the_graphs_with_the_sizes_that_a_query_finds(client: httpx.Client) -> None:
    graph, _ = service_of(client)
    told = {
        str(graph.value(node, SD.name)): int(str(graph.value(graph.value(node, SD.graph), VOID.triples)))
        for node in graph.objects(iris.DATASET, SD.namedGraph)
    }
    rows = asked(client, "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g")
    assert told == {row["g"]: int(row["n"]) for row in rows}
    description = str(iris.graph("beschrijving"))
    (row,) = asked(
        client,
        f"""SELECT (COUNT(*) AS ?n) {{
          SELECT DISTINCT ?s ?p ?o {{ GRAPH ?g {{ ?s ?p ?o }} FILTER (?g != <{description}>) }} }}""",
    )
    (whole,) = graph.objects(graph.value(iris.DATASET, SD.defaultGraph), VOID.triples)
    assert str(whole) == row["n"]


def test_limits_are_settings_and_stand_on_the_page_and_in_the_description(client: httpx.Client) -> None:
    graph, service = service_of(client)
    told = {
        str(graph.value(node, SDO.propertyID)): graph.value(node, SDO.value)
        for node in graph.objects(service, SDO.additionalProperty)
    }
    assert set(told) == {limit.name for limit in LIMITS}
    assert told["query_timeout_s"] == Literal(2)
    assert {limit.name for limit in LIMITS} - {"max_body_bytes"} <= set(Settings.model_fields)
    text = client.get("/", headers=BROWSER).text
    assert "Tijd voor een vraag, het antwoord inbegrepen" in text
    assert '<td class="number">2 s</td>' in text


@pytest.mark.parametrize("path", ["/.well-known/void", "/catalog"])
@pytest.mark.parametrize("extension", list(EXTENSIONS))
@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")  # rdflib's JSON-LD parser
def test_description_is_the_same_in_every_format(client: httpx.Client, path: str, extension: str) -> None:
    data = client.get(f"{path}.{extension}", headers=BROWSER)
    found = Graph().parse(data=data.content, format=EXTENSIONS[extension])
    assert set(found) == set(graph_of(client, path))
    assert "describedby" in data.headers["link"]


@pytest.mark.parametrize("path", ["/.well-known/void", "/catalog"])
def test_who_asks_for_nothing_in_particular_gets_turtle_and_a_browser_a_page(client: httpx.Client, path: str) -> None:
    assert client.get(path).headers["content-type"].startswith("text/turtle")
    for language, word in (("nl", "Rechten" if path == "/catalog" else "Uitspraken"), ("en", "Graph")):
        page = client.get(path, headers={**BROWSER, "accept-language": language})
        assert page.headers["content-type"].startswith("text/html")
        assert word.casefold() in page.text.casefold()
    assert client.get(path, headers={"accept": "image/png"}).status_code == 406


@pytest.mark.parametrize("path", ["/.well-known/void", "/catalog", "/sparql", "/dataset.nq"])
def test_unchanged_description_is_304(client: httpx.Client, path: str) -> None:
    first = client.get(path, headers={"accept": "text/turtle, application/n-quads"})
    assert "Accept" in first.headers["vary"]
    again = client.get(
        path, headers={"accept": "text/turtle, application/n-quads", "if-none-match": first.headers["etag"]}
    )
    assert again.status_code == 304


def test_void_describes_the_dataset_and_where_to_get_it(client: httpx.Client) -> None:
    graph = graph_of(client, "/.well-known/void")
    assert graph.value(URIRef(iris.VOID), FOAF.primaryTopic) == iris.DATASET
    assert (iris.DATASET, RDF.type, VOID.Dataset) in graph
    for name in ("triples", "entities", "classes", "properties", "distinctSubjects", "distinctObjects"):
        assert int(str(graph.value(iris.DATASET, VOID[name]))) > 0
    assert graph.value(iris.DATASET, VOID.sparqlEndpoint) == iris.ENDPOINT
    titles = {str(t) for part in graph.objects(iris.DATASET, VOID.subset) for t in graph.objects(part, DCTERMS.title)}
    assert {"Proef", "Ontologie van Vakgraaf"} <= titles


def test_everything_comes_in_one_file(client: httpx.Client) -> None:
    graphs = set(re.findall(r"<([^>]*)> \.$", client.get("/dataset.nq").text, re.MULTILINE))
    assert {str(iris.graph(name)) for name in ("proef-2020", "ontology", "beschrijving")} <= graphs
    assert client.get("/dataset", headers={"accept": "application/trig"}).headers["content-type"] == "application/trig"
    assert client.get("/dataset", headers=BROWSER).status_code == 303
    assert client.get("/dataset.ttl").status_code == 404


def test_example_queries_are_at_the_address_of_their_iris(client: httpx.Client) -> None:
    graph = graph_of(client, "/.well-known/sparql-examples")
    assert list(graph.subjects(RDF.type, SH.SPARQLExecutable))
    assert client.get("/.well-known/sparql-examples/prefixes").status_code == 200
    assert client.get("/.well-known/sparql-examples", headers=BROWSER).headers["location"] == "/sparql"


def test_every_download_of_the_catalogue_is_there(client: httpx.Client) -> None:
    graph = graph_of(client, "/catalog")
    places = list(graph.subject_objects(DCAT.downloadURL))
    assert len(places) == 2 + 4 * len(list(graph.objects(iris.DATASET, DCTERMS.hasPart)))
    for place, address in places:
        answer = client.head(str(address))
        assert answer.status_code == 200, address
        media_type = answer.headers["content-type"].partition(";")[0]
        assert str(graph.value(place, DCAT.mediaType)).endswith(media_type)
    for address in (*graph.objects(None, DCAT.landingPage), *graph.objects(None, DCAT.endpointURL)):
        assert client.head(str(address), headers=BROWSER).status_code == 200, address


def test_catalogue_takes_rights_and_licence_from_the_data(client: httpx.Client) -> None:
    graph = graph_of(client, "/catalog")
    dataset = URIRef(f"{iris.VOID}#graaf.proef-2020")
    (licence,) = graph.objects(dataset, DCTERMS.license)
    assert str(licence).endswith("geslotenlicentie")
    labels = {
        str(label)
        for place in graph.objects(dataset, DCAT.distribution)
        for statement in graph.objects(place, DCTERMS.rights)
        for label in graph.objects(statement)
    }
    assert "© Uitgever" in labels
    ontology = URIRef(f"{iris.VOID}#graaf.ontology")
    assert "creativecommons" in str(graph.value(ontology, DCTERMS.license))


def test_publisher_and_contact_are_settings(tmp_path: Path, running: Running) -> None:
    with running(
        tmp_path,
        publisher_name="Proef BV",
        publisher_iri="https://proef.example/#wij",
        publisher_contact="mailto:data@proef.example",
    ) as address:
        text = httpx.get(f"{address}/catalog", headers=BROWSER).text
        graph = Graph().parse(data=httpx.get(f"{address}/catalog").content, format="turtle")
    assert "Proef BV" in text
    assert 'href="mailto:data@proef.example"' in text
    assert graph.value(URIRef(iris.CATALOG), DCTERMS.publisher) == URIRef("https://proef.example/#wij")
    assert URIRef("mailto:data@proef.example") in set(graph.objects())


def test_catalogue_invents_no_address(client: httpx.Client) -> None:
    assert not re.search(r"mailto:|@\w+\.\w", client.get("/catalog.nt").text)


def _shapes() -> Graph:
    """All shapes of DCAT-AP-NL; two places in SEMIC's file refer to shapes that have nothing in them."""
    shapes = Graph()
    for path in sorted(SHAPES.glob("*.ttl")):
        shapes.parse(path)
    for subject, _, shape in list(shapes.triples((None, SH.property, None))):
        if (shape, SH.path, None) not in shapes:
            shapes.remove((subject, SH.property, shape))
    return shapes


@pytest.mark.skipif(not SHAPES.is_dir(), reason="the shapes of DCAT-AP-NL are not here")
def test_catalogue_conforms_to_dcat_ap_nl_without_a_warning(client: httpx.Client) -> None:
    graph = graph_of(client, "/catalog")
    conforms, _, text = validate(graph, shacl_graph=_shapes(), allow_infos=False, allow_warnings=False)
    assert conforms, text


def test_crawlers_may_read_everything_but_answers(client: httpx.Client) -> None:
    lines = client.get("/robots.txt").text.splitlines()
    assert lines[0] == "User-agent: *"
    assert "Disallow: /sparql?" in lines
    assert "Disallow: /" not in lines
