"""What is wrong, in a sentence: one table from SHACL's constraint components to words, filled in with what is there."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from rdflib import SH, Graph, Literal
from rdflib.term import Node

from vakgraaf.validation.report import Language, shortened
from vakgraaf.validation.terms import label_of
from vakgraaf.validation.wording import DATATYPES, NODE_KINDS, capitalised, enumerated

_IS = re.compile("^(is een |is a |is an |is )")
_PROPER = re.compile(r"^(Nederlandse|Engelse|Dutch|English|[A-Z]+\b)")
_LONGEST_LIST = 8


@dataclass(frozen=True, slots=True)
class Facts:
    """What a sentence is about, in words of one language: the rule's `name`, the offending `value` ("" for none), and
    the `values` that stand where the rule looks, if it `looked` anywhere."""

    name: str
    value: str
    values: tuple[str, ...]
    looked: bool = True


@dataclass(frozen=True, slots=True)
class _Wording:
    """How one component is said: a title after the name, a sentence, and the parameter that {wanted} stands for."""

    title_nl: str
    title_en: str
    nl: str
    en: str
    wanted: Node | None = None


_NOTHING = _Wording("niet ingevuld", "not filled in", "“{name}” is niet ingevuld.", "“{name}” is not filled in.")
_TABLE: Mapping[Node, _Wording] = {
    SH.MinCountConstraintComponent: _Wording(
        "te weinig",
        "too few",
        "Bij “{name}” staat te weinig: {values}. Het minste aantal is {wanted}.",
        "“{name}” has too few: {values}. The least number is {wanted}.",
        SH.minCount,
    ),
    SH.MaxCountConstraintComponent: _Wording(
        "te veel",
        "too many",
        "Bij “{name}” staat te veel: {values}. Het hoogste aantal is {wanted}.",
        "“{name}” has too many: {values}. The highest number is {wanted}.",
        SH.maxCount,
    ),
    SH.QualifiedMinCountConstraintComponent: _Wording(
        "niet wat gevraagd is",
        "not what is asked",
        "Bij “{name}” staat {values}; gevraagd is: {wanted}.",
        "“{name}” has {values}; what is asked is: {wanted}.",
        SH.qualifiedValueShape,
    ),
    SH.QualifiedMaxCountConstraintComponent: _Wording(
        "te veel",
        "too many",
        "Bij “{name}” staan er te veel van één soort ({wanted}): {values}.",
        "“{name}” has too many of one kind ({wanted}): {values}.",
        SH.qualifiedValueShape,
    ),
    SH.DatatypeConstraintComponent: _Wording(
        "verkeerde soort waarde",
        "wrong kind of value",
        "Bij “{name}” staat {value}, en dat is {not_wanted}.",
        "“{name}” has {value}, which is not {wanted}.",
        SH.datatype,
    ),
    SH.NodeKindConstraintComponent: _Wording(
        "verkeerde soort waarde",
        "wrong kind of value",
        "Bij “{name}” staat {value}, en dat is {not_wanted}.",
        "“{name}” has {value}, which is not {wanted}.",
        SH.nodeKind,
    ),
    SH.ClassConstraintComponent: _Wording(
        "verwijzing klopt niet",
        "wrong reference",
        "“{name}” verwijst naar {value}, en dat is in de graaf niet bekend als {wanted}.",
        "“{name}” refers to {value}, which the graph does not know as {wanted}.",
        SH["class"],
    ),
    SH.PatternConstraintComponent: _Wording(
        "andere vorm verwacht",
        "unexpected form",
        "Bij “{name}” staat {value}, en dat heeft niet de vorm die hier hoort.",
        "“{name}” has {value}, which does not have the form that belongs here.",
    ),
    SH.MinLengthConstraintComponent: _Wording(
        "te kort",
        "too short",
        "{value} is korter dan {wanted} tekens.",
        "{value} is shorter than {wanted} characters.",
        SH.minLength,
    ),
    SH.MaxLengthConstraintComponent: _Wording(
        "te lang",
        "too long",
        "{value} is langer dan {wanted} tekens.",
        "{value} is longer than {wanted} characters.",
        SH.maxLength,
    ),
    SH.MinInclusiveConstraintComponent: _Wording(
        "te laag",
        "too low",
        "Bij “{name}” staat {value}, en dat is niet {wanted} of hoger.",
        "“{name}” has {value}, which is not {wanted} or higher.",
        SH.minInclusive,
    ),
    SH.MaxInclusiveConstraintComponent: _Wording(
        "te hoog",
        "too high",
        "Bij “{name}” staat {value}, en dat is niet {wanted} of lager.",
        "“{name}” has {value}, which is not {wanted} or lower.",
        SH.maxInclusive,
    ),
    SH.MinExclusiveConstraintComponent: _Wording(
        "te laag",
        "too low",
        "Bij “{name}” staat {value}, en dat is niet hoger dan {wanted}.",
        "“{name}” has {value}, which is not higher than {wanted}.",
        SH.minExclusive,
    ),
    SH.MaxExclusiveConstraintComponent: _Wording(
        "te hoog",
        "too high",
        "Bij “{name}” staat {value}, en dat is niet lager dan {wanted}.",
        "“{name}” has {value}, which is not lower than {wanted}.",
        SH.maxExclusive,
    ),
    SH.InConstraintComponent: _Wording(
        "niet in de lijst",
        "not on the list",
        "Bij “{name}” staat {value}, en dat is {not_wanted}.",
        "“{name}” has {value}, which is not {wanted}.",
        SH["in"],
    ),
    SH.LanguageInConstraintComponent: _Wording(
        "andere taal verwacht",
        "unexpected language",
        "Bij “{name}” staat {value}, en dat is niet in een van de talen die hier horen: {wanted}.",
        "“{name}” has {value}, which is not in a language that belongs here: {wanted}.",
        SH.languageIn,
    ),
    SH.UniqueLangConstraintComponent: _Wording(
        "twee keer in één taal",
        "twice in one language",
        "Bij “{name}” staat meer dan één tekst in dezelfde taal: {values}.",
        "“{name}” has more than one text in the same language: {values}.",
    ),
    SH.EqualsConstraintComponent: _Wording(
        "niet hetzelfde",
        "not the same",
        "{value} staat wel bij het ene en niet bij het andere: “{name}” en “{wanted}”.",
        "{value} stands with the one but not with the other: “{name}” and “{wanted}”.",
        SH.equals,
    ),
    SH.DisjointConstraintComponent: _Wording(
        "dubbel",
        "double",
        "{value} staat zowel bij “{name}” als bij “{wanted}”.",
        "{value} stands both with “{name}” and with “{wanted}”.",
        SH.disjoint,
    ),
    SH.LessThanConstraintComponent: _Wording(
        "volgorde klopt niet",
        "wrong order",
        "Bij “{name}” staat {value}, en dat is niet minder dan wat bij “{wanted}” staat.",
        "“{name}” has {value}, which is not less than what “{wanted}” has.",
        SH.lessThan,
    ),
    SH.LessThanOrEqualsConstraintComponent: _Wording(
        "volgorde klopt niet",
        "wrong order",
        "Bij “{name}” staat {value}, en dat is niet minder dan of gelijk aan wat bij “{wanted}” staat.",
        "“{name}” has {value}, which is not less than or equal to what “{wanted}” has.",
        SH.lessThanOrEquals,
    ),
    SH.NodeConstraintComponent: _Wording(
        "andere vorm verwacht",
        "unexpected form",
        "Bij “{name}” staat {value}; verwacht wordt: {wanted}.",
        "“{name}” has {value}; what is expected is: {wanted}.",
        SH.node,
    ),
    SH.NotConstraintComponent: _Wording(
        "hoort hier niet",
        "does not belong here",
        "“{name}”: {value} hoort hier niet.",
        "“{name}”: {value} does not belong here.",
    ),
    SH.OrConstraintComponent: _Wording(
        "geen van de mogelijkheden",
        "none of the options",
        "“{name}” heeft geen van de vormen die hier mogen: {wanted}.",
        "“{name}” has none of the forms that are allowed here: {wanted}.",
        SH["or"],
    ),
    SH.XoneConstraintComponent: _Wording(
        "niet precies één van beide",
        "not exactly one of them",
        "“{name}” heeft niet precies één van de vormen die hier mogen: {wanted}.",
        "“{name}” does not have exactly one of the forms that are allowed here: {wanted}.",
        SH.xone,
    ),
    SH.AndConstraintComponent: _Wording(
        "niet volledig",
        "not complete",
        "“{name}” voldoet niet aan alles wat hier geldt: {wanted}.",
        "“{name}” does not satisfy all that holds here: {wanted}.",
        SH["and"],
    ),
    SH.ClosedConstraintComponent: _Wording(
        "hoort hier niet",
        "does not belong here",
        "“{name}” hoort hier niet; er staat {value}.",
        "“{name}” does not belong here; it has {value}.",
    ),
    SH.HasValueConstraintComponent: _Wording(
        "verplichte waarde ontbreekt",
        "required value missing",
        "Bij “{name}” ontbreekt de waarde {wanted}.",
        "“{name}” lacks the value {wanted}.",
        SH.hasValue,
    ),
}
_MORE_THAN_ONE = _Wording(
    "meer dan één",
    "more than one",
    "Bij “{name}” staat meer dan één waarde: {values}.",
    "“{name}” has more than one value: {values}.",
)
_NONE_ALLOWED = _Wording(
    "hoort hier niet",
    "does not belong here",
    "“{name}” hoort hier niet: {values}.",
    "“{name}” does not belong here: {values}.",
)
_FEWEST = {"0": _NONE_ALLOWED, "1": _MORE_THAN_ONE}
_UNKNOWN = _Wording("", "", "“{name}” klopt niet: {value}.", "“{name}” is not right: {value}.")
_WHOLE = _Wording("", "", "“{name}” klopt hier niet.", "“{name}” is not right here.")
_NEEDS_VALUES = {SH.MinCountConstraintComponent, SH.QualifiedMinCountConstraintComponent, SH.OrConstraintComponent}


class Sentences:
    """Says what is wrong, from the shapes and with the labels of the ontology in `known`."""

    def __init__(self, shapes: Graph, known: Graph) -> None:
        self._shapes, self._known = shapes, known

    def title(self, component: Node | None, facts: Facts, language: Language) -> str:
        """What kind of thing is wrong: "Nummer: andere vorm verwacht"."""
        wording = self._wording(component, facts)
        kind = wording.title_nl if language == "nl" else wording.title_en
        return capitalised(facts.name) + (f": {kind}" if kind else "")

    def problem(self, component: Node | None, shape: Node | None, facts: Facts, language: Language) -> str:
        """What is wrong here, filled in."""
        wording = self._wording(component, facts)
        wanted = self._wanted(shape, wording.wanted, language) if wording.wanted is not None else ""
        values = enumerated(facts.values, language) if facts.values else {"nl": "niets", "en": "nothing"}[language]
        if component == SH.MaxCountConstraintComponent:
            wording = _FEWEST.get(wanted, wording)
        sentence = wording.nl if language == "nl" else wording.en
        words = {"name": facts.name, "value": facts.value or values, "values": values, "wanted": wanted}
        not_wanted = f"geen {wanted.removeprefix('een ')}" if wanted.startswith("een ") else f"niet {wanted}"
        return capitalised(sentence.format(**words, not_wanted=not_wanted))

    def _wording(self, component: Node | None, facts: Facts) -> _Wording:
        if component in _NEEDS_VALUES and facts.looked and not facts.values and not facts.value:
            return _NOTHING
        if component is not None and component in _TABLE:
            return _TABLE[component]
        return _UNKNOWN if facts.value else _WHOLE

    def _wanted(self, shape: Node | None, parameter: Node, language: Language) -> str:
        found: list[str] = []
        for value in sorted(self._shapes.objects(shape, parameter), key=str):
            members = [*self._shapes.items(value)]
            found += [self._term(one, parameter, language) for one in members or [value]]
        if len(found) > _LONGEST_LIST:
            return {"nl": f"een van de {len(found)} mogelijkheden", "en": f"one of the {len(found)} options"}[language]
        return enumerated(dict.fromkeys(found), language, "or" if parameter != SH["and"] else "and")

    def _term(self, term: Node, parameter: Node, language: Language) -> str:
        """A parameter's value in words."""
        if parameter == SH.datatype and term in DATATYPES:
            return DATATYPES[term][language]
        if parameter == SH.nodeKind and term in NODE_KINDS:
            return NODE_KINDS[term][language]
        if isinstance(term, Literal):
            return str(term) if parameter == SH.languageIn or not isinstance(term.value, str) else f"“{term}”"
        label = label_of(self._shapes, term, language) or label_of(self._known, term, language)
        if label:
            return _IS.sub("", label if _PROPER.search(label) else label[:1].lower() + label[1:])
        kinds = sorted(self._shapes.objects(term, SH["class"]), key=str)
        return label_of(self._known, kinds[0], language).lower() if kinds else shortened(str(term))
