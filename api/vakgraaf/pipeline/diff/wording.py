"""A difference in words: sentences in Dutch and English, a text for a terminal, data for programs."""

from __future__ import annotations

from collections import Counter
from typing import Literal

from vakgraaf.language.capitals import capitalised
from vakgraaf.pipeline.diff.changes import Change, Difference
from vakgraaf.pipeline.diff.marking import Mark, shortened
from vakgraaf.pipeline.diff.parts import Part

Language = Literal["nl", "en"]
_Words = tuple[str, str]

_KINDS: dict[str, _Words] = {
    "profiel": ("profiel", "profile"),
    "kerntaak": ("kerntaak", "core task"),
    "werkproces": ("werkproces", "work process"),
    "taakgebied": ("taakgebied", "task group"),
    "taak": ("taak", "task"),
    "aanvulling": ("aanvulling", "supplement"),
    "toelichting": ("toelichting", "explanation"),
    "dilemma": ("dilemma", "dilemma"),
    "paragraaf": ("paragraaf", "section"),
    "ontwikkeling": ("ontwikkeling", "development"),
    "begrippenlijst": ("begrippenlijst", "glossary"),
    "begrip": ("begrip", "concept"),
    "voetnoot": ("voetnoot", "footnote"),
    "legitimering": ("legitimering", "legitimation"),
    "validering": ("validering", "validation"),
    "deelname": ("deelname", "participation"),
    "matrixregel": ("matrixregel", "row of the matrix"),
    "competence": ("competentie", "competence"),
    "knowledge": ("vakkennis", "professional knowledge"),
    "ability": ("vaardigheid", "practical skill"),
    "skill": ("skill", "skill"),
}
_FIELDS: dict[str, _Words] = {
    "dct:title": ("titel", "title"),
    "dct:issued": ("datum van verschijnen", "date of issue"),
    "dct:date": ("datum", "date"),
    "vg:omschrijving": ("omschrijving", "description"),
    "vg:resultaat": ("resultaat", "result"),
    "vg:tekst": ("tekst", "text"),
    "vg:zie": ("verwijzing", "reference"),
    "skos:definition": ("definitie", "definition"),
    "vg:formulering": ("formulering", "wording"),
    "vg:functie": ("functie", "function"),
    "vg:groep": ("groep", "group"),
    "vg:gremium": ("gremium", "body"),
    "dct:publisher": ("uitgever", "publisher"),
    "vg:beschrijft": ("beroep", "occupation"),
    "vg:geldtVoor": ("branche", "sector"),
    "vg:vultAan": ("wat het aanvult", "what it supplements"),
    "vg:isBasisVoor": ("kwalificatie", "qualification"),
    "vg:noemtKwalificatiedossier": ("kwalificatiedossier", "qualification file"),
    "vg:raadpleegt": ("geraadpleegde bron", "source consulted"),
    "vg:heeftInschaling": ("inschaling", "level"),
    "vg:orgaan": ("orgaan", "body"),
    "vg:organisatie": ("organisatie", "organisation"),
    "vg:vermeldtKerntaak": ("kruisje bij kerntaak", "cross at core task"),
    "vg:betreft": ("competentie", "competence"),
}
_SENTENCES: dict[str, _Words] = {
    "added": ("Toegevoegd", "Added"),
    "dropped": ("Vervallen", "Dropped"),
    "renumbered": ("Nummer was {old}, is nu {new}", "Number was {old}, is now {new}"),
    "moved": ("Verplaatst naar een ander onderdeel", "Moved to another part"),
    "renamed": ("Andere naam", "Different name"),
    "text": ("Andere {field}", "Different {field}"),
    "value": ("{field}: was {old}, is nu {new}", "{field}: was {old}, is now {new}"),
    "text-added": ("Nieuw: {field}", "New: {field}"),
    "text-dropped": ("Vervallen: {field}", "Dropped: {field}"),
    "link-added": ("Erbij: {field} ‘{new}’", "Added: {field} ‘{new}’"),
    "link-dropped": ("Vervallen: {field} ‘{old}’", "Dropped: {field} ‘{old}’"),
    "demand-added": ("Vraagt nu ook: {field} ‘{new}’", "Now also asks for: {field} ‘{new}’"),
    "demand-dropped": ("Vraagt niet meer: {field} ‘{old}’", "No longer asks for: {field} ‘{old}’"),
    "demand-renamed": ("Anders verwoord: {field}", "Worded differently: {field}"),
    "note": ("Andere toelichting bij {field}", "Different note on {field}"),
    "newly-asked": ("Nieuw in het geheel: {field} ‘{new}’", "New to the whole: {field} ‘{new}’"),
    "no-longer-asked": ("Nergens meer gevraagd: {field} ‘{old}’", "No longer asked for anywhere: {field} ‘{old}’"),
}
# Dutch 'andere' is 'ander' before these.
_NEUTER = frozenset({"vg:resultaat", "vg:gremium"})
_VALUES = frozenset({"dct:issued", "dct:date"})
_WORDED = frozenset({"renamed", "text", "demand-renamed", "note"})
_SAME: _Words = ("Er is inhoudelijk geen verschil.", "There is no difference in content.")
_PLACES: _Words = (
    "Er is inhoudelijk geen verschil; alleen de vindplaatsen in de bron zijn anders.",
    "There is no difference in content; only the places in the source differ.",
)
_OTHER: _Words = (
    "Wat het profiel zegt is gelijk; andere gegevens verschillen: {n}.",
    "What the profile says is the same; other data differ: {n}.",
)
_COUNTED: _Words = ("{n} verschillen", "{n} differences")
_ONE: _Words = ("1 verschil", "1 difference")


def kind_word(kind: str, language: Language) -> str:
    """What a kind of part or demand is called."""
    return _pick(_KINDS.get(kind, (kind, kind)), language)


def _field_word(field: str, language: Language) -> str:
    """What a property, or a kind of demand, is called."""
    return _pick(_FIELDS[field], language) if field in _FIELDS else kind_word(field, language)


def sentence(change: Change, language: Language) -> str:
    """A change in a few words; of a wording, what is worded otherwise."""
    what = _what(change)
    text = _pick(_SENTENCES[what], language)
    if language == "nl" and what == "text" and change.field in _NEUTER:
        text = text.replace("Andere", "Ander")
    field = _field_word(change.field, language)
    if change.what == "note":
        name = change.part.asks[change.thing].name
        field = f"{field} ‘{name}’"
    said = text.format(field=field, old=change.old or "–", new=change.new or "–")
    return capitalised(said)


def _what(change: Change) -> str:
    """The sentence for a change; a text may be new, or gone, or be no sentence but a date."""
    if change.what != "text":
        return change.what
    if not (change.old and change.new):
        return "text-added" if change.new else "text-dropped"
    return "value" if change.field in _VALUES else "text"


def summary(found: Difference, language: Language) -> str:
    """How much differs, in a sentence."""
    if not found.changes:
        words = _OTHER if found.other else _PLACES if found.places else _SAME
        return _pick(words, language).format(n=found.other)
    number = len(found.changes)
    return (_pick(_ONE, language) if number == 1 else _pick(_COUNTED, language).format(n=number)) + "."


def heading(part: Part, language: Language) -> str:
    """A part as a heading: "werkproces 1.2 Stelt een plan op"."""
    return f"{kind_word(part.kind, language)} {part.called}"


def worded(change: Change) -> bool:
    """Whether there are words to be marked."""
    return change.what in _WORDED and _what(change) != "value"


def _sign(change: Change) -> str:
    """`+` for what came, `-` for what went, `~` for what became otherwise."""
    return _SIGNS.get(_what(change), "~")


def as_text(found: Difference, left: str, right: str, language: Language) -> str:
    """For a terminal: `[-went-]` and `{+came+}` in wordings. `left` and `right` are what the two are called."""
    lines = [f"--- {left}", f"+++ {right}", summary(found, language)]
    for part, changes in found.by_part():
        lines += ["", heading(part, language)]
        for change in changes:
            lines.append(f"  {_sign(change)} {sentence(change, language)}")
            if worded(change):
                lines.append("    " + "".join(_marked(mark) for mark in shortened(change.marks)))
    return "\n".join(lines)


def as_data(found: Difference, left: str, right: str, language: Language) -> dict[str, object]:
    """For programs; `marks` are pairs of a sign (`=` stayed, `-` went, `+` came) and a text."""
    return {
        "left": left,
        "right": right,
        "same": found.same,
        "summary": summary(found, language),
        "counts": dict(sorted(Counter(change.what for change in found.changes).items())),
        "other": found.other,
        "changes": [_data(change, language) for change in found.changes],
    }


_SIGNS = {
    "added": "+",
    "text-added": "+",
    "link-added": "+",
    "demand-added": "+",
    "newly-asked": "+",
    "dropped": "-",
    "text-dropped": "-",
    "link-dropped": "-",
    "demand-dropped": "-",
    "no-longer-asked": "-",
}


def _data(change: Change, language: Language) -> dict[str, object]:
    part = change.part
    found: dict[str, object] = {
        "change": change.what,
        "kind": part.kind,
        "number": part.number,
        "name": part.name,
        "left": change.left.iri if change.left else None,
        "right": change.right.iri if change.right else None,
        "message": sentence(change, language),
    }
    found |= {name: value for name in ("field", "thing", "old", "new") if (value := getattr(change, name))}
    return found | ({"marks": [list(mark) for mark in change.marks]} if worded(change) else {})


def _marked(mark: Mark) -> str:
    return {"-": "[-{}-]", "+": "{{+{}+}}"}.get(mark.sign, "{}").format(mark.text)


def _pick(words: _Words, language: Language) -> str:
    return words[language == "en"]
