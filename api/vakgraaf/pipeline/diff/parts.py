"""What a profile consists of, as somebody who reads it would say: tasks, requirements, texts, who decided."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from vakgraaf.pipeline.diff.facts import Facts

_HAS = (
    "vg:heeftKerntaak vg:heeftTaakgebied vg:heeftTaak vg:heeftWerkproces vg:heeftToelichting vg:heeftDilemma"
    " vg:heeftAanvulling vg:heeftParagraaf vg:heeftOntwikkeling vg:heeftBegrippenlijst vg:heeftBegrip vg:heeftVoetnoot"
    " vg:heeftLegitimering vg:heeftValidering vg:heeftDeelname vg:heeftMatrixregel"
).split()
_CLASSES = (
    "Kerntaak Werkproces Taakgebied Taak Aanvulling Toelichting Dilemma Paragraaf Ontwikkeling Begrippenlijst Begrip"
    " Voetnoot Legitimering Validering Deelname Matrixregel"
).split()
_TEXTS = (
    "dct:title dct:issued dct:date vg:omschrijving vg:resultaat vg:tekst vg:zie skos:definition vg:formulering"
    " vg:functie vg:groep vg:gremium"
).split()
_LINKS = (
    "dct:publisher vg:beschrijft vg:geldtVoor vg:vultAan vg:isBasisVoor vg:noemtKwalificatiedossier vg:raadpleegt"
    " vg:heeftInschaling vg:orgaan vg:organisatie vg:vermeldtKerntaak vg:betreft vg:zie"
).split()
_DEMANDS = (("vg:Competentievereiste", "competence"), ("vg:Skillvereiste", "skill"))
_PROFILES = ("vg:Addendum", "vg:Beroepscompetentieprofiel", "vg:Profiel")
_MENTIONED = "vg:vermeldtKerntaak"


class Demand(NamedTuple):
    """What a part asks for: "competence", "knowledge", "ability" or "skill"; its name; the wording there, and the note.

    The wording is "" where it is the name.
    """

    kind: str
    name: str
    note: str


@dataclass(frozen=True, slots=True)
class Part:
    """One part. `kind` is the class, without prefix, in lower case; `above` the IRI of what it is a part of, or "".

    `texts` are by property, `links` are the things that a property points to, with what they are called.
    """

    kind: str
    iri: str
    number: str
    name: str
    above: str
    texts: dict[str, str] = field(default_factory=dict)
    links: dict[str, dict[str, str]] = field(default_factory=dict)
    asks: dict[str, Demand] = field(default_factory=dict)

    @property
    def called(self) -> str:
        """The name after the printed number."""
        return f"{self.number} {self.name}".strip()

    @property
    def wording(self) -> str:
        """All that it says itself, for telling how much two parts are alike."""
        return " ".join((self.name, *self.texts.values())).casefold()


def parts_of(facts: Facts) -> list[Part]:
    """The parts of all profiles in a graph, each before what is within it, in the order of the document."""
    roots = list(dict.fromkeys(one for klasse in _PROFILES for one in facts.of_class(klasse)))
    found: dict[str, Part] = {}
    for root in roots:
        if not facts.is_a(root, "vg:Stub"):
            _add(facts, root, "profiel", "", found)
    for klasse in _CLASSES:  # what hangs below nothing
        for one in facts.of_class(f"vg:{klasse}"):
            if one not in found and not facts.is_a(one, "vg:Stub"):
                _add(facts, one, klasse.casefold(), "", found)
    return list(found.values())


def _add(facts: Facts, thing: str, kind: str, above: str, found: dict[str, Part]) -> None:
    found[thing] = _part(facts, thing, kind, above)
    for below in facts.things(thing, *_HAS):
        klasse = next((k for k in _CLASSES if facts.is_a(below, f"vg:{k}")), None)
        if klasse is not None and below not in found:
            _add(facts, below, klasse.casefold(), thing, found)


def _part(facts: Facts, thing: str, kind: str, above: str) -> Part:
    texts = {name: text for name in _TEXTS if (text := facts.text(thing, name))}
    links = {name: {one: facts.label(one) for one in there} for name in _LINKS if (there := facts.things(thing, name))}
    if _MENTIONED in links:  # of a row of the matrix; a task that has another number is the same task
        links[_MENTIONED] = {one: f"{facts.text(one, 'vg:nummer')} {name}" for one, name in links[_MENTIONED].items()}
    asks = {}
    for one in facts.things(thing, "vg:heeftVereiste"):
        for asked in facts.things(one, "vg:betreft"):
            asks[asked] = Demand(_sort(facts, one, asked), _asked(facts, one, asked), facts.text(one, "vg:toelichting"))
    return Part(kind, thing, facts.text(thing, "vg:nummer"), facts.label(thing), above, texts, links, asks)


def _sort(facts: Facts, demand: str, asked: str) -> str:
    if facts.is_a(asked, "vg:Vakkennis"):
        return "knowledge"
    if facts.is_a(asked, "vg:Vaardigheid"):
        return "ability"
    return next((kind for klasse, kind in _DEMANDS if facts.is_a(demand, klasse)), "skill")


def _asked(facts: Facts, demand: str, asked: str) -> str:
    """The name of what is asked for; where the graph has none, as with a competence of the model, the wording here."""
    return facts.text(asked, "rdfs:label") or facts.text(demand, "vg:formulering") or facts.label(asked)
