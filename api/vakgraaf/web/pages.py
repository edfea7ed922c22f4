"""HTML pages: templates, in two languages, in which everything from data is escaped."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from urllib.parse import quote, urlencode

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse

from vakgraaf.rdf import iris
from vakgraaf.rdf.prefixes import PREFIXES

STATIC = Path(__file__).parent / "static"
"""The folder of the style sheet; nothing on a page comes from another host."""

_TEMPLATES = Environment(
    loader=PackageLoader("vakgraaf.web", "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def render(
    request: Request,
    template: str,
    language: str,
    headers: Mapping[str, str],
    *,
    status: int = 200,
    **values: object,
) -> HTMLResponse:
    """The page `template` with `values`, in `language`; `t(nl, en)` in it picks the right text."""
    page = _TEMPLATES.get_template(template).render(
        t=_translator(language),
        language=language,
        other_language=_other_language(request, language),
        root=request.scope.get("root_path", ""),
        local=lambda iri: local(iri, request.scope.get("root_path", "")),
        short=short,
        **values,
    )
    return HTMLResponse(page, status, headers)


def local(iri: str, root: str = "") -> str | None:
    """Where a link to `iri` should go: here if it is ours, there if it is on the web, nowhere (None) otherwise."""
    if iri.startswith(iris.BASE):
        path, hash_sign, fragment = iri.removeprefix(iris.BASE).partition("#")
        return f"{root}/{quote(path, safe='/:@!$&()*+,;=~%')}{hash_sign}{quote(fragment)}"
    return iri if iri.startswith(("http://", "https://", "mailto:")) else None


def short(iri: str) -> str:
    """`iri` as a reader can say it: prefixed where the table has its namespace, else its last part or all of it."""
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace) and len(iri) > len(namespace):
            return f"{prefix}:{iri.removeprefix(namespace)}"
    return iri


def _translator(language: str) -> Callable[[str, str], str]:
    return lambda nl, en: en if language == "en" else nl


def _other_language(request: Request, language: str) -> str:
    """The address of this very page in the other language."""
    kept = [(k, v) for k, v in request.query_params.multi_items() if k != "lang"]
    return "?" + urlencode([*kept, ("lang", "nl" if language == "en" else "en")])
