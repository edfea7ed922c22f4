"""What people write in a query that no grammar has a word for, and what they meant by it."""

from __future__ import annotations

import re

Reason = tuple[str, str]
"""What is wrong, in Dutch and in English."""

_ESCAPE = re.compile(r"""\\(?:[tbnrf"'\\]|u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(?P<none>.))""", re.DOTALL)
_SURROGATES, _LAST = range(0xD800, 0xE000), 0x10FFFF
_SCHEMES = frozenset({"http", "https", "urn", "file", "mailto"})
# Each search begins anew behind the end of a line or of an IRI, and goes no further than the next: that is linear.
_DECLARATION = re.compile(r"(?:\A|[\n>])[ \t]*(PREFIX|BASE)\b[^>\n]*\Z", re.IGNORECASE)


def in_string(token: str) -> Reason | None:
    """What is wrong with an escape in a string (SPARQL 1.1 §19.7, §19.2); None where nothing is, or it is no string."""
    if token[:1] not in ("'", '"'):
        return None
    for escape in _ESCAPE.finditer(token):
        code = int(escape[1] or escape[2] or "0", 16)
        if escape["none"]:
            return (
                f"{escape[0]} is geen escape in een tekst; schrijf \\\\ voor een backslash",
                f"{escape[0]} is no escape in a string; write \\\\ for a backslash",
            )
        if code in _SURROGATES or code > _LAST:
            return f"{escape[0]} is geen teken van Unicode", f"{escape[0]} is no character of Unicode"
    return None


def bare_iri(prefix: str) -> Reason | None:
    """That a name with this prefix looks like an IRI without its brackets, if it does."""
    if prefix not in _SCHEMES:
        return None
    return f"{prefix}: begint een IRI; zet die tussen < en >", f"{prefix}: begins an IRI; put it between < and >"


def declaration_before(text: str, end: int) -> tuple[int, Reason] | None:
    """Where the declaration begins that is not finished at `end`, and how one is written; None where there is none."""
    found = _DECLARATION.search(text, 0, end)
    if found is None:
        return None
    nl, en = ("", "") if found[1].upper() == "BASE" else ("naam: ", "name: ")
    return found.start(1), (
        f"deze declaratie klopt niet; schrijf {found[1]} {nl}<IRI>, en in de IRI geen spaties",
        f"this declaration is not right; write {found[1]} {en}<IRI>, without spaces in the IRI",
    )
