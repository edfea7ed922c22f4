"""The page that fits anything, made of the same triples by rdflib: what generic browsers of linked data do.

Started as `python -m bench.plain_pages <file with N-Triples> <port>`. A page has everything that is said of a thing and
everything that points to it, with names, in a Jinja template; the first thousand links to it where there are more.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from itertools import islice

import uvicorn
from jinja2 import Environment
from rdflib import RDFS, Graph, Literal, URIRef
from rdflib.term import Node
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.routing import Route

from vakgraaf.rdf.iris import BASE

_MOST = 1000
_PAGE = """<!DOCTYPE html>
<html lang="nl"><head><meta charset="utf-8"><title>{{ title }}</title></head><body><h1>{{ title }}</h1>
{% for heading, groups in (("Zegt", out), ("Wordt genoemd door", into)) %}<h2>{{ heading }}</h2><dl>
{% for name, values in groups %}<dt>{{ name }}</dt>{% for text, target in values %}
<dd>{% if target %}<a href="{{ target }}">{{ text }}</a>{% else %}{{ text }}{% endif %}</dd>{% endfor %}
{% endfor %}</dl>{% endfor %}</body></html>"""


class Pages:
    """Pages from one graph."""

    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        self._template = Environment(autoescape=True).from_string(_PAGE)

    async def page(self, request: Request) -> HTMLResponse:
        """The page of `/doc/…`."""
        here = URIRef(f"{BASE}id/{request.path_params['reference']}")
        out = self._grouped((p, o) for _, p, o in self._graph.triples((here, None, None)))
        into = self._grouped((p, s) for s, p, _ in islice(self._graph.triples((None, None, here)), _MOST))
        if not (out or into):
            return HTMLResponse("", 404)
        return HTMLResponse(self._template.render(title=self._name(here), out=out, into=into))

    def _grouped(self, pairs: Iterable[tuple[Node, Node]]) -> list[tuple[str, list[tuple[str, str]]]]:
        found: dict[Node, list[tuple[str, str]]] = {}
        for name, value in pairs:
            target = str(value) if isinstance(value, URIRef) else ""
            found.setdefault(name, []).append((self._name(value), target))
        return sorted((self._name(name), sorted(values)) for name, values in found.items())

    def _name(self, node: Node) -> str:
        """A name in Dutch, else any, else the IRI."""
        if isinstance(node, Literal):
            return str(node)
        labels = [label for label in self._graph.objects(node, RDFS.label) if isinstance(label, Literal)]
        return str(next((label for label in labels if label.language == "nl"), labels[0] if labels else node))


def main(data: str, port: str) -> None:
    """Load, then answer until ended."""
    graph = Graph()
    graph.parse(data, format="nt")
    # Who starts it asks a query until there is an answer.
    ready = Route("/sparql", lambda _: HTMLResponse("ready"))
    app = Starlette(routes=[Route("/doc/{reference:path}", Pages(graph).page), ready])
    uvicorn.run(app, host="127.0.0.1", port=int(port), log_level="warning")


if __name__ == "__main__":
    main(*sys.argv[1:])
