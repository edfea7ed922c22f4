"""Mint and take apart every IRI of Vakgraaf. Nothing else spells the base.

The pattern is the contract of docs/reference/vocabulary: `id/{klasse}/{reference}` for things, `graph/{name}` for
named graphs, `def#` for terms, `shapes#` for shapes.
"""

from __future__ import annotations

import re
import unicodedata

from rdflib import Namespace, URIRef

BASE = "https://w3id.org/vakgraaf/"

VG = Namespace(BASE + "def#")
VGS = Namespace(BASE + "shapes#")
ONTOLOGY = URIRef(BASE + "def")
ONTOLOGY_VERSION = "1.0.0"
VERSION_IRI = URIRef(f"{BASE}def/{ONTOLOGY_VERSION}")
SHAPES = URIRef(BASE + "shapes")
ENDPOINT = URIRef(BASE + "sparql")
EXAMPLES = BASE + ".well-known/sparql-examples/"
VOID = BASE + ".well-known/void"
DATASET = URIRef(VOID + "#dataset")
CATALOG = BASE + "catalog"

_NOT_SLUG = re.compile(r"[^a-z0-9]+")
_NOT_REFERENCE = re.compile(r"[^a-z0-9.]+")


def slug(text: str) -> str:
    """`text` as lower-kebab ASCII: "Cliëntsysteem e.o." → "clientsysteem-e-o"; empty text gives ""."""
    return _NOT_SLUG.sub("-", _ascii(text)).strip("-")


def thing(klasse: str, *parts: str | int) -> URIRef:
    """The IRI of a thing: `thing("werkproces", "x-2011", "1.1")` → …/id/werkproces/x-2011-1.1.

    Parts are joined by "-"; dots of printed numbers stay. Raises ValueError where nothing is left of a part.
    """
    cleaned = [_NOT_REFERENCE.sub("-", _ascii(str(part))).strip("-.") for part in parts]
    if not all(cleaned):
        raise ValueError(f"no reference can be made of {parts!r}")
    return URIRef(f"{BASE}id/{klasse}/{'-'.join(cleaned)}")


def graph(name: str) -> URIRef:
    """The IRI of the named graph `name`."""
    return URIRef(f"{BASE}graph/{name}")


def document_of(identifier: str) -> str:
    """The IRI of the page about a thing: `…/id/x/y` → `…/doc/x/y`; anything else is returned as it is."""
    return identifier.replace(BASE + "id/", BASE + "doc/", 1) if identifier.startswith(BASE + "id/") else identifier


def _ascii(text: str) -> str:
    folded = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in folded if not unicodedata.combining(c))
