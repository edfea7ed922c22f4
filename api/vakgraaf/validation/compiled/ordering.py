"""The triples of a SPARQL constraint in the order in which they are to be looked up: from what is known to what is not.

The engine orders them itself, but in an EXISTS it does not know what is bound outside, and then reads all triples of
a property for each focus node. LATERAL says the order: each pattern is matched for every solution of those before it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from vakgraaf.sparql.tree import Bind, Element, Exists, Filter, Group, Path, Term, Tree, Triple, TriplesBlock, groups
from vakgraaf.validation.compiled.refusal import Refused


def ordered(
    tree: Tree, group: Group, bound: frozenset[str], first: str = "", left_out: Sequence[Filter] = ()
) -> str | None:
    """The text of a group of triples, filters and BINDs, with `first` before all else; None for any other group.

    `bound` are the variables that have a value when it begins, and `left_out` the filters that need not be there.
    Raises `Refused` for a triple that is no plain one.
    """
    if not all(isinstance(element, TriplesBlock | Filter | Bind) for element in group.elements):
        return None
    known, parts = set(bound), [first] if first else []
    filters = [element for element in group.elements if isinstance(element, Filter) and element not in left_out]
    for run in _runs(group.elements):
        for piece in _by_knowledge(run, known) if isinstance(run, list) else (run,):
            if isinstance(piece, Bind):
                parts.append(_with_exists(tree, piece, frozenset(known)))
                known.add(piece.variable)
            else:
                text = _written(tree, piece)
                parts.append(f"LATERAL {{ {text} }}" if parts else f"{text} .")
            ready = [one for one in filters if not one.expression.exists and one.expression.variables <= known]
            if ready:
                # A filter holds for the whole group that it stands in: here that is what comes before it.
                parts = ["{ " + " ".join([*parts, *(tree.text(one) for one in ready)]) + " }"]
                filters = [one for one in filters if one not in ready]
    parts += [_with_exists(tree, one, frozenset(known)) for one in filters]
    return "{ " + " ".join(parts) + " }"


def by_property(tree: Tree, group: Group, target: str, properties: str) -> tuple[str, str] | None:
    """As `ordered`, for a question about any property of `?this` that has conditions on the property alone.

    Those come first, with `properties` for the pattern that binds the variable of the property to all that there are:
    where none fits, nothing else is looked at. Beside it the question which of them fit. None for any other group.
    """
    triples = [triple for block in group.elements if isinstance(block, TriplesBlock) for triple in block.triples]
    names = [verb.text for _, verb, _ in triples if isinstance(verb, Term) and verb.kind == "var"]
    if len(names) != 1 or triples[0].verb != Term("var", names[0]) or triples[0].subject != Term("var", "this"):
        return None
    about = [
        element
        for element in group.elements
        if isinstance(element, Filter) and {*element.expression.variables, *_inner(element)} == {names[0]}
    ]
    bound = frozenset(term.text for term in triples[0] if isinstance(term, Term) and term.kind == "var")
    rest = ordered(tree, group, bound, "«first»", about)
    if not about or rest is None:
        return None
    conditions = " ".join(tree.text(element) for element in about)
    fit = f"{{ {properties.format(names[0])} {conditions} }}"
    first = f"{fit} LATERAL {{ {_written(tree, triples[0])} }}"
    whole = rest.replace("«first»", f"{first} LATERAL {{ {target} }}")
    return whole, f"SELECT DISTINCT (?{names[0]} AS ?suspect) WHERE {fit}"


def _inner(element: Filter) -> Iterator[str]:
    """The variables in the groups of EXISTS in a filter."""
    for exists in element.expression.exists:
        for group in groups(exists.group):
            for inner in group.elements:
                if isinstance(inner, Filter):
                    yield from inner.expression.variables
                for triple in inner.triples if isinstance(inner, TriplesBlock) else ():
                    yield from (term.text for term in triple if isinstance(term, Term) and term.kind == "var")


def _runs(elements: list[Element]) -> Iterator[list[Triple] | Bind]:
    """The triples up to each BIND together."""
    waiting: list[Triple] = []
    for element in elements:
        if isinstance(element, TriplesBlock):
            waiting += element.triples
        elif isinstance(element, Bind):
            yield waiting
            yield element
            waiting = []
    yield waiting


def _by_knowledge(triples: list[Triple], known: set[str]) -> Iterator[Triple]:
    """The triple of which most is known first; `known` grows."""
    waiting = list(triples)
    while waiting:
        best = max(waiting, key=lambda triple: _knowledge(triple, known))
        waiting.remove(best)
        known.update(term.text for term in best if isinstance(term, Term) and term.kind == "var")
        yield best


def _knowledge(triple: Triple, known: set[str]) -> tuple[int, int, int, int]:
    subject, verb, value = (
        not isinstance(term, Term) or term.kind != "var" or term.text in known
        for term in (triple.subject, triple.verb, triple.object)
    )
    # An object that is a constant says little where no subject is known: everything has a type.
    constant = isinstance(triple.object, Term) and triple.object.kind != "var"
    # Little points at the focus node itself, and much may point at what it has.
    at_focus = triple.object == Term("var", "this")
    return (subject and value) + subject + (value and not constant), int(subject), int(at_focus), int(verb)


def _written(tree: Tree, triple: Triple) -> str:
    return " ".join(_term(tree, part) for part in triple)


def _term(tree: Tree, term: Term | Path) -> str:
    if isinstance(term, Path):
        return tree.text(term)
    if term.kind not in ("var", "iri", "literal"):
        raise Refused(f"a query with a {term.kind} term")
    return f"?{term.text}" if term.kind == "var" else term.text


def _with_exists(tree: Tree, element: Filter | Bind, known: frozenset[str]) -> str:
    """The text of the element with the groups of its EXISTS ordered."""
    tokens = tree.tokens
    parts, at = [], element.first
    for exists in element.expression.exists:
        group = exists.group
        parts += [tokens.slice(at, group.first), _ordered_exists(tree, exists, known)]
        at = group.last
    return " ".join([*parts, tokens.slice(at, element.last)])


def _ordered_exists(tree: Tree, exists: Exists, known: frozenset[str]) -> str:
    return ordered(tree, exists.group, known) or tree.text(exists.group)
