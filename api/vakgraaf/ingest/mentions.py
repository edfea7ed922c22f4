"""What a profile says about other things in its running text: occupations, branches, other profiles, a dossier."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vakgraaf.ingest.claims import Claims, Dossier, Vermelding
from vakgraaf.ingest.dutch import enumeration
from vakgraaf.ingest.flow import Prose

_FUNCTIONS = re.compile(r"functie(?:namen|benamingen)\s+zijn:\s*(.+?)\.(?:\s|$)", re.DOTALL)
_SUPPLEMENTS = re.compile(
    r"in aanvulling op (?:het |de )?(?:bestaande )?(?:beroepscompetentieprofiel(?:en)?|bcp[’']?s?)\s+"
    r"([A-Z][\w-]+(?:(?:,\s+|\s+en\s+)[A-Z][\w-]+)*)"
)
_BRANCHES = (
    re.compile(r"voor de (?:[a-z]+ |\d+ )?branches?\s+([^.]+?)\s+(?:is |zijn |wordt |worden )?beschreven"),
    re.compile(r"gemaakt voor de beroepsgroep in (?:de |het )([^.,;]+)\."),
)
_DOSSIER = re.compile(r"kwalificatiedossier\s+([A-Z]\w+(?:\s+[A-Z]\w+)*)")
_FOUNDS = re.compile(r"de basis vormt voor (?:het |een )?(\w+ profiel) van het\s+kwalificatiedossier")
_LEVEL = re.compile(r"profiel op niveau (\d)")


def note_mentions(claims: Claims) -> None:
    """Add to `claims` what its paragrafen say about function titles, supplemented profiles, branches and a dossier."""
    for prose in _texts(claims):
        claims.functienamen.extend(_named(_FUNCTIONS, prose))
        claims.vult_aan.extend(_named(_SUPPLEMENTS, prose))
        for pattern in _BRANCHES:
            claims.branches.extend(_named(pattern, prose))
        claims.dossier = claims.dossier or _dossier(prose)


def _texts(claims: Claims) -> Iterator[Prose]:
    for paragraaf in claims.all_paragrafen():
        if paragraaf.text:
            yield paragraaf.text


def _named(pattern: re.Pattern[str], prose: Prose) -> Iterator[Vermelding]:
    for found in pattern.finditer(prose.text):
        lines = prose.lines_between(found.start(1), found.end(1))
        yield from (Vermelding(name, lines) for name in enumeration(found[1]))


def _dossier(prose: Prose) -> Dossier | None:
    """The dossier of a text that says which of its profiles this document is to found, and at which level."""
    named, founds, level = (pattern.search(prose.text) for pattern in (_DOSSIER, _FOUNDS, _LEVEL))
    if named is None:
        return None
    found = [match for match in (named, founds, level) if match]
    lines = frozenset(line for match in found for line in prose.lines_between(match.start(), match.end()))
    return Dossier(named[1], founds[1] if founds else None, int(level[1]) if level else None, lines)
