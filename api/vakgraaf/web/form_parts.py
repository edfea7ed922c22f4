"""The parts of a form with files (RFC 7578), where all of it is there."""

from __future__ import annotations

from email.errors import CloseBoundaryNotFoundDefect
from email.message import Message
from email.parser import BytesParser
from email.policy import HTTP

from vakgraaf.web.problems import HttpProblem


def parts_of(body: bytes, kind: str) -> list[Message]:
    """The parts of a body of media type `kind`, at least one.

    Raises `HttpProblem` 400 where there are none, and where the end is missing (RFC 2046 §5.1.1): then something was
    cut off, if only the last letters of the last file.
    """
    head = b"Content-Type: " + kind.encode("latin-1", "replace") + b"\r\n\r\n"
    message = BytesParser(policy=HTTP).parsebytes(head + body)
    parts: list[Message] = list(message.iter_parts()) if message.is_multipart() else []
    if not parts:
        raise HttpProblem(
            400,
            "Dit formulier is niet te lezen: er staan geen delen in, of Content-Type noemt niet de grens (boundary) die"
            " ertussen staat. Stuur het opnieuw.",
            "This form cannot be read: there are no parts in it, or Content-Type does not name the boundary between"
            " them. Send it again.",
        )
    if any(isinstance(defect, CloseBoundaryNotFoundDefect) for one in (message, *parts) for defect in one.defects):
        raise HttpProblem(
            400,
            "Dit formulier is niet heel aangekomen: de grens die het afsluit (--…--) ontbreekt. Stuur het opnieuw.",
            "This form did not arrive whole: the boundary that closes it (--…--) is missing. Send it again.",
        )
    return parts
