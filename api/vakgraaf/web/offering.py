"""Which form an answer to a query gets: what Accept and the format parameters of a request make of what there is."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from vakgraaf.engine import Form, offers
from vakgraaf.rdf.formats import COLUMN_FORMATS, FORMATS, Format, named
from vakgraaf.web.negotiation import choose, names_type
from vakgraaf.web.problems import HttpProblem, not_acceptable

HTML = "text/html"
_LONGEST_REMEMBERED = 1024


def negotiate(accept: str | None, formats: tuple[str, ...], form: Form) -> tuple[Format, str]:
    """The format of the answer to a query of this form and the media type to call it (RFC 9110 §12.5.1).

    An Accept header that names one of our types counts first, then the parameters, then the rest of the header. A
    browser names XML without meaning it; of one only the registered types count. A parameter that names a format
    for another form of query is let go, as SPARQLWrapper sends those. Raises `HttpProblem` 406, also where the
    parameters name nothing that is known and the header no type of ours.
    """
    if accept is not None and len(accept) > _LONGEST_REMEMBERED:
        return _chosen.__wrapped__(accept, formats, form)
    return _chosen(accept, formats, form)


@lru_cache(maxsize=512)
def _chosen(accept: str | None, formats: tuple[str, ...], form: Form) -> tuple[Format, str]:
    available = offers(form)
    exact = {f.media_type: f for f in available}
    aliases = {alias: f for f in available for alias in f.media_aliases if alias not in exact}
    browser = names_type(accept, [HTML])
    types = exact if browser else exact | aliases
    if formats and (browser or not names_type(accept, list(types))):
        wanted = _first(formats, available)
        if wanted is not None:
            return wanted, wanted.media_type
        if _first(formats, FORMATS) is None or _first(formats, _missing(form, available)) is not None:
            raise _none(accept, formats, form, available)
    media_type = choose(accept, list(types), available[0].media_type)
    if media_type is None:
        raise _none(accept, formats, form, available)
    return types[media_type], media_type


def content_type(form: Format, media_type: str) -> str:
    """The Content-Type of an answer: what is text says that it is UTF-8."""
    return f"{media_type}; charset=utf-8" if form.text or media_type.startswith("text/") else media_type


def _first(names: Iterable[str], among: Iterable[Format]) -> Format | None:
    return next((f for f in (named(name, among) for name in names) if f is not None), None)


def _missing(form: Form, available: tuple[Format, ...]) -> tuple[Format, ...]:
    """The formats that an optional dependency would add."""
    return tuple(f for f in COLUMN_FORMATS if form is Form.SELECT and f not in available)


def _none(accept: str | None, formats: tuple[str, ...], form: Form, available: tuple[Format, ...]) -> HttpProblem:
    missing = _missing(form, available)
    if _first(formats, missing) or names_type(accept, [t for f in missing for t in (f.media_type, *f.media_aliases)]):
        return HttpProblem(
            406,
            "Voor Arrow en Parquet moet de server de extra 'arrow' hebben: pip install vakgraaf[arrow].",
            "Arrow and Parquet need a server installed with the extra 'arrow': pip install vakgraaf[arrow].",
        )
    return not_acceptable([f.media_type for f in available])
