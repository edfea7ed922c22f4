"""HTML pages: templates, in two languages, in which everything from data is escaped."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from functools import cache, lru_cache
from urllib.parse import quote, urlencode

from jinja2 import Environment, PackageLoader, StrictUndefined, pass_context
from jinja2.runtime import Context
from starlette.requests import Request
from starlette.responses import HTMLResponse

from vakgraaf.language.capitals import capitalised
from vakgraaf.language.numbers import grouped
from vakgraaf.rdf import iris
from vakgraaf.rdf.prefixes import PREFIXES
from vakgraaf.web import elements, margin
from vakgraaf.web.result_cache import ResultCache
from vakgraaf.web.static_files import static
from vakgraaf.web.wording import words

_ADDRESSES = 8192
"""So many addresses are remembered: most pages link to the same things."""


def render(
    request: Request,
    template: str,
    language: str,
    headers: Mapping[str, str],
    *,
    status: int = 200,
    **values: object,
) -> HTMLResponse:
    """The page `template` with `values`, in `language`; `_("…")` in it is a text of the catalogue."""
    root = request.scope.get("root_path", "")
    page = (
        _templates(language)
        .get_template(template)
        .render(
            language=language,
            other=other(language),
            other_language=_other_language(request, language),
            root=root,
            static=lambda path: static(path, root),
            local=lambda iri: local(iri, root),
            short=short,
            **values,
        )
    )
    return HTMLResponse(page, status, headers)


async def kept_page(
    request: Request, headers: Mapping[str, str], make: Callable[[], Awaitable[HTMLResponse]]
) -> HTMLResponse:
    """The page as it was made before, while everything that its ETag stands for is the same; else `make` makes it."""
    kept: ResultCache = request.app.state.results
    key = ("page", request.url.path, request.url.query, request.scope.get("root_path", ""), headers["etag"])
    body = kept.get(key)
    if body is not None:
        return HTMLResponse(body, headers=headers)
    page = await make()
    kept.put(key, bytes(page.body))
    return page


def markup(template: str, language: str, **values: object) -> str:
    """What `template` makes of `values` where it is no page."""
    return _templates(language).get_template(template).render(**values)


@lru_cache(_ADDRESSES)
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


@cache
def _templates(language: str) -> Environment:
    """The templates with the words of one language."""
    environment = Environment(
        loader=PackageLoader("vakgraaf.web", "templates"),
        extensions=["jinja2.ext.i18n"],
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals |= {"m": elements, "margin": margin}
    environment.filters["grouped"] = lambda n: grouped(int(n), language)
    # Not jinja's `capitalize`, which takes the capitals out of the rest.
    environment.filters["capitalize_first"] = capitalised
    catalogue = words(language)
    install = environment.install_gettext_callables  # type: ignore[attr-defined]  # the extension brings it
    install(catalogue.gettext, catalogue.ngettext, newstyle=True)
    counting: Callable[..., str] = environment.globals["ngettext"]  # type: ignore[assignment]  # the extension left it
    environment.globals["ngettext"] = _grouping(counting, language)
    return environment


def _grouping(ngettext: Callable[..., str], language: str) -> Callable[..., str]:
    """`ngettext` as the templates have it, that puts the thousands of its number apart."""

    @pass_context
    def grouping(context: Context, one: str, several: str, n: int, **variables: object) -> str:
        return ngettext(context, one, several, n, **{"num": grouped(n, language), **variables})

    return grouping


def other(language: str) -> str:
    """The language that a reader of this one can change to."""
    return "nl" if language == "en" else "en"


def _other_language(request: Request, language: str) -> str:
    """The address of this very page in the other language."""
    kept = [(k, v) for k, v in request.query_params.multi_items() if k != "lang"]
    return "?" + urlencode([*kept, ("lang", other(language))])
