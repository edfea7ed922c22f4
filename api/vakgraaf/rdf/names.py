"""Every IRI of Vakgraaf as plain text, for who needs no graph: rdflib takes a tenth of a second to load.

Nothing else spells the base.
"""

from __future__ import annotations

import re
import unicodedata

from vakgraaf.errors import InputError

BASE = "https://w3id.org/vakgraaf/"
DEF = BASE + "def#"
SHAPES = BASE + "shapes#"
ENDPOINT = BASE + "sparql"
EXAMPLES = BASE + ".well-known/sparql-examples/"
VOID = BASE + ".well-known/void"
DATASET = VOID + "#dataset"

_NOT_SLUG = re.compile(r"[^a-z0-9]+")
_NOT_REFERENCE = re.compile(r"[^a-z0-9.]+")


def slug(text: str) -> str:
    """`text` as lower-kebab ASCII: "Cliëntsysteem e.o." → "clientsysteem-e-o"; empty text gives ""."""
    return _NOT_SLUG.sub("-", folded(text)).strip("-")


def graph(name: str) -> str:
    """The IRI of the named graph `name`."""
    return f"{BASE}graph/{name}"


def graph_called(text: str) -> str:
    """The IRI of the graph that somebody calls by its name or by its IRI. Raises `InputError` for an empty text."""
    if not text:
        raise InputError(
            "De naam van de graaf is leeg. Geef een naam of een IRI, of laat --graph weg.",
            "The name of the graph is empty. Give a name or an IRI, or leave --graph out.",
        )
    return text if ":" in text else graph(text)


def thing(klasse: str, *parts: str | int) -> str:
    """The IRI of a thing: `thing("werkproces", "x-2011", "1.1")` → …/id/werkproces/x-2011-1.1.

    Parts are joined by "-"; dots of printed numbers stay. Raises ValueError where nothing is left of a part.
    """
    cleaned = [_NOT_REFERENCE.sub("-", folded(str(part))).strip("-.") for part in parts]
    if not all(cleaned):
        raise ValueError(f"no reference can be made of {parts!r}")
    return f"{BASE}id/{klasse}/{'-'.join(cleaned)}"


def folded(text: str) -> str:
    """`text` in lower case and without accents: "Cliënt" → "client"."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in apart if not unicodedata.combining(c))
