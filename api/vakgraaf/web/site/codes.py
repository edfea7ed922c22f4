"""Codes of the data as words of a page, in its language."""

from __future__ import annotations

from vakgraaf.engine import Value
from vakgraaf.web.wording import marked, words

_CODES = {
    "vg:ernst": {"waarschuwing": marked("waarschuwing"), "info": marked("opmerking")},
    "vg:status": {
        "vastgesteld": marked("vastgesteld"),
        "afgeleid": marked("afgeleid"),
        "voorgesteld": marked("voorgesteld"),
        "afgewezen": marked("afgewezen"),
    },
    "vg:methode": {
        "generiek": marked("generieke inschaling"),
        "referentie": marked("koppeling van raamwerken"),
        "keten": marked("afleiding langs een keten"),
        "beschrijving": marked("vergelijking met niveaubeschrijvingen"),
    },
}
"""The words of the catalogue for the codes that a property may have."""


def spelled_out(name: str, value: Value, language: str) -> Value:
    """What a code of the property `name` (prefixed) means, in the language of the page; any other value as it is."""
    word = _CODES.get(name, {}).get(value.text)
    return value if word is None else Value("literal", words(language).gettext(word))
