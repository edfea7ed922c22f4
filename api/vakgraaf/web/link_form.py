"""What is posted to `/links`: decisions from a form, or a file of SSSOM; and the token, which nothing here keeps."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from vakgraaf.linking.mappings.decisions import Verdict
from vakgraaf.pipeline.linking.changes import Wish
from vakgraaf.rdf.iris import thing
from vakgraaf.web.content_types import media_type_of
from vakgraaf.web.form_fields import fields_of
from vakgraaf.web.form_parts import parts_of
from vakgraaf.web.problems import HttpProblem

FORM = "application/x-www-form-urlencoded"
MULTIPART = "multipart/form-data"
TSV = "text/tab-separated-values"
MOST_WISHES = 200
_VERDICTS = {"accept": Verdict.ACCEPT, "reject": Verdict.REJECT, "undo": Verdict.UNDO}


@dataclass(frozen=True, slots=True)
class Posted:
    """What came: fields by name, and a file of SSSOM where there is one."""

    fields: dict[str, str]
    file: str | None = None

    @property
    def token(self) -> str:
        """The token of the form; "" where it has none."""
        return self.fields.get("token", "").strip()

    @property
    def role(self) -> str:
        """In which role is decided."""
        return self.fields.get("role", "")

    def wishes(self) -> list[Wish]:
        """The decisions: of each mapping `besluit-{code}` and, for this mapping, `relatie-` and `reden-`.

        Raises `HttpProblem` 400 for a code or a decision that is none, and where there are too many.
        """
        found = []
        for name, value in self.fields.items():
            field, _, code = name.partition("-")
            if field != "besluit" or not value:
                continue
            if value not in _VERDICTS or not (code.isalnum() and code.isascii()):
                raise _no_form()
            verdict = _VERDICTS[value]
            predicate = self.fields.get(f"relatie-{code}", "") if verdict is Verdict.ACCEPT else ""
            reason = self.fields.get(f"reden-{code}", "").strip()
            found.append(Wish(str(thing("koppeling", code)), verdict, predicate, reason))
        if len(found) > MOST_WISHES:
            raise HttpProblem(
                400,
                f"Beslis over hoogstens {MOST_WISHES} koppelingen tegelijk.",
                f"Decide on at most {MOST_WISHES} mappings at once.",
            )
        return found


def posted(body: bytes, kind: str) -> Posted:
    """A body of media type `kind`. Raises `HttpProblem` 400 or 415."""
    media_type = media_type_of(kind)
    if media_type == TSV:
        return Posted({}, _text(body))
    if media_type == FORM:
        try:
            return Posted(dict(fields_of(body, most=4 * MOST_WISHES)))
        except UnicodeDecodeError as error:
            raise _no_form() from error
    if media_type == MULTIPART:
        fields = dict(_parts(body, kind))
        return Posted(fields, fields.pop("sssom", None))
    listed = f"{FORM}, {MULTIPART}, {TSV}"
    raise HttpProblem(415, f"Stuur {listed}.", f"Send {listed}.", {"accept-post": listed})


def _parts(body: bytes, kind: str) -> Iterator[tuple[str, str]]:
    """The parts of a form with a file (RFC 7578)."""
    for part in parts_of(body, kind):
        yield part.name, _text(part.content)


def _text(content: bytes) -> str:
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise HttpProblem(400, "Dit is geen UTF-8-tekst.", "This is not UTF-8 text.") from error


def _no_form() -> HttpProblem:
    return HttpProblem(
        400,
        "Dit formulier is niet te lezen. Laad de pagina opnieuw en vul het nog eens in.",
        "This form cannot be read. Load the page again and fill it in once more.",
    )
