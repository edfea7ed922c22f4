"""The forms of a page that is also a table or a picture, and which of them a request wants."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from starlette.requests import Request

from vakgraaf.web.negotiation import choose, choose_language
from vakgraaf.web.openapi import Described, Refusal, operation
from vakgraaf.web.parameters import LANG, Parameter
from vakgraaf.web.problems import not_acceptable


class Offer(NamedTuple):
    """One form: its value of `?format=` and extension, its media type, and what it is called."""

    name: str
    media_type: str
    title: str

    @property
    def content_type(self) -> str:
        """The Content-Type header: all of these are texts in UTF-8."""
        return self.media_type if self.media_type == JSON_TYPE else f"{self.media_type}; charset=utf-8"


JSON_TYPE = "application/json"
HTML = Offer("html", "text/html", "HTML")
SVG = Offer("svg", "image/svg+xml", "SVG")
CSV = Offer("csv", "text/csv", "CSV")
JSON = Offer("json", JSON_TYPE, "JSON")

_FORMAT = "The form, by its name ({names}) or media type; an extension goes before it, `Accept` after it."


class Chosen(NamedTuple):
    """The path without its extension, the form, and the language of the words in it."""

    path: str
    form: Offer
    language: str


def chosen(request: Request, path: str, offers: Sequence[Offer]) -> Chosen:
    """An extension says it, else `?format=`, else Accept (RFC 9110 §12.5.1). Raises `HttpProblem` 406."""
    language = choose_language(request.query_params.get("lang"), request.headers.get("accept-language"))
    for offer in offers:
        if path.endswith(f".{offer.name}"):
            return Chosen(path.removesuffix(f".{offer.name}"), offer, language)
    if request.path_params.get("extension"):  # one that names none of these
        found = None
    elif asked := request.query_params.get("format"):
        found = next((offer for offer in offers if asked.casefold() in (offer.name, offer.media_type)), None)
    else:
        media_type = choose(request.headers.get("accept"), [offer.media_type for offer in offers])
        found = next((offer for offer in offers if offer.media_type == media_type), None)
    if found is None:
        raise not_acceptable([offer.name for offer in offers])
    return Chosen(path, found, language)


def described(offers: Sequence[Offer], *refuses: Refusal, parameters: Sequence[Parameter] = ()) -> Described:
    """What OpenAPI says of an address that offers these forms."""
    form = Parameter("format", _FORMAT.format(names=", ".join(f"`{offer.name}`" for offer in offers)))
    gives = {offer.media_type: {"schema": {} if offer is JSON else {"type": "string"}} for offer in offers}
    return operation(parameters=(*parameters, form, LANG), gives=gives, refuses=(*refuses, 406))
