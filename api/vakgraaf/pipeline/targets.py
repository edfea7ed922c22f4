"""Whether the shapes have anything to say about a graph, found out without judging it."""

from __future__ import annotations

import re
from functools import cache

from vakgraaf.engine.reading import to_ntriples
from vakgraaf.rdf.formats import TURTLE
from vakgraaf.rdf.iris import VG
from vakgraaf.rdf.prefixes import PREFIXES
from vakgraaf.resources import folder
from vakgraaf.validation.blocks import Content

_SH = PREFIXES["sh"]
_TARGET = re.compile(rf"<{re.escape(_SH)}target(?:Class|Node|SubjectsOf|ObjectsOf)> (<[^>]*>) \.")
# That shape only speaks of classes in our own namespace, which is looked for as such.
_EVERY_TYPE = f"<{PREFIXES['rdf']}type>"


def may_be_judged(content: Content, start: int = 0) -> bool:
    """Whether anything in N-Triples, from `start` on, can be in focus of a packaged shape; some milliseconds a
    megabyte."""
    return _targets().search(content, start) is not None


@cache
def _targets() -> re.Pattern[bytes]:
    """Every term that a target names, and every term of our own: a subclass of a target is one of those."""
    found = {f"<{VG}"}
    for path in sorted(folder("shapes").glob("*.ttl")):
        triples = to_ntriples(path.read_bytes(), TURTLE, path.as_uri(), path.name).decode()
        found.update(iri for iri in _TARGET.findall(triples) if iri != _EVERY_TYPE and not iri.startswith(f"<{VG}"))
    return re.compile(b"|".join(re.escape(term.encode()) for term in sorted(found)))
