"""The names of graphs: IRIs, and none for the unnamed one; blank nodes are none here, though RDF 1.1 §4 has them."""

from __future__ import annotations

import pyoxigraph as ox

from vakgraaf.errors import InputError


def graph_named(iri: str | None) -> ox.NamedNode | ox.DefaultGraph:
    """The graph of this name; None is the unnamed one. Raises `InputError` where it is no IRI (RFC 3987)."""
    return ox.DefaultGraph() if iri is None else named_node(iri)


def named_node(iri: str) -> ox.NamedNode:
    """The same for a graph with a name."""
    try:
        return ox.NamedNode(iri)
    except ValueError as error:
        raise InputError(
            f"<{iri}> is geen geldige IRI en kan dus geen naam van een graaf zijn ({error}). Kies een andere naam.",
            f"<{iri}> is not a valid IRI, so it cannot be the name of a graph ({error}). Choose another name.",
        ) from error


def nameless(place: str = "") -> InputError:
    """The refusal of a graph whose name is a blank node; in the file `place` it stands."""
    nl, en = (f"{place}: een graaf", f"{place}: a graph") if place else ("Een graaf", "A graph")
    return InputError(
        f"{nl} heeft hier een blanke knoop als naam (_:g of [], in JSON-LD @graph zonder @id). In deze store heeft elke"
        " graaf een IRI als naam: geef haar er een, of zet wat erin staat buiten alle grafen.",
        f"{en} has a blank node for its name here (_:g or [], in JSON-LD @graph without @id). In this store every graph"
        " has an IRI for its name: give it one, or put what is in it outside all graphs.",
    )
