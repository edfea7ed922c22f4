"""CURIEs: IRIs shortened by a table of prefixes, as SSSOM wants them in its tables."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from vakgraaf.rdf.names import BASE
from vakgraaf.rdf.prefixes import PREFIXES

KNOWN = {
    "esco": "http://data.europa.eu/esco/",
    "owl": PREFIXES["owl"],
    "rdf": PREFIXES["rdf"],
    "rdfs": PREFIXES["rdfs"],
    "semapv": "https://w3id.org/semapv/vocab/",
    "skos": PREFIXES["skos"],
    "sssom": "https://w3id.org/sssom/",
    "vg": PREFIXES["vg"],
    "vgid": f"{BASE}id/",
}
"""Prefixes that need no declaration here; the first four of SSSOM's own may not mean anything else."""

_LOCAL = re.compile(r"[\w.~%!$&'()*+,;=:@/-]*\Z", re.ASCII)
_SPACE_OF = re.compile(r"(.*[/#:])")


def expanded(curie: str, prefixes: Mapping[str, str]) -> str:
    """The IRI that a CURIE stands for; one that is whole already stays. Raises KeyError for an unknown prefix."""
    prefix, colon, local = curie.partition(":")
    if colon and prefix in prefixes:
        return prefixes[prefix] + local
    if colon and prefix in KNOWN:
        return KNOWN[prefix] + local
    if re.match(r"[A-Za-z][\w+.-]*:(//|\w+:)", curie, re.ASCII):
        return curie
    raise KeyError(prefix)


def shortened(iri: str, prefixes: Mapping[str, str]) -> str:
    """The CURIE of an IRI by the longest namespace that fits; itself where none does, or the rest has odd signs."""
    fitting = sorted((len(space), prefix) for prefix, space in prefixes.items() if space and iri.startswith(space))
    for length, prefix in reversed(fitting):
        if _LOCAL.match(iri[length:]):
            return f"{prefix}:{iri[length:]}"
    return iri


def table_for(iris: Iterable[str], declared: Mapping[str, str]) -> dict[str, str]:
    """The prefixes declared, and those that these IRIs need beside them: known ones by name, others as ns1, ns2 …"""
    found = dict(declared)
    for iri in sorted(set(iris)):
        if shortened(iri, found) != iri:
            continue
        prefix = next((name for name, space in KNOWN.items() if iri.startswith(space) and name not in found), None)
        space = KNOWN[prefix] if prefix else _namespace(iri)
        if space:
            name = prefix or next(name for n in range(1, len(found) + 2) if (name := f"ns{n}") not in found)
            found[name] = space
    return found


def _namespace(iri: str) -> str:
    """The IRI up to its last / or #, or : in a URN; "" where that leaves none."""
    found = _SPACE_OF.match(iri)
    return found[1] if found and _LOCAL.match(iri[found.end() :]) else ""
