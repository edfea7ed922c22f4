"""What each tool takes; what is said of a field here is what a language model reads."""

from __future__ import annotations

from typing import Annotated, Any, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from vakgraaf.errors import InputError
from vakgraaf.search.answers import DEEPEST

Language = Annotated[Literal["nl", "en"], Field(description="The language of labels, texts and errors.")]


class Arguments(BaseModel):
    """What all tools take."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    language: Language = "nl"


class Sought(Arguments):
    """What `search` takes."""

    text: str = Field(
        description="Words to look for, Dutch as a rule: the texts are Dutch. Every form of a word is found."
    )
    of_class: str | None = Field(
        default=None,
        description="Only things of this class: vg:Werkproces, vg:Kerntaak, vg:Skill, vg:Competentie, vg:Profiel …",
    )
    profile: str | None = Field(
        default=None, description="Only parts of this profile, by IRI or short name: thuisbegeleider-2011."
    )
    sector: str | None = Field(default=None, description="Only what is about this branche, by IRI or short name.")
    page: int = Field(default=1, ge=1, le=DEEPEST, description="Twenty results make a page.")


class Described(Arguments):
    """What `describe` takes."""

    thing: str = Field(
        description="A full IRI, a prefixed name (id:profiel/thuisbegeleider-2011, vg:Kerntaak) or the address of its"
        " page (/doc/profiel/thuisbegeleider-2011)."
    )


class Asked(Arguments):
    """What `query` takes."""

    query: str = Field(description="SPARQL 1.1 SELECT, ASK, CONSTRUCT or DESCRIBE, with its PREFIX lines.")
    format: str | None = Field(
        default=None,
        description="tsv (the default), csv or json for a table or yes/no; turtle (the default), ntriples or jsonld for"
        " a graph.",
    )
    timeout_s: float | None = Field(
        default=None, gt=0, description="Give up after so many seconds; the server has a limit of its own."
    )


class Judged(Arguments):
    """What `validate` takes."""

    content: str = Field(
        description="RDF (Turtle, TriG, N-Triples, N-Quads, RDF/XML, JSON-LD), or the plain text or HTML of a"
        " beroepscompetentieprofiel or addendum."
    )
    name: str = Field(
        default="document",
        max_length=200,
        description="A file name. Its extension says what it is where the content does not: draft.ttl, addendum.txt.",
    )
    with_store: bool = Field(default=False, description="Judge it together with what the store knows.")


T = TypeVar("T", bound=Arguments)


def understood(kind: type[T], given: dict[str, Any]) -> T:
    """The arguments of a tool. Raises `InputError`, with the first one that is not right."""
    try:
        return kind.model_validate(given)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        name = ".".join(map(str, first["loc"])) or "?"
        nl, en = _wrong(first["type"], first.get("ctx", {}), first["msg"])
        raise InputError(f"Het argument '{name}' {nl}.", f"The argument '{name}' {en}.") from error


_WRONG = {
    "missing": ("ontbreekt", "is missing"),
    "extra_forbidden": ("is er bij dit gereedschap niet", "is none of this tool's"),
    "literal_error": ("moet een van deze zijn: {expected}", "has to be one of these: {expected}"),
    "greater_than": ("moet meer zijn dan {gt}", "has to be more than {gt}"),
    "greater_than_equal": ("moet minstens {ge} zijn", "has to be at least {ge}"),
    "less_than_equal": ("mag hoogstens {le} zijn", "may be at most {le}"),
    "string_too_long": ("mag hoogstens {max_length} tekens hebben", "may have {max_length} characters at most"),
    "string": ("moet tekst zijn", "has to be text"),
    "int": ("moet een geheel getal zijn", "has to be a whole number"),
    "float": ("moet een getal zijn", "has to be a number"),
    "bool": ("moet true of false zijn", "has to be true or false"),
}
"""Kind of error of pydantic, or how it begins, to what to say of the argument."""


def _wrong(kind: str, limits: dict[str, Any], told: str) -> tuple[str, str]:
    nl, en = _WRONG.get(kind) or _WRONG.get(kind.partition("_")[0]) or (f"klopt niet: {told}", f"is not right: {told}")
    limits = {name: str(value).replace(" or ", ", ") for name, value in limits.items()}
    return nl.format_map(limits), en.format_map(limits)
