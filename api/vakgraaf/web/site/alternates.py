"""Every form of a thing: as `Link` headers, and as a list for people and machines (Content Negotiation by Profile)."""

from __future__ import annotations

from collections.abc import Iterable

from rdflib import BNode, Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, RDF, Namespace

from vakgraaf.rdf.formats import GRAPH_FORMATS, Format
from vakgraaf.rdf.prefixes import empty_graph
from vakgraaf.web.site.representations import NATIVE, Representation

_ALTR = Namespace("http://www.w3.org/ns/dx/connegp/altr#")
_HTML = "text/html"


def link_header(page: str, there: Iterable[Representation], chosen: Representation) -> str:
    """The value of `Link`: this profile as `profile`, all others with their types as `alternate` (RFC 8288)."""
    links = [f'<{chosen.iri}>; rel="profile"', f'<{page}>; rel="canonical"']
    for representation in there:
        for form in GRAPH_FORMATS:
            target = f"{page}.{form.extension}" if representation is NATIVE else address(page, representation, form)
            links.append(f'<{target}>; rel="alternate"; type="{form.media_type}"; profile="{representation.iri}"')
    return ", ".join(links)


def address(page: str, representation: Representation, form: Format) -> str:
    """Where a thing is in one profile and one format."""
    return f"{page}?_profile={representation.token}&_mediatype={form.media_type.replace('+', '%2B')}"


def as_graph(subject: str, page: str, there: Iterable[Representation]) -> Graph:
    """The list in the vocabulary of the W3C document."""
    graph = empty_graph()
    graph.bind("altr", _ALTR)
    here = URIRef(subject)
    for representation in there:
        forms = ([_HTML] if representation is NATIVE else []) + [form.media_type for form in GRAPH_FORMATS]
        node = BNode(representation.token)
        graph.add((here, _ALTR.hasRepresentation, node))
        graph.add((node, RDF.type, _ALTR.Representation))
        graph.add((node, DCTERMS.conformsTo, URIRef(representation.iri)))
        graph.add((node, _ALTR.hasToken, Literal(representation.token)))
        for media_type in forms:
            graph.add((node, DCTERMS.format, Literal(media_type)))
        if representation is NATIVE:
            graph.add((here, _ALTR.hasDefaultRepresentation, node))
            graph.add((node, DCTERMS.isFormatOf, URIRef(page)))
    return graph


def embedded(json_ld: str) -> str:
    """JSON-LD that can stand inside a `script` element: nothing in it can end that element."""
    return json_ld.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026").strip()
