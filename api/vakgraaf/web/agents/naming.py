"""Which thing is meant: by its IRI, by a prefixed name, or by the address of its page."""

from __future__ import annotations

import re

from vakgraaf.errors import InputError
from vakgraaf.rdf.iri_signs import is_part_of_iri
from vakgraaf.rdf.iris import BASE
from vakgraaf.rdf.prefixes import PREFIXES

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:\S+")
_WELL_KNOWN = ("http", "https", "urn", "mailto")
_PAGE = re.compile(r"\.(?:html|ttl|jsonld|nt|rdf)$")


def meant(text: str) -> str:
    """The IRI that `text` stands for. Raises `InputError` where it stands for none."""
    name = text.strip().removeprefix("<").removesuffix(">")
    prefix, colon, rest = name.partition(":")
    if colon and prefix in PREFIXES and not rest.startswith("//"):
        found = PREFIXES[prefix] + rest
    elif _SCHEME.fullmatch(name):
        found = name
    else:
        found = BASE + name.lstrip("/")
    if found.startswith(f"{BASE}doc/"):
        found = _PAGE.sub("", found.replace(f"{BASE}doc/", f"{BASE}id/", 1))
    if not name or not is_part_of_iri(found):
        raise InputError(
            f"Dit is geen IRI en geen naam met een prefix: {text[:200]!r}.",
            f"This is neither an IRI nor a name with a prefix: {text[:200]!r}.",
        )
    return found


def unknown_prefix(subject: str) -> tuple[str, str]:
    """What to add, in Dutch and English, where an IRI that nobody knows looks like a name with a prefix."""
    prefix = subject.partition(":")[0]
    if prefix.lower() in _WELL_KNOWN:
        return "", ""
    return (
        f" '{prefix}:' is hier geen prefix; welke er zijn, staat in vakgraaf://prefixes.",
        f" '{prefix}:' is no prefix here; vakgraaf://prefixes has those that are.",
    )
