"""The page of `/sparql`: a form to ask a question with, the example questions, and what the editor needs to begin."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from vakgraaf.engine import PROLOGUE, select
from vakgraaf.rdf import iris
from vakgraaf.rdf.prefixes import PREFIXES
from vakgraaf.web.caching import engine_of, unchanged, validators
from vakgraaf.web.discovery import link_header
from vakgraaf.web.negotiation import choose_language, names_type
from vakgraaf.web.pages import render
from vakgraaf.web.protocol import HTML, Operation
from vakgraaf.web.static_files import has_editor, version

_XHTML = "application/xhtml+xml"
_START = (
    "".join(f"PREFIX {prefix}: <{PREFIXES[prefix]}>\n" for prefix in ("vg", "rdfs", "skos"))
    + "SELECT ?profiel ?naam WHERE {\n  ?profiel a vg:Profiel ; rdfs:label ?naam .\n}\nLIMIT 100"
)


def is_for_a_reader(request: Request, operation: Operation) -> bool:
    """Whether a link with a question was opened by a person, who wants to see the question as well as the answer.

    Only where nothing but the question was said. A browser names both HTML and XHTML; Java's own client names HTML too,
    and means an answer.
    """
    accept = request.headers.get("accept")
    if accept is None or _XHTML not in accept or request.method not in ("GET", "HEAD"):
        return False
    asked = (operation.query or "").strip()
    return bool(asked) and names_type(accept, [HTML]) and operation == Operation(operation.query)


async def query_page(request: Request, query: str | None = None) -> Response:
    """The page, with `query` in the form; the editor asks it at once."""
    language = choose_language(request.query_params.get("lang"), request.headers.get("accept-language"))
    headers = validators(request, HTML, language) | link_header(request)
    headers["etag"] = f'{headers["etag"][:-1]}-{version()}"'  # what the page loads may come without other data
    if (same := unchanged(request, headers)) is not None:
        return same
    settings = {
        "root": request.scope.get("root_path", ""),
        "language": language,
        "base": iris.BASE,
        "prefixes": PREFIXES,
        "ask": query is not None,
    }
    return render(
        request,
        "sparql.html",
        language,
        headers,
        query=_START if query is None else query,
        examples=await examples(request),
        editor=settings if has_editor() else None,
    )


async def examples(request: Request) -> list[dict[str, str]]:
    """The example queries that are in the store (the SIB convention) in order of their titles; `name` is shorter."""
    rows = await select(engine_of(request), PROLOGUE + _EXAMPLES)
    language = choose_language(request.query_params.get("lang"), request.headers.get("accept-language"))
    found: dict[str, dict[str, str]] = {}
    for row in rows:
        example, title, query = row["example"].text, row["title"], row["query"]
        if example not in found or title.language == language:
            short = row["name"].text if "name" in row else title.text
            found[example] = {"title": title.text, "name": short, "query": query.text}
    return sorted(found.values(), key=lambda example: example["title"].casefold())


_EXAMPLES = """
SELECT DISTINCT ?example ?title ?name ?query WHERE { GRAPH graph:queries {
  { ?example sh:select ?query } UNION { ?example sh:ask ?query } UNION { ?example sh:construct ?query }
  UNION { ?example spex:describe ?query }
  ?example rdfs:comment ?title
  OPTIONAL { ?example rdfs:label ?name FILTER(LANG(?name) = LANG(?title)) }
} }"""
