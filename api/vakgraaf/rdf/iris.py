"""Mint and take apart every IRI of Vakgraaf, as terms of rdflib; `vakgraaf.rdf.names` has them as text.

The pattern is the contract of docs/reference/vocabulary: `id/{klasse}/{reference}` for things, `graph/{name}` for
named graphs, `def#` for terms, `shapes#` for shapes.
"""

from __future__ import annotations

from rdflib import Namespace, URIRef

from vakgraaf.rdf import names

BASE = names.BASE

VG = Namespace(names.DEF)
VGS = Namespace(names.SHAPES)
ONTOLOGY = URIRef(BASE + "def")
ONTOLOGY_VERSION = "1.0.0"
VERSION_IRI = URIRef(f"{BASE}def/{ONTOLOGY_VERSION}")
SHAPES = URIRef(BASE + "shapes")
ENDPOINT = URIRef(names.ENDPOINT)
EXAMPLES = names.EXAMPLES
VOID = names.VOID
DATASET = URIRef(names.DATASET)
CATALOG = BASE + "catalog"

slug = names.slug


def thing(klasse: str, *parts: str | int) -> URIRef:
    """The IRI of a thing, as `names.thing` makes it. Raises what that raises."""
    return URIRef(names.thing(klasse, *parts))


def graph(name: str) -> URIRef:
    """The IRI of the named graph `name`."""
    return URIRef(names.graph(name))


def document_of(identifier: str) -> str:
    """The IRI of the page about a thing: `…/id/x/y` → `…/doc/x/y`; anything else is returned as it is."""
    return identifier.replace(BASE + "id/", BASE + "doc/", 1) if identifier.startswith(BASE + "id/") else identifier
