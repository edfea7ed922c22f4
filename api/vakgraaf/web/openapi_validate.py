"""What OpenAPI says of `/validate`."""

from __future__ import annotations

from vakgraaf import errors
from vakgraaf.pipeline.kinds import EXTENSIONS
from vakgraaf.validation.reports import REPORT_FORMATS
from vakgraaf.web.openapi import operation, page
from vakgraaf.web.parameters import LANG, VALIDATE_PARAMETERS

_FILES = {"type": "array", "items": {"type": "string", "format": "binary"}}
_FIELDS = {parameter.name: {"type": "string", "description": parameter.text} for parameter in VALIDATE_PARAMETERS}
_UPLOAD = {
    "schema": {"type": "object", "properties": {"data": _FILES, "shapes": _FILES, "text": {"type": "string"}} | _FIELDS}
}
_TEXT = {"schema": {"type": "object", "properties": {"text": {"type": "string"}} | _FIELDS}}

FORM_PAGE = page()
ASKED = operation(
    parameters=(*VALIDATE_PARAMETERS, LANG),
    takes={"multipart/form-data": _UPLOAD, "application/x-www-form-urlencoded": _TEXT}
    | {media_type: {"schema": {}} for media_type in sorted(EXTENSIONS)},
    gives={
        media_type: {"schema": {}} for media_type in ("text/html", *(f.media_type for f in REPORT_FORMATS.values()))
    },
    refuses=(
        400,
        406,
        413,
        415,
        errors.SyntaxProblem,
        errors.UnreadableInput,
        errors.NotAProfile,
        errors.QueryRefused,
        errors.QueryTimeout,
        errors.QueryOutOfMemory,
        errors.QueryCrashed,
        errors.Overloaded,
        errors.RemoteFailure,
    ),
)
