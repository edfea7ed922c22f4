"""Errors as answers: RFC 9457 problem details, or a page for who asks for one."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from vakgraaf import errors
from vakgraaf.rdf import iris
from vakgraaf.web.access_log import PROBLEM
from vakgraaf.web.client_watch import ClientGoneError
from vakgraaf.web.negotiation import choose, choose_language
from vakgraaf.web.pages import render
from vakgraaf.web.request_id import request_id
from vakgraaf.web.status_titles import title_of_status

STATUS: dict[type[errors.VakgraafError], int] = {
    errors.SyntaxProblem: 400,
    errors.UnreadableInput: 400,
    errors.UnknownThing: 404,
    errors.GoneThing: 410,
    errors.NotAProfile: 422,
    errors.InputError: 400,
    errors.NotConforming: 422,
    errors.QueryRefused: 403,
    # 414 where it stood in the address.
    errors.QueryTooLong: 413,
    # 504, not 503: asking again will not help, and who answers is a gateway to the process that ran out of time.
    errors.QueryTimeout: 504,
    errors.QueryCrashed: 500,
    # Not 503, for the same reason; and the client can tell it from what is our own fault.
    errors.QueryOutOfMemory: 507,
    errors.QueryCancelled: 503,
    errors.ResultTooLarge: 403,
    errors.NotExpressible: 406,
    errors.Overloaded: 503,
    errors.NotReady: 503,
    errors.RemoteFailure: 502,
    errors.StoreProblem: 500,
    errors.StoreFull: 507,
    errors.MissingTool: 501,
    ClientGoneError: 499,
    errors.VakgraafError: 500,
}
"""Class of error → status; the nearest ancestor that is in the table counts."""

RETRY_AFTER_S = 2


class HttpProblem(errors.VakgraafError):
    """What is wrong is HTTP's own business: a method, a media type, the size of a body."""

    def __init__(self, status: int, nl: str, en: str, headers: dict[str, str] | None = None) -> None:
        super().__init__(nl, en)
        self.status = status
        self.headers = headers or {}


def not_acceptable(offers: list[str]) -> HttpProblem:
    """406, with what there is."""
    listed = ", ".join(offers)
    return HttpProblem(
        406,
        f"Geen van de gevraagde vormen is er. Wel: {listed}.",
        f"None of the forms asked for is available. There are: {listed}.",
    )


async def on_error(request: Request, error: Exception) -> Response:
    """The one handler: every error of the tree, HTTP's own, and what nobody foresaw."""
    if isinstance(error, HTTPException):
        error = _said_by_the_framework(request, error)
    if not isinstance(error, errors.VakgraafError):
        error = errors.VakgraafError(
            "Er ging hier iets mis; het staat in het logboek van de server.",
            "Something went wrong here; the server's log has it.",
        )
    return _answer(request, error)


def _said_by_the_framework(request: Request, error: HTTPException) -> HttpProblem:
    nl = en = str(error.detail)
    if error.status_code == 404:
        nl = "Op dit adres is niets. Klopt het? Zoek anders op /search; op de beginpagina staat wat er is."
        en = "There is nothing at this address. Is it right? Else look at /search; the home page lists what there is."
    elif error.status_code == 405:
        # Which ones are, only the envelope knows: the router stops at the first route.
        nl = f"{request.method} kan op dit adres niet; wat wel kan, staat in de header Allow."
        en = f"{request.method} is not possible at this address; the header Allow says what is."
    return HttpProblem(error.status_code, nl, en, dict(error.headers or {}))


def _answer(request: Request, error: errors.VakgraafError) -> Response:
    status = status_of(error)
    request.scope[PROBLEM] = type(error).__name__
    if isinstance(error, errors.QueryTooLong) and request.method in ("GET", "HEAD"):
        status = 414
    language = choose_language(request.query_params.get("lang"), request.headers.get("accept-language"))
    headers = {"vary": "Accept, Accept-Language", "cache-control": "no-store", "content-language": language}
    if isinstance(error, HttpProblem):
        headers |= error.headers
    if isinstance(error, (errors.Overloaded, errors.NotReady)):
        headers["retry-after"] = str(RETRY_AFTER_S)
    details = _details(error, status, language, request_id(request.scope))
    offers = ["application/problem+json", "application/json", "text/html"]
    if choose(request.headers.get("accept"), offers, offers[0]) == "text/html":
        return render(request, "problem.html", language, headers, status=status, problem=details)
    return JSONResponse(details, status, headers, media_type="application/problem+json")


def status_of(error: errors.VakgraafError) -> int:
    """The status that belongs to an error."""
    if isinstance(error, HttpProblem):
        return error.status
    return next(STATUS[kind] for kind in type(error).__mro__ if kind in STATUS)


def _details(error: errors.VakgraafError, status: int, language: str, name: str) -> dict[str, object]:
    """The members of RFC 9457 §3.1, plus `request`, and `line`, `column` and `token` of what is wrong in a text."""
    kind = type(error).__name__
    is_of_http = isinstance(error, HttpProblem)
    details: dict[str, object] = {
        "type": "about:blank" if is_of_http else f"{iris.BASE}doc/problem#{kind}",
        "title": title_of_status(status, language) if is_of_http else title_of(kind, language),
        "status": status,
        "detail": error.message(language),
    }
    if name:
        details["request"] = name
    if isinstance(error, errors.PlacedError):
        details |= error.place
    if isinstance(error, errors.NotReady) and error.missing:
        details["missing"] = list(error.missing)
    if isinstance(error, errors.NotConforming):
        details["errors"] = list(error.details(language))
        if error.results:
            details["results"] = list(error.results)
    return details


def title_of(kind: str, language: str) -> str:
    """What an error of the class called `kind` is called on a page in `language`."""
    return _TITLES.get(kind, _TITLES["VakgraafError"])[language == "en"]


_TITLES = {
    "SyntaxProblem": ("De tekst klopt niet", "The text is not valid"),
    "UnknownThing": ("Niet gevonden", "Not found"),
    "GoneThing": ("Ingetrokken", "Withdrawn"),
    "QueryRefused": ("Deze vraag mag hier niet", "This query is not allowed here"),
    "QueryTooLong": ("De tekst is te lang", "The text is too long"),
    "QueryTimeout": ("De vraag duurde te lang", "The query took too long"),
    "QueryCrashed": ("De vraag is te zwaar", "The query is too heavy"),
    "QueryOutOfMemory": ("Dit kost te veel geheugen", "This takes too much memory"),
    "Overloaded": ("Te druk", "Too busy"),
    "NotReady": ("Nog niet klaar", "Not ready yet"),
    "ResultTooLarge": ("Het antwoord is te groot", "The answer is too large"),
    "NotExpressible": ("Dit kan niet in dit formaat", "Not possible in this format"),
    "RemoteFailure": ("Een andere server doet niet mee", "Another server fails"),
    "QueryCancelled": ("De vraag is afgebroken", "The query was cancelled"),
    "NotConforming": ("Voldoet niet", "Does not conform"),
    "InputError": ("Niet bruikbaar", "Not usable"),
    "UnreadableInput": ("Niet leesbaar", "Not readable"),
    "NotAProfile": ("Geen profiel", "Not a profile"),
    "StoreProblem": ("De store is niet bruikbaar", "The store is not usable"),
    "StoreFull": ("De schijf is vol", "The disk is full"),
    "MissingTool": ("Er ontbreekt een programma", "A program is missing"),
    "VakgraafError": ("Er ging iets mis", "Something went wrong"),
}
