"""Line and column of every triple in a file: our own pass, beside the real parser, which keeps none."""

from __future__ import annotations

from vakgraaf.rdf.formats import JSON_LD, RDF_XML, Format
from vakgraaf.rdf.positions.json_ld import json_ld_spots
from vakgraaf.rdf.positions.rdf_xml import rdf_xml_spots
from vakgraaf.rdf.positions.spots import Spot, Spots
from vakgraaf.rdf.positions.turtle import turtle_spots

__all__ = ["Spot", "Spots", "places_in"]


def places_in(content: bytes, form: Format, base: str = "") -> Spots:
    """Where the triples of `content` stand, in a file that a parser has accepted; what is not found is just absent.

    `base` is the IRI that relative ones were resolved against. Nothing is fetched.
    """
    text = content.decode("utf-8-sig", errors="replace")
    if form is JSON_LD:
        return json_ld_spots(text, base)
    return rdf_xml_spots(text, base) if form is RDF_XML else turtle_spots(text, base)
