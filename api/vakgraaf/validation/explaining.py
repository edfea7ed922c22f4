"""What a result says in words: which kind of thing is wrong, what is wrong here, and what to do about it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from rdflib import RDFS, SH, XSD, BNode, Graph, Literal, URIRef
from rdflib.term import Node

from vakgraaf.validation.outline import Outline
from vakgraaf.validation.report import Language, Words, shortened
from vakgraaf.validation.sentences import Facts, Sentences
from vakgraaf.validation.shapes import PLACEHOLDER
from vakgraaf.validation.terms import identifier, label_of, literal_text, path_of, path_text, spoken_literal

LANGUAGES: tuple[Language, ...] = ("nl", "en")
_MOST_VALUES = 4
# Where it matters that something is a text and not, say, a number.
_OF_KIND = (SH.NodeConstraintComponent, SH.DatatypeConstraintComponent)
_FAILED_BY = (
    (SH.minCount, SH.MinCountConstraintComponent),
    (SH.maxCount, SH.MaxCountConstraintComponent),
    (SH.datatype, SH.DatatypeConstraintComponent),
    (SH["class"], SH.ClassConstraintComponent),
    (SH.pattern, SH.PatternConstraintComponent),
    (SH.qualifiedMinCount, SH.QualifiedMinCountConstraintComponent),
)


@dataclass(frozen=True, slots=True)
class Occasion:
    """One result of an engine: its terms, and the path with the graph that it stands in."""

    focus: Node | None
    value: Node | None
    shape: Node | None
    constraint: Node | None
    component: Node | None
    path: tuple[Graph, Node] | None


class Explainer:
    """Finds the words for results, in the shapes and, for names, in what was judged."""

    def __init__(self, shapes: Graph, known: Graph, outline: Outline) -> None:
        self._shapes, self._known, self._outline = shapes, known, outline
        self._sentences = Sentences(shapes, known)

    def titles(self, occasion: Occasion) -> Words:
        """What kind of thing is wrong."""
        return {
            language: self._sentences.title(self._component(occasion), self._facts(occasion, language), language)
            for language in LANGUAGES
        }

    def problems(self, occasion: Occasion) -> Words:
        """What is wrong here: the rule's own rdfs:comment, filled in, else a sentence made from its component."""
        comments = self._shapes.objects(occasion.shape, RDFS.comment)
        if occasion.value is not None or not any("{?value}" in str(comment) for comment in comments):
            own = self._filled(occasion, RDFS.comment)
            if own:
                return own
        shape = alternative(self._shapes, occasion.shape) or occasion.shape
        return {
            language: self._sentences.problem(
                self._component(occasion), shape, self._facts(occasion, language), language
            )
            for language in LANGUAGES
        }

    def messages(self, occasion: Occasion) -> Words:
        """What to do: the shapes' own messages, filled in."""
        return self._filled(occasion, SH.message)

    def readable(self, term: Node | None) -> str:
        """A term as it stands in a report: a literal as Turtle has it, a thing by name and prefixed IRI."""
        if isinstance(term, Literal):
            return literal_text(term)
        name = self._outline.name(term)
        if isinstance(term, BNode):
            return name
        return f"{name} ({shortened(identifier(term))})" if name else shortened(identifier(term))

    def _spoken(self, term: Node | None, language: Language) -> str:
        """A term within a sentence."""
        if isinstance(term, Literal):
            return spoken_literal(term)
        name = self._outline.name(term, language)
        if isinstance(term, BNode):
            return name or {"nl": "iets zonder naam", "en": "something without a name"}[language]
        return f"“{name}” ({shortened(identifier(term))})" if name else shortened(identifier(term))

    def _filled(self, occasion: Occasion, predicate: URIRef) -> Words:
        """Texts of the SPARQL constraint, else of the shape (SHACL §5.3.2), with {?this}, {?value} and {?path}."""
        for source in (occasion.constraint, occasion.shape):
            texts = self._shapes.objects(source, predicate) if source is not None else ()
            filled = {text.language or "": self._fill(text, occasion) for text in texts if isinstance(text, Literal)}
            if filled:
                return filled
        return {}

    def _fill(self, text: Literal, occasion: Occasion) -> str:
        language: Language = "en" if text.language == "en" else "nl"
        words: Mapping[str, str] = {
            "this": self._spoken(occasion.focus, language),
            "value": self._spoken(occasion.value, language),
            "path": path_text(*occasion.path) if occasion.path else "",
        }
        return PLACEHOLDER.sub(lambda found: words.get(found[1], found[0]), text)

    def _facts(self, occasion: Occasion, language: Language) -> Facts:
        value = "" if occasion.value is None else self._spoken(occasion.value, language)
        if occasion.component in _OF_KIND and _is_text(occasion.value):
            value = {"nl": f"de tekst {value}", "en": f"the text {value}"}[language]
        values = [self._spoken(term, language) for term in self._found(occasion)]
        if len(values) > _MOST_VALUES:
            values = [*values[: _MOST_VALUES - 1], "…"]
        return Facts(self._rule_name(occasion, language), value, tuple(values), looked=occasion.path is not None)

    def _rule_name(self, occasion: Occasion, language: Language) -> str:
        """What the rule is about: sh:name, a label, or what the property is called."""
        names = [name for name in self._shapes.objects(occasion.shape, SH.name) if isinstance(name, Literal)]
        for wanted in (language, None):
            for name in sorted(names):
                if wanted in (None, name.language):
                    return str(name)
        label = label_of(self._shapes, occasion.shape, language)
        if label or occasion.path is None:
            return label
        graph, path = occasion.path
        return label_of(self._known, path, language) or path_text(graph, path)

    def _found(self, occasion: Occasion) -> list[Node]:
        """What stands at the end of the path."""
        if occasion.path is None or occasion.focus is None:
            return []
        path = path_of(*occasion.path)
        found = set() if path is None else set(self._known.objects(occasion.focus, path))
        if occasion.component == SH.UniqueLangConstraintComponent:
            tags = Counter(_tag(term) for term in found)
            found = {term for term in found if tags[_tag(term)] > 1 and _tag(term)}
        # "25478" and 25478 are two terms with one text.
        kind = ("language", "datatype")
        return sorted(found, key=lambda term: (self._outline.stable(term), *(str(getattr(term, n, "")) for n in kind)))

    def _component(self, occasion: Occasion) -> Node | None:
        """The component that a rule "a stub, or …" failed by: the first of its alternative that does not hold."""
        member = alternative(self._shapes, occasion.shape)
        if member is None:
            return occasion.component
        number = len(self._found(occasion))
        for parameter, component in _FAILED_BY:
            wanted = self._shapes.value(member, parameter)
            limit = wanted.value if isinstance(wanted, Literal) and isinstance(wanted.value, int) else None
            if parameter == SH.minCount and limit is not None and number >= limit:
                continue
            if parameter == SH.maxCount and limit is not None and number <= limit:
                continue
            if wanted is not None:
                return component
        return occasion.component


def _tag(term: Node) -> str:
    return (term.language or "").lower() if isinstance(term, Literal) else ""


def _is_text(term: Node | None) -> bool:
    return isinstance(term, Literal) and not term.language and term.datatype in (None, XSD.string)


def alternative(shapes: Graph, shape: Node | None) -> Node | None:
    """Of a rule "a stub, or …" the one member of its sh:or that has a path; None for any other rule."""
    if shape is None or (shape, SH.path, None) in shapes:
        return None
    members = [member for rest in shapes.objects(shape, SH["or"]) for member in shapes.items(rest)]
    paths = [member for member in members if (member, SH.path, None) in shapes]
    return paths[0] if len(paths) == 1 else None
