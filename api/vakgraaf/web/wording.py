"""The words of the pages: Dutch as the templates have them, and any other language from a catalogue in `locale/`.

A text in a template is written in Dutch, `_("Kerntaken")`, and that is its key as well. `scripts/messages` brings the
catalogues (gettext's .po, one for each language) in line with the templates.
"""

from __future__ import annotations

import io
from functools import cache
from gettext import GNUTranslations, NullTranslations
from importlib.resources import files

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from vakgraaf.web.negotiation import LANGUAGES

SOURCE = LANGUAGES[0]
"""The language that the templates are written in."""


@cache
def words(language: str) -> NullTranslations:
    """The catalogue of a language; texts that it lacks, and any language that has none, stay Dutch."""
    if language == SOURCE or language not in LANGUAGES:
        return NullTranslations()
    text = files("vakgraaf.web").joinpath("locale", f"{language}.po").read_bytes()
    compiled = io.BytesIO()
    write_mo(compiled, read_po(io.BytesIO(text), locale=language))
    compiled.seek(0)
    return GNUTranslations(compiled)


def marked(text: str) -> str:
    """The text itself: a mark for `scripts/messages`, on texts that a template shows later."""
    return text
