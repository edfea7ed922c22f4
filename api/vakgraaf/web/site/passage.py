"""The page of a passage: what is printed there, and what was made of it."""

from __future__ import annotations

from dataclasses import dataclass, fields

from vakgraaf.engine import Engine, Value
from vakgraaf.web.site.layouts import PASSAGE
from vakgraaf.web.site.nearby import Source, of
from vakgraaf.web.site.thing import ThingPage, surroundings, thing_page

_LINES = ("oa:exact", "vg:beginRegel", "vg:eindRegel")


@dataclass(frozen=True, slots=True)
class PassagePage(ThingPage):
    """What the template shows beside what it shows of anything."""

    exact: Value | None
    place: tuple[Source, ...]


async def view(engine: Engine, iri: str, language: str) -> PassagePage:
    """The page."""
    of_document = of("{thing} vg:brondocument ?s .", "dct:rights", "rdfs:label")
    near = await surroundings(engine, iri, language, PASSAGE, of("VALUES ?s { {thing} }", *_LINES), of_document)
    page = thing_page(near, iri, PASSAGE)
    shown = {field.name: getattr(page, field.name) for field in fields(ThingPage)}
    documents = near.things(iri, "vg:brondocument")
    if not page.rights:
        shown["rights"] = tuple(right for document in documents for right in near.rights(document))
    place = near.passage(iri)
    return PassagePage(**shown, exact=near.text(iri, "oa:exact"), place=() if place is None else (place,))
