"""Which statements a question looks at: those with a property that it names, if it names all that it follows.

Nothing is proved of what a question does with them. That is not needed: a statement whose property is not in its text
cannot fit any of its patterns, so that it may as well not be there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rdflib import RDF

from vakgraaf.errors import QueryRefused
from vakgraaf.sparql.lexing import NotUnderstood, Tokens, tokens
from vakgraaf.sparql.naming import iri_of, property_of
from vakgraaf.sparql.parsing import parse
from vakgraaf.sparql.tree import Filter, Path, Query, SubSelect, Term, Tree, Triple, TriplesBlock, groups

_TYPE = str(RDF.type)
OWN_KIND = "kind_of_it", "kind_of_this"
"""Variables that questions of our own have for a class, which is always one that is named beside it."""


_FILTER = re.compile(r"FILTER\s*(\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\))")
_OTHER_SENSE = re.compile(r"\|\||!(?!=)|\bNOT\b|\bEXISTS\b|\bIF\b|\bCOALESCE\b", re.IGNORECASE)
_IN = re.compile(r"[?$](\w+)\s+IN\s*\((?:[\w:.-]+|<[^<>]*>)(?:\s*,\s*(?:[\w:.-]+|<[^<>]*>))*\s*\)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Footprint:
    """The IRIs that a question names. `any_class`: it may look at what is of a class that it does not name."""

    named: frozenset[str]
    any_class: bool

    def __or__(self, other: Footprint) -> Footprint:
        return Footprint(self.named | other.named, self.any_class or other.any_class)


def footprint(text: str) -> Footprint:
    """That of a question of which it is known that it follows no property without naming it."""
    found = tokens(text)
    prefixes: dict[str, str] = {}
    named, any_class = set[str](), False
    closed = {*OWN_KIND, *_one_of(found), *(("this",) if _asks_instances(found) else ())}
    for place, kind in enumerate(found.kinds):
        if kind == "iri" and found.kinds[place - 2] == "PREFIX":
            prefixes[found.at(place - 1).removesuffix(":")] = found.at(place)[1:-1]
            continue
        iri = _named(found, place, kind, prefixes)
        if iri is not None:
            named.add(iri)
            any_class |= iri == _TYPE and not _of_named_class(found, place + 1, closed)
    return Footprint(frozenset(named), any_class)


def _named(found: Tokens, place: int, kind: str, prefixes: dict[str, str]) -> str | None:
    if kind == "A":
        return _TYPE
    if kind == "iri":
        return found.at(place)[1:-1]
    if kind != "name" or found.kinds[place - 1] == "PREFIX":
        return None
    prefix, _, local = found.at(place).partition(":")
    return prefixes[prefix] + local.replace("\\", "")


def _of_named_class(found: Tokens, place: int, closed: set[str]) -> bool:
    kind = found.kinds[place]
    return kind in ("iri", "name") or (kind == "var" and found.at(place)[1:] in closed)


def _one_of(found: Tokens) -> Iterator[str]:
    """The variables that a filter of the whole question has be one of some IRIs, and nothing else."""
    if {"UNION", "OPTIONAL", "MINUS"} & set(found.kinds) or found.kinds.count("SELECT") > 1:
        return
    text = found.text[: next((found.starts[at] for at, kind in enumerate(found.kinds) if kind == "EXISTS"), None)]
    for expression in _FILTER.findall(text):
        if not _OTHER_SENSE.search(expression):
            yield from _IN.findall(expression)


def only_has_instances(text: str) -> bool:
    """`_asks_instances` for the text of a question."""
    return _asks_instances(tokens(text))


def _asks_instances(found: Tokens) -> bool:
    """Whether `?this` is a class of which a question asks for instances, and nothing more of those.

    Then it finds something if it would find something with one instance of each class.
    """
    heads = {found.kinds[at + 1] for at, kind in enumerate(found.kinds) if kind == "SELECT"}
    if "GROUP" in found.kinds or "(" in heads:
        return False
    asked, in_head = False, False
    for place, kind in enumerate(found.kinds):
        in_head = kind == "SELECT" or (in_head and kind not in ("WHERE", "{"))
        if kind == "var" and found.at(place)[1:] != "this" and not in_head:
            asked = found.kinds[place + 1] == "A" and found.at(place + 2)[1:] == "this"
            if not asked:
                return False
    return asked


def names_all_in(text: str) -> bool:
    """`names_all` for the text of a question."""
    try:
        tree = parse(text)
    except NotUnderstood:
        return False
    return isinstance(tree.request, Query) and names_all(tree, tree.request)


def looks_no_further(text: str) -> bool:
    """Whether a question looks only at what is said of `?this`, and of which class the values of that are."""
    try:
        tree = parse(text)
        query = tree.request
        if not isinstance(query, Query) or query.body.where is None:
            return False
        triples = [
            triple
            for group in groups(query.body.where)
            for element in group.elements
            if isinstance(element, TriplesBlock)
            for triple in element.triples
        ]
        verbs = [verb_of(tree, triple) for triple in triples]
    except (NotUnderstood, QueryRefused):
        return False
    own = [triple for triple in triples if triple.subject == Term("var", "this")]
    reached = {triple.object for triple in own}
    return all(
        verb is not None and (triple in own or (verb == _TYPE and triple.subject in reached))
        for triple, verb in zip(triples, verbs, strict=True)
    )


def verb_of(tree: Tree, triple: Triple) -> str | None:
    """The property of a pattern; None where it has a variable or a path for it. Raises `QueryRefused`."""
    verb = triple.verb
    if isinstance(verb, Path):
        return property_of(tree, verb) if verb.operator == "iri" else None
    return iri_of(verb, tree) if verb.kind == "iri" else None


def names_all(tree: Tree, query: Query) -> bool:
    """Whether a question names all properties that it follows: as such, or as those that a variable may stand for."""
    assert query.body.where is not None
    closed = set(_closed(tree, query))
    if any(isinstance(element, SubSelect) for group in groups(query.body.where) for element in group.elements):
        closed = set()  # in there, the same name may be another variable
    for group in groups(query.body.where):
        for element in group.elements:
            for triple in element.triples if isinstance(element, TriplesBlock) else ():
                if not _names(triple.verb, closed):
                    return False
    return True


def _names(verb: Term | Path, closed: set[str]) -> bool:
    if isinstance(verb, Term):
        return verb.kind == "iri" or (verb.kind == "var" and verb.text in closed)
    return verb.operator == "iri" or (verb.operator != "negated" and all(_names(part, closed) for part in verb.parts))


def _closed(tree: Tree, query: Query) -> Iterator[str]:
    """The variables that a filter of the whole question has be one of some IRIs."""
    assert query.body.where is not None
    for element in query.body.where.elements:
        if isinstance(element, Filter):
            found = tokens(tree.text(element.expression))
            kinds = found.kinds
            if "||" in kinds or "!" in kinds or kinds.count("IN") != 1 or "NOT" in kinds:
                continue
            at = kinds.index("IN")
            inside = kinds[at + 2 : kinds.index(")", at)]
            if kinds[at - 1] == "var" and set(inside) <= {"iri", "name", ","}:
                yield found.at(at - 1)[1:]
