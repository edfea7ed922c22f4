"""What a request to `/validate` hands in: a body, a form with files, a form with a text, or an address."""

from __future__ import annotations

import base64
import binascii
import re
import struct
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from vakgraaf.pipeline.case import Case, unpacked
from vakgraaf.pipeline.inputs import Input
from vakgraaf.pipeline.kinds import EXTENSIONS
from vakgraaf.web.content_types import media_type_of
from vakgraaf.web.form_fields import fields_of
from vakgraaf.web.form_parts import parts_of
from vakgraaf.web.problems import HttpProblem

FORM = "application/x-www-form-urlencoded"
MULTIPART = "multipart/form-data"
_UNSAID = {"", "application/octet-stream"}
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f]+")
_LONGEST_NAME = 200
_MOST_FIELDS = 100
_LONGEST_AGAIN = 4 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Submission:
    """Files to be judged and shapes to judge them by, and the other fields of the form by name.

    `text` is what was pasted, as it was sent, so that it can be mended and sent again.
    """

    data: tuple[Input, ...]
    shapes: tuple[Input, ...]
    fields: dict[str, str]
    text: str = ""


def submitted(body: bytes, kind: str, file: str) -> Submission:
    """What a body of media type `kind` hands in; `file` is the name that a bare body is given.

    Raises `HttpProblem` 400 for a form that makes no sense, 415 for what cannot be judged.
    """
    media_type = media_type_of(kind)
    if media_type == FORM:
        return _gathered(_fields(body))
    if media_type == MULTIPART:
        return _gathered(_parts(body, kind))
    if not body:
        return Submission((), (), {})
    return Submission((_input(file, body, media_type),), (), {})


def again(case: Case) -> str | None:
    """What was handed in, for a hidden field of the answer: nothing of it is kept here. None where it is too much."""
    packed = replace(case, form="", with_store=False).packed()
    return base64.urlsafe_b64encode(packed).decode("ascii") if len(packed) <= _LONGEST_AGAIN else None


_Field = tuple[str, Input | str]


def _gathered(fields: Iterable[_Field]) -> Submission:
    data: list[Input] = []
    shapes: list[Input] = []
    said: dict[str, str] = {}
    for name, value in fields:
        if isinstance(value, Input):
            (shapes if name == "shapes" else data).append(value)
        else:
            said[name] = value
    if said.get("again"):
        case = _once_more(said["again"])
        carried, shapes_carried = (
            tuple(_input(f.name, f.content, "") for f in part) for part in (case.inputs, case.shapes)
        )
        return Submission(carried, shapes_carried, said)
    text = said.get("text", "").replace("\r\n", "\n")
    if text.strip():
        data.append(Input(_pasted(said.get("lang")), text.encode(), None))
    if said.get("shapes", "").strip():
        shapes.append(Input("shapes.ttl", said["shapes"].replace("\r\n", "\n").encode(), "ttl"))
    return Submission(tuple(data), tuple(shapes), said, text)


def _fields(body: bytes) -> Iterator[_Field]:
    try:
        yield from fields_of(body, most=_MOST_FIELDS)
    except UnicodeDecodeError as error:
        raise _no_form() from error


def _parts(body: bytes, kind: str) -> Iterator[_Field]:
    """The parts of a form with files (RFC 7578). A file field that was left empty has no name and nothing in it."""
    for part in parts_of(body, kind):
        if part.file is None and part.name not in ("data", "shapes"):
            yield part.name, _text(part.content)
        elif part.content or part.file:
            yield part.name, _input(part.file or "", part.content, media_type_of(part.kind))


def _input(name: str, content: bytes, media_type: str) -> Input:
    """A file by its name, which counts if it has an extension, else by its media type. Raises `HttpProblem` 415."""
    shown = _UNPRINTABLE.sub(" ", PurePosixPath(name.replace("\\", "/")).name)[-_LONGEST_NAME:]
    extension = EXTENSIONS.get(media_type)
    if extension is None and media_type not in _UNSAID and not PurePosixPath(shown).suffix:
        raise HttpProblem(
            415,
            f"Bestanden van het type {media_type} kunnen hier niet worden getoetst.",
            f"Files of type {media_type} cannot be validated here.",
        )
    if extension is not None and not PurePosixPath(shown).suffix:
        shown = f"{shown or 'document'}.{extension}"
    return Input(shown or "document", content)


def _once_more(field: str) -> Case:
    try:
        case = unpacked(base64.b64decode(field, altchars=b"-_", validate=True))
        if not all(isinstance(given.name, str) for given in (*case.inputs, *case.shapes)):
            raise ValueError("a name is a text")
    except (ValueError, KeyError, TypeError, IndexError, binascii.Error, struct.error) as error:
        raise _no_form() from error
    return case


def _pasted(language: str | None) -> str:
    return "pasted text" if language == "en" else "geplakte tekst"


def _text(content: bytes) -> str:
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise _no_form() from error


def _no_form() -> HttpProblem:
    return HttpProblem(
        400,
        "Dit formulier is niet te lezen. Vul het opnieuw in.",
        "This form cannot be read. Fill it in again.",
    )
