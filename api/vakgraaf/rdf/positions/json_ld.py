"""Places of triples in JSON-LD 1.1: the keys are expanded by the contexts that stand in the file itself."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from urllib.parse import urljoin

from rdflib import RDF, XSD, BNode, URIRef
from rdflib.term import Node

from vakgraaf.rdf.positions.json_places import Json, read_json
from vakgraaf.rdf.positions.spots import Spot, Spots, literal


@dataclass(frozen=True, slots=True)
class _Term:
    """What a context says of a key."""

    iri: str
    datatype: str | None = None
    language: str | None = None
    container: str = ""
    reverse: bool = False
    tagged: bool = True


@dataclass(frozen=True, slots=True)
class _Context:
    base: str
    vocab: str = ""
    language: str | None = None
    terms: dict[str, _Term] = field(default_factory=dict)

    def iri(self, name: str, *, vocab: bool = True) -> str:
        """IRI expansion (JSON-LD API §5.2), with the terms that are known by now."""
        if vocab and name in self.terms:
            return self.terms[name].iri
        if name.startswith("@") or name.startswith("_:"):
            return name
        prefix, colon, rest = name.partition(":")
        if colon:
            if prefix in self.terms and not rest.startswith("//"):
                return self.terms[prefix].iri + rest
            return name
        return self.vocab + name if vocab and self.vocab else name if vocab else urljoin(self.base, name)


def json_ld_spots(text: str, base: str) -> Spots:
    """The places in a JSON-LD file; remote contexts are not followed, so keys that they explain are not found."""
    spots = Spots(text)
    whole = read_json(text)
    if whole is not None:
        _Pass(spots).nodes(whole, _Context(base))
    return spots


class _Pass:
    def __init__(self, spots: Spots) -> None:
        self._spots = spots

    def nodes(self, value: Json, context: _Context) -> None:
        """The node objects at the top, or in a @graph."""
        for one in value.items if value.kind == "array" else [value]:
            if one.kind == "object":
                self._node(one, context)

    def _node(self, value: Json, context: _Context) -> Node:
        own = value.get("@context")
        if own is not None:
            context = _extended(context, own)
        keys = [(context.iri(key), key, at, member) for key, at, member in value.members]
        named = next((member for iri, _, _, member in keys if iri == "@id"), None)
        identifier = context.iri(str(named.scalar), vocab=False) if named is not None else ""
        node: Node = _reference(identifier) if named is not None else BNode()
        if named is not None or any(not iri.startswith("@") or iri == "@type" for iri, *_ in keys):
            spot = named.spot if named is not None else (value.spot[0], value.spot[0] + 1)
            self._spots.mention(node, spot)
        for iri, key, at, member in keys:
            if iri == "@type":
                for one in member.items or [member]:
                    self._spots.triple(node, RDF.type, _reference(context.iri(str(one.scalar))), at, one.spot)
            elif iri in ("@graph", "@included"):
                self.nodes(member, context)
            elif iri == "@reverse":
                self._reversed(node, member, context)
            elif ":" in iri:
                self._member(node, context.terms.get(key) or _Term(iri), at, member, context)
        return node

    def _reversed(self, node: Node, value: Json, context: _Context) -> None:
        for key, at, member in value.members:
            term = context.terms.get(key) or _Term(context.iri(key))
            self._member(node, replace(term, reverse=True), at, member, context)

    def _member(self, node: Node, term: _Term, at: Spot, value: Json, context: _Context) -> None:
        predicate = URIRef(term.iri)
        if "@language" in term.container and value.kind == "object":
            for tag, _, texts in value.members:
                for one in texts.items or [texts]:
                    text = literal(str(one.scalar), None if tag == "@none" else tag)
                    self._spots.triple(node, predicate, text, at, one.spot)
            return
        if "@list" in term.container:
            self._spots.triple(node, predicate, self._list(value, term, context), at, value.spot)
            return
        keyed = value.kind == "object" and any(kind in term.container for kind in ("@index", "@id", "@graph", "@type"))
        values = [one for _, _, member in value.members for one in member.items or [member]] if keyed else [value]
        for one in (item for each in values for item in (each.items if each.kind == "array" else [each])):
            found = self._object(one, term, context)
            if found is not None and term.reverse:
                self._spots.triple(found, predicate, node, at, one.spot)
            elif found is not None:
                self._spots.triple(node, predicate, found, at, one.spot)

    def _object(self, value: Json, term: _Term, context: _Context) -> Node | None:
        if value.kind == "object":
            plain = next((m for key, _, m in value.members if context.iri(key) == "@value"), None)
            if plain is not None:
                return _typed(plain, value, context)
            ordered = next((m for key, _, m in value.members if context.iri(key) in ("@list", "@set")), None)
            if ordered is not None:
                return self._list(ordered, term, context)
            return self._node(value, context)
        if value.scalar is None:
            return None
        if isinstance(value.scalar, str):
            if term.datatype in ("@id", "@vocab"):
                return _reference(context.iri(value.scalar, vocab=term.datatype == "@vocab"))
            if term.datatype is not None:
                return literal(value.scalar, None, term.datatype)
            return literal(value.scalar, (term.language or context.language) if term.tagged else None)
        return _number(value, term.datatype)

    def _list(self, value: Json, term: _Term, context: _Context) -> Node:
        cells: list[Node] = []
        for one in value.items if value.kind == "array" else [value]:
            found = self._object(one, replace(term, container=""), context)
            if found is None:
                continue
            cell = BNode()
            self._spots.mention(cell, one.spot)
            self._spots.triple(cell, RDF.first, found, one.spot, one.spot)
            if cells:
                self._spots.triple(cells[-1], RDF.rest, cell, one.spot, one.spot)
            cells.append(cell)
        if cells:
            self._spots.triple(cells[-1], RDF.rest, RDF.nil, value.spot, value.spot)
        return cells[0] if cells else RDF.nil


def _reference(iri: str) -> Node:
    return BNode(iri[2:]) if iri.startswith("_:") else URIRef(iri)


def _typed(plain: Json, whole: Json, context: _Context) -> Node:
    said = {context.iri(key): member for key, _, member in whole.members}
    tag, kind = said.get("@language"), said.get("@type")
    if tag is not None:
        return literal(str(plain.scalar), str(tag.scalar))
    datatype = context.iri(str(kind.scalar)) if kind is not None else None
    if isinstance(plain.scalar, str):
        return literal(plain.scalar, None, datatype)
    return _number(plain, datatype)


def _number(value: Json, datatype: str | None) -> Node:
    """Numbers and booleans (JSON-LD API §8.6)."""
    if isinstance(value.scalar, bool):
        return literal(value.raw, None, datatype or XSD.boolean)
    if isinstance(value.scalar, float) and not value.scalar.is_integer():
        return literal(f"{value.scalar:.15E}", None, datatype or XSD.double)
    number = int(value.scalar) if isinstance(value.scalar, int | float) else value.raw
    return literal(str(number), None, datatype or XSD.integer)


def _extended(context: _Context, value: Json) -> _Context:
    """The context with those that stand in the file (§4.1); one that is elsewhere changes nothing."""
    for one in value.items if value.kind == "array" else [value]:
        if one.kind != "object":
            if one.scalar is None:
                context = _Context(context.base)
            continue
        said = {key: member for key, _, member in one.members}
        base, vocab, language = (said.get(key) for key in ("@base", "@vocab", "@language"))
        if base is not None:
            context = replace(context, base=urljoin(context.base, str(base.scalar)))
        if vocab is not None:
            context = replace(context, vocab="" if vocab.scalar is None else context.iri(str(vocab.scalar)))
        if language is not None:
            context = replace(context, language=None if language.scalar is None else str(language.scalar))
        context = replace(context, terms={**context.terms})
        for _ in range(2):  # a term may lean on one that stands below it
            for key, member in said.items():
                if not key.startswith("@"):
                    _define(context, key, member)
    return context


def _define(context: _Context, key: str, value: Json) -> None:
    context.terms.pop(key, None)
    if value.kind != "object":
        if isinstance(value.scalar, str):
            context.terms[key] = _Term(context.iri(value.scalar))
        return
    said = {name: member for name, _, member in value.members}
    backwards = said.get("@reverse")
    named = backwards or said.get("@id")
    kind, language, container = (said.get(name) for name in ("@type", "@language", "@container"))
    held = [str(one.scalar) for one in (container.items or [container])] if container is not None else []
    context.terms[key] = _Term(
        iri=context.iri(str(named.scalar)) if named is not None else context.iri(key),
        datatype=context.iri(str(kind.scalar)) if kind is not None else None,
        language=str(language.scalar) if language is not None and language.scalar is not None else None,
        container=" ".join(held),
        reverse=backwards is not None,
        tagged=language is None or language.scalar is not None,
    )
