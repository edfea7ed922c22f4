"""For every template a page that is made with it, in the packaged data: what pages are tested on."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from jinja2 import Environment, Template
from jinja2.meta import find_referenced_templates

import vakgraaf.web

FOLDER = Path(vakgraaf.web.__file__).parent / "templates"
_PARSER = Environment(extensions=["jinja2.ext.i18n"])
_BCP = "thuisbegeleider-2011"
_ADDENDUM = "persoonlijk-begeleider-specifieke-doelgroepen-2013"

PAGES = {
    "alternates.html": f"/doc/kerntaak/{_BCP}-1?_profile=alt",
    "api.html": "/api",
    "catalog.html": "/catalog",
    "definitions.html": "/def",
    "explained.html": "/sparql?explain=on&query=SELECT+*+%7B+%3Fa+a+%3Fb+.+%3Fa+%3Fc+%3Fd+FILTER%28%3Fd+%3D+1%29+%7D",
    "graph.html": f"/graph/bcp-{_BCP}",
    "home.html": "/",
    "problem.html": "/doc/profiel/onbekend",
    "problems.html": "/doc/problem",
    "search.html": "/search?q=gesprek",
    "shapes.html": "/shapes",
    "site/anything.html": "/doc/referentie/sbb-kwalificatiedossier-maatschappelijke-zorg-2016",
    "site/brondocument.html": f"/doc/brondocument/bcp-{_BCP}",
    "site/compare.html": f"/compare?a={_BCP}&b={_ADDENDUM}",
    "site/compare_choose.html": "/compare",
    "site/counted.html": "/doc/skill/gesprekstechnieken?incoming=",
    "site/diff_choose.html": "/diff",
    "site/diff.html": f"/diff?a=bcp-{_BCP}&b=addendum-{_ADDENDUM}",
    "site/framework.html": "/frameworks/nlqf",
    "site/frameworks.html": "/frameworks",
    "site/kerntaak.html": f"/doc/kerntaak/{_BCP}-1",
    "site/links.html": "/links",
    "site/kwalificatie.html": "/doc/kwalificatie/25479",
    "site/levels.html": f"/levels/{_BCP}",
    "site/linked.html": "/doc/skill/gesprekstechnieken?incoming=vg:betreft",
    "site/matrix.html": f"/matrix/{_BCP}",
    "site/new_addendum.html": "/new/addendum",
    "site/passage.html": f"/doc/passage/{_BCP}-r435-r460",
    "site/profiel.html": f"/doc/profiel/{_BCP}",
    "site/skill.html": "/doc/skill/gesprekstechnieken",
    "site/source.html": f"/sources/addendum-{_ADDENDUM}",
    "site/structure.html": f"/structure/{_BCP}",
    "site/taak.html": f"/doc/taak/{_ADDENDUM}-1",
    "site/taakgebied.html": f"/doc/taakgebied/{_ADDENDUM}-organisatie-en-professiegebonden-taken",
    "site/thing.html": f"/doc/begrip/{_BCP}-begeleiden",
    "site/werkproces.html": f"/doc/werkproces/{_BCP}-1.1",
    "sparql.html": "/sparql",
    "validate.html": "/validate",
    "void.html": "/.well-known/void",
}
"""Template → address. Templates that others include or extend need none of their own."""

ELSEWHERE = frozenset(("validated.html",))
"""Templates of answers to a form: tests/browser/test_validate.py sends it, and judges the page."""

REFUSED = {"problem.html": 404}
"""Statuses of the pages that are not 200."""


def templates() -> set[str]:
    """The names of all templates of pages."""
    return {path.relative_to(FOLDER).as_posix() for path in FOLDER.rglob("*.html")}


def shown() -> set[str]:
    """The templates that a test shows something of: their own of these pages, and what those build on."""
    found, todo = set[str](), [*PAGES, *ELSEWHERE]
    while todo:
        name = todo.pop()
        if name not in found:
            found.add(name)
            todo += filter(None, find_referenced_templates(_PARSER.parse((FOLDER / name).read_text("utf-8"))))
    return found


@contextmanager
def rendered() -> Iterator[list[str]]:
    """The names of the templates that servers of this process make pages with meanwhile."""
    names: list[str] = []
    plain = Template.render

    def noting(template: Template, *args: object, **values: object) -> str:
        names.append(str(template.name))
        return plain(template, *args, **values)

    Template.render = noting  # type: ignore[method-assign]  # undone below
    try:
        yield names
    finally:
        Template.render = plain  # type: ignore[method-assign]  # as it was
