"""What in a document's graph is its publisher's text rather than a fact: left out of an export of facts.

Titles, numbers, the wording of single list items, names of competences, dates and places are facts or too short to be
protected; running text is not. rdfs:label is kept: labels are titles, first words of a text, or a dilemma in one line.
"""

from __future__ import annotations

from vakgraaf.rdf.names import DEF
from vakgraaf.rdf.prefixes import PREFIXES

LONG_TEXTS: frozenset[str] = frozenset(
    {
        DEF + "tekst",
        DEF + "omschrijving",
        DEF + "resultaat",
        DEF + "toelichting",
        PREFIXES["oa"] + "exact",
        PREFIXES["dct"] + "description",
        PREFIXES["skos"] + "definition",
    }
)
