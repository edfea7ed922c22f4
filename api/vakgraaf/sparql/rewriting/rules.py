"""The rules by name, each with what it does in a sentence, in Dutch and in English."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple


class Sentence(NamedTuple):
    """The same sentence in two languages."""

    nl: str
    en: str


RULES: Mapping[str, Sentence] = MappingProxyType(
    {
        "order": Sentence(
            "De patronen staan in een volgorde die past bij de gegevens: het zeldzaamste eerst, daarna wat dan al"
            " gebonden is.",
            "The patterns are in an order that suits the data: the rarest first, then what is bound by then.",
        ),
        "distinct": Sentence(
            "Dubbele oplossingen tellen hier niet; variabelen die niet meer nodig zijn vallen onderweg weg, en de"
            " dubbele met hen.",
            "Duplicates do not count here; variables that nothing needs any more are dropped on the way, and the"
            " duplicates with them.",
        ),
        "existence": Sentence(
            "Wat er alleen maar hoeft te zijn, wordt gezocht tot het eerste gevonden is.",
            "What only has to be there is looked for until the first is found.",
        ),
        "constants": Sentence(
            "Waarden die een FILTER eist, staan vast voordat het zoeken begint.",
            "Values that a FILTER demands are there before the search begins.",
        ),
        "exists": Sentence(
            "Het patroon in EXISTS begint bij wat de rij eromheen al gebonden heeft.",
            "The pattern inside EXISTS begins with what the row around it has bound.",
        ),
        "minus": Sentence(
            "NOT EXISTS is MINUS geworden: dat hoeft maar één keer te worden uitgerekend.",
            "NOT EXISTS has become MINUS, which has to be worked out only once.",
        ),
        "semi-join": Sentence(
            "EXISTS is een koppeling geworden met de verschillende waarden van wat het deelt met de rest.",
            "EXISTS has become a join with the different values of what it shares with the rest.",
        ),
    }
)
"""In the order of docs/reference/query-rewriting.md."""
