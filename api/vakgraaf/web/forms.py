"""Which form of a resource a request wants: HTML or one of the RDF formats, by extension, parameter or Accept."""

from __future__ import annotations

from typing import NamedTuple

from starlette.requests import Request

from vakgraaf.rdf.formats import GRAPH_FORMATS, Format, by_extension, named
from vakgraaf.web.negotiation import choose, choose_language
from vakgraaf.web.problems import not_acceptable

HTML = "text/html"
_NAMES = ["html", *(f.name for f in GRAPH_FORMATS)]


class Wanted(NamedTuple):
    """The path without its extension, the RDF format or None for a page, and the language of that page."""

    path: str
    form: Format | None
    language: str

    @property
    def media_type(self) -> str:
        """What the answer will be called."""
        return HTML if self.form is None else self.form.media_type


def wanted(request: Request, path: str, default: str = HTML) -> Wanted:
    """An extension says it, else `?format=` (or `?_mediatype=`), else Accept. Raises `HttpProblem` 406."""
    language = choose_language(request.query_params.get("lang"), request.headers.get("accept-language"))
    if (plain := without_extension(path)) != path:
        return Wanted(plain, by_extension(path, GRAPH_FORMATS), language)
    if request.path_params.get("extension"):  # one that is none of these, and nothing else can be meant by it
        raise not_acceptable(_NAMES)
    if asked := request.query_params.get("format") or request.query_params.get("_mediatype"):
        if asked.casefold() in ("html", HTML):
            return Wanted(path, None, language)
        form = named(asked, GRAPH_FORMATS)
        if form is None:
            raise not_acceptable(_NAMES)
        return Wanted(path, form, language)
    types = {f.media_type: f for f in GRAPH_FORMATS} | {a: f for f in GRAPH_FORMATS for a in f.media_aliases}
    accept = request.headers.get("accept")
    media_type = choose(accept, [HTML, *(f.media_type for f in GRAPH_FORMATS), *types], default)
    if media_type is None:
        raise not_acceptable([HTML, *(f.media_type for f in GRAPH_FORMATS)])
    return Wanted(path, types.get(media_type), language)


def without_extension(path: str) -> str:
    """What `path` is about, without what says in which form it is wanted."""
    form = by_extension(path, GRAPH_FORMATS)
    return path.removesuffix(".html") if form is None else path[: -len(form.extension) - 1]


def links(path: str) -> list[tuple[str, str]]:
    """The other forms of a page, as (title, address)."""
    return [(f.title, f"{path}.{f.extension}") for f in GRAPH_FORMATS]
