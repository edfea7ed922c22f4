"""The parts of a form with files (RFC 7578), where all of it is there.

The library for mail would read a form line by line, which takes minutes where somebody sends one of nothing but parts,
takes a file that calls itself a message or a list of parts for that, and follows brackets in a head as deep as they go.
So the boundary is searched for here, and what there may be of heads has an end.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from email.message import Message
from email.parser import HeaderParser
from email.policy import compat32
from email.utils import collapse_rfc2231_value
from typing import NamedTuple

from vakgraaf.web.problems import HttpProblem

MOST_PARTS = 1_000
_LONGEST_HEAD = 4_096
_MOST_OF_HEADS = 256 * 1024
_REST_OF_LINE = re.compile(rb"(--)?[ \t]*+(?:(?=\r?\n)|\Z)")
_EMPTY_LINE = re.compile(rb"\r?\n\r?\n")


class Part(NamedTuple):
    """A part: its name, the name of its file or None, its Content-Type or "", and what is in it."""

    name: str
    file: str | None
    kind: str
    content: bytes


def parts_of(body: bytes, kind: str) -> list[Part]:
    """The parts of a body of media type `kind`, at least one.

    Raises `HttpProblem` 400 where there are none or very many, where their heads are very long, and where the end is
    missing (RFC 2046 §5.1.1): then something was cut off, if only the last letters of the last file.
    """
    boundary = _boundary(kind)
    places = list(_between(body, b"--" + boundary)) if boundary else []
    if not places:
        raise HttpProblem(
            400,
            "Dit formulier is niet te lezen: er staan geen delen in, of Content-Type noemt niet de grens (boundary) die"
            " ertussen staat. Stuur het opnieuw.",
            "This form cannot be read: there are no parts in it, or Content-Type does not name the boundary between"
            " them. Send it again.",
        )
    if places[-1].stop < 0:
        raise HttpProblem(
            400,
            "Dit formulier is niet heel aangekomen: de grens die het afsluit (--…--) ontbreekt. Stuur het opnieuw.",
            "This form did not arrive whole: the boundary that closes it (--…--) is missing. Send it again.",
        )
    halves = [_halved(body[place.start : place.stop]) for place in places]
    if sum(len(head) for head, _ in halves) > _MOST_OF_HEADS:
        raise _too_much_head()
    return [_part(head, content) for head, content in halves]


def _boundary(kind: str) -> bytes:
    if len(kind) > _LONGEST_HEAD:
        return b""
    named = _headers(f"Content-Type: {kind}").get_boundary("")
    return str(named).encode("latin-1", "replace")


def _between(body: bytes, mark: bytes) -> Iterator[slice]:
    """Where each part is, from the end of the line before it; without an end (-1) where no line with `mark` follows.

    Raises `HttpProblem` 400 where `mark` stands there very often.
    """
    begun, looked, at = None, 0, body.find(mark)
    while at >= 0:
        looked += 1
        if looked > MOST_PARTS + 1:
            raise HttpProblem(
                400,
                f"Dit formulier heeft meer dan {MOST_PARTS} delen. Stuur het in stukken, of de bestanden als één.",
                f"This form has more than {MOST_PARTS} parts. Send it in pieces, or the files as one.",
            )
        line = _REST_OF_LINE.match(body, at + len(mark)) if at == 0 or body[at - 1] == ord("\n") else None
        if line is not None:
            if begun is not None:
                yield slice(begun, at - (2 if body[at - 2 : at] == b"\r\n" else 1))
            if line[1]:
                return
            begun = line.end()
        at = body.find(mark, at + len(mark))
    if begun is not None:
        yield slice(begun, -1)


def _halved(text: bytes) -> tuple[bytes, bytes]:
    """The head and the content of a part, of which `text` begins with the end of the line before it."""
    end = _EMPTY_LINE.search(text, 0, _LONGEST_HEAD)
    if end is not None:
        return text[: end.start()], text[end.end() :]
    if len(text) > _LONGEST_HEAD:
        raise _too_much_head()
    return text, b""


def _part(head: bytes, content: bytes) -> Part:
    said = _headers(head.decode("utf-8", "replace").lstrip("\r\n"))
    name = collapse_rfc2231_value(said.get_param("name", "", "content-disposition"))
    return Part(name, said.get_filename(), str(said.get("content-type", "")), _decoded(said, content))


def _too_much_head() -> HttpProblem:
    return HttpProblem(
        400,
        f"Dit formulier is niet te lezen: de headers van een deel zijn langer dan {_LONGEST_HEAD} bytes, of samen"
        f" langer dan {_MOST_OF_HEADS}. Geef bestanden een kortere naam, of stuur er minder tegelijk.",
        f"This form cannot be read: the headers of a part are longer than {_LONGEST_HEAD} bytes, or together longer"
        f" than {_MOST_OF_HEADS}. Give files a shorter name, or send fewer at once.",
    )


def _headers(lines: str) -> Message:
    return HeaderParser(policy=compat32).parsestr(lines)


def _decoded(said: Message, content: bytes) -> bytes:
    """The content without a Content-Transfer-Encoding, which only clients from before RFC 7578 (§4.7) send."""
    if str(said.get("content-transfer-encoding", "")).strip().lower() not in ("base64", "quoted-printable"):
        return content
    said.set_payload(content.decode("ascii", "surrogateescape"))
    decoded = said.get_payload(decode=True)
    assert isinstance(decoded, bytes)
    return decoded
