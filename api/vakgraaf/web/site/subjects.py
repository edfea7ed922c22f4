"""Which page a thing gets, by its class: the first class of this table that it has decides."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from typing import NamedTuple

from vakgraaf.engine import Engine
from vakgraaf.web.site import profiel, taak
from vakgraaf.web.site.nearby import full
from vakgraaf.web.site.things import THINGS

View = Callable[[Engine, str, str], Awaitable[object]]


class Subject(NamedTuple):
    """A kind of page: the class, the template, and what makes its `it` of engine, IRI and language."""

    klasse: str
    template: str
    view: View


SUBJECTS: tuple[Subject, ...] = (
    Subject("vg:Profiel", "site/profiel.html", profiel.view),
    Subject("vg:Kerntaak", "site/kerntaak.html", taak.view),
    Subject("vg:Werkproces", "site/werkproces.html", taak.view),
    Subject("vg:Taakgebied", "site/taakgebied.html", taak.view),
    Subject("vg:Taak", "site/taak.html", taak.view),
    *(Subject(*one) for one in THINGS),
)
"""Special classes before general ones."""


def subject_of(classes: Iterable[str]) -> Subject | None:
    """The kind of page for a thing of these classes; None: the page that fits anything."""
    there = set(classes)
    return next((subject for subject in SUBJECTS if full(subject.klasse) in there), None)
