"""The parts of a profile, for a picture of them."""

from __future__ import annotations

from dataclasses import dataclass

from vakgraaf.engine import Engine, Value
from vakgraaf.web.site.crumbs import above, crumbs
from vakgraaf.web.site.demands import asked, demands
from vakgraaf.web.site.names import Named
from vakgraaf.web.site.nearby import nearby, of
from vakgraaf.web.site.outline import PARTS, STEPS, Part, below, every, outline
from vakgraaf.web.site.structure_picture import Picture, picture


@dataclass(frozen=True, slots=True)
class Structure:
    """A profile or qualification, its parts, and where they are drawn."""

    iri: str
    name: Value
    crumbs: tuple[Named, ...]
    parts: tuple[Part, ...]
    picture: Picture


async def view(engine: Engine, subject: str, language: str) -> Structure:
    """The structure of `subject`, asked of the engine."""
    own = of("VALUES ?s { {this} }", "rdfs:label", "vg:nummer", "vg:isOnderdeelVan", *PARTS)
    competences = f"{{this}} {STEPS}*/vg:vereist ?s . VALUES ?o {{ vg:Competentie }} BIND (rdf:type AS ?p) ?s a ?o"
    patterns = (own, above("this"), below("this"), asked("this"), competences)
    near = await nearby(engine, language, *patterns, this=subject)
    parts, name = outline(near, subject), near.label(subject)
    asks = demands(near, (subject, *(part.iri for part in every(parts))))
    return Structure(subject, name, crumbs(near, subject), parts, picture(name.text, parts, asks))
