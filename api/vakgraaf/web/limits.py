"""What a request may take here, as one table: `/` and the service description show it.

A limit is a setting; its name and its words stand here, its value is looked up in the settings.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from vakgraaf.language.numbers import grouped


class Limit(NamedTuple):
    """One limit: the name of its setting, the unit ("" for a number of things), its words, its value."""

    name: str
    unit: str
    nl: str
    en: str
    value: float = 0

    def text(self, language: str) -> str:
        """What the limit is about, in the language of a page."""
        return self.en if language == "en" else self.nl

    def shown(self, language: str) -> str:
        """The value with its unit, as numbers are written in a language; whole numbers without a fraction."""
        whole = self.value == int(self.value)
        number = grouped(int(self.value), language) if whole else f"{self.value:g}"
        return f"{number if whole or language == 'en' else number.replace('.', ',')} {self.unit}".strip()


LIMITS = (
    Limit("query_timeout_s", "s", "Tijd voor een vraag, het antwoord inbegrepen", "Time for a query and its answer"),
    Limit(
        "worker_memory_mb", "MB", "Geheugen voor een vraag, naast de gegevens", "Memory for a query, beside the data"
    ),
    Limit("max_result_mb", "MB", "Lengte van een antwoord", "Length of an answer"),
    Limit("max_query_bytes", "bytes", "Lengte van de tekst van een vraag", "Length of the text of a query"),
    Limit("max_body_bytes", "bytes", "Lengte van een verzoek", "Length of a request"),
    Limit("max_nesting", "", "Diepte van haakjes in een vraag", "Depth of brackets in a query"),
    Limit("workers", "", "Snelle vragen tegelijk", "Quick queries at the same time"),
    Limit("slow_workers", "", "Langere vragen daarnaast", "Longer queries beside those"),
    Limit("quick_query_s", "s", "Tijd dat een vraag als snel geldt", "Time that a query counts as quick"),
    Limit("queue_length", "", "Vragen die mogen wachten", "Queries that may wait"),
    Limit("queue_timeout_s", "s", "Tijd dat een vraag mag wachten", "Time that a query may wait"),
    Limit("max_validate_bytes", "bytes", "Omvang van wat u laat toetsen", "Size of what is handed in for validation"),
    Limit("validate_pages", "", "Bladzijden van een document dat u laat toetsen", "Pages of a document to validate"),
    Limit("validate_timeout_s", "s", "Tijd voor het toetsen", "Time for validation"),
    Limit("max_requests", "", "Verzoeken tegelijk", "Requests at the same time"),
)
"""Every limit, in the order in which it is shown. A new one is one more line."""


def table(values: Mapping[str, object]) -> tuple[Limit, ...]:
    """`LIMITS` with the values of `values`. Raises KeyError where there is none, TypeError where it is no number."""
    found = []
    for limit in LIMITS:
        value = values[limit.name]
        if not isinstance(value, int | float):
            raise TypeError(f"{limit.name} is not a number: {value!r}")
        found.append(limit._replace(value=value))
    return tuple(found)
