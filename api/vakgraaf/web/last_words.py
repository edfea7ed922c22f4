"""What a client is told whom the server hangs up on, before the application has heard of a request."""

from __future__ import annotations

import json
import re
from email.utils import formatdate
from http import HTTPStatus

from vakgraaf.web.endings import Ending
from vakgraaf.web.negotiation import choose_language
from vakgraaf.web.refusals import TOO_MUCH_HEAD
from vakgraaf.web.status_titles import title_of_status

_LANGUAGE = re.compile(rb"\naccept-language:([^\r\n]*)", re.IGNORECASE)


def language_of(head: bytes) -> str:
    """The language for who sent this, as far as it was read: `choose_language` of a line that nobody has parsed."""
    found = _LANGUAGE.search(head)
    return choose_language(None, found[1].decode("latin-1") if found else None)


def last_words(status: HTTPStatus, detail: str, language: str, *headers: str) -> bytes:
    """A whole answer (RFC 9112) with a problem (RFC 9457) in it, and with these headers beside those that all have."""
    told = {"type": "about:blank", "title": title_of_status(status, language), "status": status, "detail": detail}
    body = json.dumps(told, ensure_ascii=False).encode()
    head = (
        f"HTTP/1.1 {status} {status.phrase}",
        f"date: {formatdate(usegmt=True)}",
        "content-type: application/problem+json",
        f"content-length: {len(body)}",
        f"content-language: {language}",
        *headers,
        "x-content-type-options: nosniff",
        "access-control-allow-origin: *",
        "cache-control: no-store",
        "connection: close",
    )
    return "\r\n".join((*head, "", "")).encode() + body


def answer_to(why: Ending, language: str) -> bytes:
    """What the client is told whose request has no answer yet."""
    status, *detail = _ANSWERS[why]
    return last_words(status, detail[language == "en"], language)


_ANSWERS = {
    Ending.LATE: (
        HTTPStatus.REQUEST_TIMEOUT,
        "Dit verzoek kwam niet op tijd binnen; hoe lang dat mag duren, bepalen VAKGRAAF_HEADER_TIMEOUT_S en"
        " VAKGRAAF_CLIENT_TIMEOUT_S. Stuur het opnieuw.",
        "This request did not arrive in time; VAKGRAAF_HEADER_TIMEOUT_S and VAKGRAAF_CLIENT_TIMEOUT_S say how long it"
        " may take. Send it again.",
    ),
    Ending.TOO_LARGE: (HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE, *TOO_MUCH_HEAD),
    Ending.MALFORMED: (
        HTTPStatus.BAD_REQUEST,
        "Dit is niet te lezen als HTTP/1.1 (RFC 9112). Staat er in het adres een spatie of een letter als é, schrijf"
        " die dan als %20 of %C3%A9.",
        "This cannot be read as HTTP/1.1 (RFC 9112). Where there is a space or a letter like é in the address, write it"
        " as %20 or %C3%A9.",
    ),
}
