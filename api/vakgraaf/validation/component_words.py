"""What a failing constraint is called, per component of SHACL (§4, §5): a title, and a sentence with blanks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from rdflib import SH
from rdflib.term import Node


@dataclass(frozen=True, slots=True)
class Wording:
    """How one component is said: a title after the name, a sentence, and the parameter that {wanted} stands for."""

    title_nl: str
    title_en: str
    nl: str
    en: str
    wanted: Node | None = None


NOTHING = Wording("niet ingevuld", "not filled in", "“{name}” is niet ingevuld.", "“{name}” is not filled in.")
TABLE: Mapping[Node, Wording] = {
    SH.MinCountConstraintComponent: Wording(
        "te weinig",
        "too few",
        "Bij “{name}” staat te weinig: {values}. Het minste aantal is {wanted}.",
        "“{name}” has too few: {values}. The least number is {wanted}.",
        SH.minCount,
    ),
    SH.MaxCountConstraintComponent: Wording(
        "te veel",
        "too many",
        "Bij “{name}” staat te veel: {values}. Het hoogste aantal is {wanted}.",
        "“{name}” has too many: {values}. The highest number is {wanted}.",
        SH.maxCount,
    ),
    SH.QualifiedMinCountConstraintComponent: Wording(
        "niet wat gevraagd is",
        "not what is asked",
        "Bij “{name}” staat {values}; gevraagd is: {wanted}.",
        "“{name}” has {values}; what is asked is: {wanted}.",
        SH.qualifiedValueShape,
    ),
    SH.QualifiedMaxCountConstraintComponent: Wording(
        "te veel",
        "too many",
        "Bij “{name}” staan er te veel van één soort ({wanted}): {values}.",
        "“{name}” has too many of one kind ({wanted}): {values}.",
        SH.qualifiedValueShape,
    ),
    SH.DatatypeConstraintComponent: Wording(
        "verkeerde soort waarde",
        "wrong kind of value",
        "Bij “{name}” staat {value}, en dat is {not_wanted}.",
        "“{name}” has {value}, which is not {wanted}.",
        SH.datatype,
    ),
    SH.NodeKindConstraintComponent: Wording(
        "verkeerde soort waarde",
        "wrong kind of value",
        "Bij “{name}” staat {value}, en dat is {not_wanted}.",
        "“{name}” has {value}, which is not {wanted}.",
        SH.nodeKind,
    ),
    SH.ClassConstraintComponent: Wording(
        "verwijzing klopt niet",
        "wrong reference",
        "“{name}” verwijst naar {value}, en dat is in de graaf niet bekend als {wanted}.",
        "“{name}” refers to {value}, which the graph does not know as {wanted}.",
        SH["class"],
    ),
    SH.PatternConstraintComponent: Wording(
        "andere vorm verwacht",
        "unexpected form",
        "Bij “{name}” staat {value}, en dat heeft niet de vorm die hier hoort.",
        "“{name}” has {value}, which does not have the form that belongs here.",
    ),
    SH.MinLengthConstraintComponent: Wording(
        "te kort",
        "too short",
        "{value} is korter dan {wanted} tekens.",
        "{value} is shorter than {wanted} characters.",
        SH.minLength,
    ),
    SH.MaxLengthConstraintComponent: Wording(
        "te lang",
        "too long",
        "{value} is langer dan {wanted} tekens.",
        "{value} is longer than {wanted} characters.",
        SH.maxLength,
    ),
    SH.MinInclusiveConstraintComponent: Wording(
        "te laag",
        "too low",
        "Bij “{name}” staat {value}, en dat is niet {wanted} of hoger.",
        "“{name}” has {value}, which is not {wanted} or higher.",
        SH.minInclusive,
    ),
    SH.MaxInclusiveConstraintComponent: Wording(
        "te hoog",
        "too high",
        "Bij “{name}” staat {value}, en dat is niet {wanted} of lager.",
        "“{name}” has {value}, which is not {wanted} or lower.",
        SH.maxInclusive,
    ),
    SH.MinExclusiveConstraintComponent: Wording(
        "te laag",
        "too low",
        "Bij “{name}” staat {value}, en dat is niet hoger dan {wanted}.",
        "“{name}” has {value}, which is not higher than {wanted}.",
        SH.minExclusive,
    ),
    SH.MaxExclusiveConstraintComponent: Wording(
        "te hoog",
        "too high",
        "Bij “{name}” staat {value}, en dat is niet lager dan {wanted}.",
        "“{name}” has {value}, which is not lower than {wanted}.",
        SH.maxExclusive,
    ),
    SH.InConstraintComponent: Wording(
        "niet in de lijst",
        "not on the list",
        "Bij “{name}” staat {value}, en dat is {not_wanted}.",
        "“{name}” has {value}, which is not {wanted}.",
        SH["in"],
    ),
    SH.LanguageInConstraintComponent: Wording(
        "andere taal verwacht",
        "unexpected language",
        "Bij “{name}” staat {value}, en dat is niet in een van de talen die hier horen: {wanted}.",
        "“{name}” has {value}, which is not in a language that belongs here: {wanted}.",
        SH.languageIn,
    ),
    SH.UniqueLangConstraintComponent: Wording(
        "twee keer in één taal",
        "twice in one language",
        "Bij “{name}” staat meer dan één tekst in dezelfde taal: {values}.",
        "“{name}” has more than one text in the same language: {values}.",
    ),
    SH.EqualsConstraintComponent: Wording(
        "niet hetzelfde",
        "not the same",
        "{value} staat wel bij het ene en niet bij het andere: “{name}” en “{wanted}”.",
        "{value} stands with the one but not with the other: “{name}” and “{wanted}”.",
        SH.equals,
    ),
    SH.DisjointConstraintComponent: Wording(
        "dubbel",
        "double",
        "{value} staat zowel bij “{name}” als bij “{wanted}”.",
        "{value} stands both with “{name}” and with “{wanted}”.",
        SH.disjoint,
    ),
    SH.LessThanConstraintComponent: Wording(
        "volgorde klopt niet",
        "wrong order",
        "Bij “{name}” staat {value}, en dat is niet minder dan wat bij “{wanted}” staat.",
        "“{name}” has {value}, which is not less than what “{wanted}” has.",
        SH.lessThan,
    ),
    SH.LessThanOrEqualsConstraintComponent: Wording(
        "volgorde klopt niet",
        "wrong order",
        "Bij “{name}” staat {value}, en dat is niet minder dan of gelijk aan wat bij “{wanted}” staat.",
        "“{name}” has {value}, which is not less than or equal to what “{wanted}” has.",
        SH.lessThanOrEquals,
    ),
    SH.NodeConstraintComponent: Wording(
        "andere vorm verwacht",
        "unexpected form",
        "Bij “{name}” staat {value}; verwacht wordt: {wanted}.",
        "“{name}” has {value}; what is expected is: {wanted}.",
        SH.node,
    ),
    SH.NotConstraintComponent: Wording(
        "hoort hier niet",
        "does not belong here",
        "“{name}”: {value} hoort hier niet.",
        "“{name}”: {value} does not belong here.",
    ),
    SH.OrConstraintComponent: Wording(
        "geen van de mogelijkheden",
        "none of the options",
        "“{name}” heeft geen van de vormen die hier mogen: {wanted}.",
        "“{name}” has none of the forms that are allowed here: {wanted}.",
        SH["or"],
    ),
    SH.XoneConstraintComponent: Wording(
        "niet precies één van beide",
        "not exactly one of them",
        "“{name}” heeft niet precies één van de vormen die hier mogen: {wanted}.",
        "“{name}” does not have exactly one of the forms that are allowed here: {wanted}.",
        SH.xone,
    ),
    SH.AndConstraintComponent: Wording(
        "niet volledig",
        "not complete",
        "“{name}” voldoet niet aan alles wat hier geldt: {wanted}.",
        "“{name}” does not satisfy all that holds here: {wanted}.",
        SH["and"],
    ),
    SH.ClosedConstraintComponent: Wording(
        "hoort hier niet",
        "does not belong here",
        "“{name}” hoort hier niet; er staat {value}.",
        "“{name}” does not belong here; it has {value}.",
    ),
    SH.HasValueConstraintComponent: Wording(
        "verplichte waarde ontbreekt",
        "required value missing",
        "Bij “{name}” ontbreekt de waarde {wanted}.",
        "“{name}” lacks the value {wanted}.",
        SH.hasValue,
    ),
}
_MORE_THAN_ONE = Wording(
    "meer dan één",
    "more than one",
    "Bij “{name}” staat meer dan één waarde: {values}.",
    "“{name}” has more than one value: {values}.",
)
_NONE_ALLOWED = Wording(
    "hoort hier niet",
    "does not belong here",
    "“{name}” hoort hier niet: {values}.",
    "“{name}” does not belong here: {values}.",
)
FEWEST = {"0": _NONE_ALLOWED, "1": _MORE_THAN_ONE}
UNKNOWN = Wording("", "", "“{name}” klopt niet: {value}.", "“{name}” is not right: {value}.")
WHOLE = Wording("", "", "“{name}” klopt hier niet.", "“{name}” is not right here.")
