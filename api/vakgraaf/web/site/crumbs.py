"""The way from the home page down to a thing: what it is a part of, from the whole to the part."""

from __future__ import annotations

from vakgraaf.engine import Value
from vakgraaf.rdf import iris
from vakgraaf.web.site.names import Named, numbered
from vakgraaf.web.site.nearby import Nearby, of

HOME = Named(iris.BASE, Value("literal", "Vakgraaf"))
"""Where every way begins."""


def above(name: str) -> str:
    """A pattern: what `crumbs` needs of all that the thing called `name` lies within, however deep."""
    return of(f"{{{name}}} vg:ligtBinnen ?s .", "rdf:type", "rdfs:label", "vg:nummer", "vg:isOnderdeelVan")


def crumbs(near: Nearby, subject: str) -> tuple[Named, ...]:
    """The home page and the wholes that `subject` is a part of, the largest first; without `subject` itself.

    Of a thing that is a part of several, the first whole by name counts. `near` was asked `about` it and `above` it.
    """
    way: list[str] = []
    seen = {subject}
    whole = _whole(near, subject)
    while whole is not None and whole not in seen:
        seen.add(whole)
        way.append(whole)
        whole = _whole(near, whole)
    return (HOME, *(Named(step, numbered(near, step)) for step in reversed(way)))


def _whole(near: Nearby, subject: str) -> str | None:
    """The thing that `subject` is directly a part of; one without a name leads nowhere."""
    return next((whole for whole in near.things(subject, "vg:isOnderdeelVan") if near.text(whole, "rdfs:label")), None)
