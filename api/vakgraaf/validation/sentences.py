"""What is wrong, in a sentence: one table from SHACL's constraint components to words, filled in with what is there."""

from __future__ import annotations

import re
from dataclasses import dataclass

from rdflib import RDFS, SH, Graph, Literal
from rdflib.term import Node

from vakgraaf.validation.component_words import FEWEST, NOTHING, TABLE, UNKNOWN, WHOLE, Wording
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
            wording = FEWEST.get(wanted, wording)
        sentence = wording.nl if language == "nl" else wording.en
        words = {"name": facts.name, "value": facts.value or values, "values": values, "wanted": wanted}
        not_wanted = f"geen {wanted.removeprefix('een ')}" if wanted.startswith("een ") else f"niet {wanted}"
        return capitalised(sentence.format(**words, not_wanted=not_wanted))

    def _wording(self, component: Node | None, facts: Facts) -> Wording:
        if component in _NEEDS_VALUES and facts.looked and not facts.values and not facts.value:
            return NOTHING
        if component is not None and component in TABLE:
            return TABLE[component]
        return UNKNOWN if facts.value else WHOLE

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
        if term == RDFS.label:
            return "label"
        label = label_of(self._shapes, term, language) or label_of(self._known, term, language)
        if label:
            return _IS.sub("", label if _PROPER.search(label) else label[:1].lower() + label[1:])
        kinds = sorted(self._shapes.objects(term, SH["class"]), key=str)
        return label_of(self._known, kinds[0], language).lower() if kinds else shortened(str(term))
