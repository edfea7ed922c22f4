"""Places of triples in RDF/XML: one pass with expat, which knows where every element begins."""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import urljoin
from xml.parsers import expat

from rdflib import RDF, BNode, URIRef
from rdflib.term import Node

from vakgraaf.rdf.positions.spots import Spot, Spots, literal

_XML = "http://www.w3.org/XML/1998/namespace"
_RDF = str(RDF)
_NOT_PROPERTIES = {"RDF", "ID", "about", "parseType", "resource", "nodeID", "datatype", "Description"}


@dataclass(slots=True)
class _Level:
    """An open element: a node, a property with its subject, or neither (rdf:RDF, a literal's own markup)."""

    kind: str
    base: str
    language: str | None
    node: Node | None = None
    subject: Node | None = None
    predicate: Node | None = None
    at: Spot = (0, 0)
    datatype: str | None = None
    text: str = ""
    text_at: int = -1
    filled: bool = False
    items: list[Node] = field(default_factory=list)
    counter: int = 0


def rdf_xml_spots(text: str, base: str) -> Spots:
    """The places in an RDF/XML file. Entities that the file declares end the pass: what was found by then stays."""
    spots = Spots(text)
    _Pass(spots, base).run(text)
    return spots


class _Stop(ValueError):
    """The file declares an entity."""


class _Pass:
    def __init__(self, spots: Spots, base: str) -> None:
        self._spots = spots
        self._levels = [_Level("top", base, None)]
        self._parser = expat.ParserCreate("UTF-8", "|")
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._text
        self._parser.EntityDeclHandler = self._entity
        self._bytes = b""
        self._seen = (0, 0)

    def run(self, text: str) -> None:
        """Read it all; what does not parse ends the pass."""
        self._bytes = text.encode()
        try:
            self._parser.Parse(self._bytes, True)
        except (expat.ExpatError, _Stop):
            return

    def _entity(self, *_: object) -> None:
        raise _Stop

    def _offset(self) -> int:
        """Where the parser is, in characters: expat counts bytes."""
        index, (seen, characters) = self._parser.CurrentByteIndex, self._seen
        if index >= seen:
            characters += len(self._bytes[seen:index].decode(errors="replace"))
            self._seen = (index, characters)
            return characters
        return len(self._bytes[:index].decode(errors="replace"))

    def _spot(self) -> Spot:
        start = self._offset()
        end = self._spots.text.find(">", start)
        return (start, end + 1 if end >= 0 else start + 1)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        above = self._levels[-1]
        base = urljoin(above.base, attributes.get(f"{_XML}|base", ""))
        language = attributes.get(f"{_XML}|lang", above.language) or None
        level = _Level("inside", base, language)
        iri = name.replace("|", "", 1)
        if iri == f"{_RDF}RDF":
            level.kind = "top"
        elif above.kind in ("top", "property", "collection"):
            self._open_node(level, iri, attributes, above)
        elif above.kind == "node":
            self._open_property(level, iri, attributes, above)
        self._levels.append(level)

    def _open_node(self, level: _Level, iri: str, attributes: dict[str, str], above: _Level) -> None:
        level.kind, spot = "node", self._spot()
        node = _identified(attributes, level.base)
        level.node = node
        self._spots.mention(node, spot)
        if iri != f"{_RDF}Description":
            self._spots.triple(node, RDF.type, URIRef(iri), spot, spot)
        self._attributes(node, attributes, level, spot)
        if above.kind == "property" and above.subject is not None and above.predicate is not None:
            self._spots.triple(above.subject, above.predicate, node, above.at, spot)
            above.filled = True
        elif above.kind == "collection":
            above.items.append(node)

    def _attributes(self, node: Node, attributes: dict[str, str], level: _Level, spot: Spot) -> None:
        """Property attributes (RDF/XML §2.5)."""
        for name, value in attributes.items():
            space, _, local = name.rpartition("|")
            if space in (_XML, "") or (space == _RDF and local in _NOT_PROPERTIES):
                continue
            predicate = URIRef(space + local)
            found = URIRef(urljoin(level.base, value)) if predicate == RDF.type else literal(value, level.language)
            self._spots.triple(node, predicate, found, spot, spot)

    def _open_property(self, level: _Level, iri: str, attributes: dict[str, str], above: _Level) -> None:
        level.kind, level.at = "property", self._spot()
        if iri == f"{_RDF}li":
            above.counter += 1
            iri = f"{_RDF}_{above.counter}"
        subject = above.node
        level.subject, level.predicate = subject, URIRef(iri)
        level.datatype = attributes.get(f"{_RDF}|datatype")
        parsed = attributes.get(f"{_RDF}|parseType")
        own = [name for name in attributes if not name.startswith(_XML) and name != f"{_RDF}|datatype"]
        if subject is None:
            return
        if parsed == "Resource":
            level.kind, level.node = "node", BNode()
            self._spots.mention(level.node, level.at)
            self._spots.triple(subject, level.predicate, level.node, level.at, level.at)
        elif parsed == "Collection":
            level.kind = "collection"
        elif parsed is not None:
            level.kind = "inside"
        elif f"{_RDF}|resource" in attributes or f"{_RDF}|nodeID" in attributes or (own and level.datatype is None):
            about = {key.replace("resource", "about"): value for key, value in attributes.items()}
            value = _identified(about, level.base)
            level.filled = True
            self._spots.triple(subject, level.predicate, value, level.at, level.at)
            self._attributes(value, attributes, level, level.at)

    def _text(self, data: str) -> None:
        level = self._levels[-1]
        if level.kind == "property":
            if level.text_at < 0:
                level.text_at = self._offset()
            level.text += data

    def _end(self, _: str) -> None:
        level = self._levels.pop()
        if level.subject is None or level.predicate is None:
            return
        if level.kind == "property" and not level.filled:
            datatype = urljoin(level.base, level.datatype) if level.datatype else None
            value = literal(level.text, None if datatype else level.language, datatype)
            start = level.text_at if level.text_at >= 0 else level.at[0]
            spot = (start, self._offset()) if level.text_at >= 0 else level.at
            self._spots.triple(level.subject, level.predicate, value, level.at, spot)
        elif level.kind == "collection":
            self._collection(level)

    def _collection(self, level: _Level) -> None:
        cells: list[Node] = [BNode() for _ in level.items]
        for cell, item, after in zip(cells, level.items, [*cells[1:], RDF.nil], strict=True):
            self._spots.triple(cell, RDF.first, item, level.at, level.at)
            self._spots.triple(cell, RDF.rest, after, level.at, level.at)
        assert level.subject is not None
        assert level.predicate is not None
        self._spots.triple(level.subject, level.predicate, cells[0] if cells else RDF.nil, level.at, level.at)


def _identified(attributes: dict[str, str], base: str) -> Node:
    """rdf:about, rdf:ID or rdf:nodeID; a blank node where there is none."""
    if f"{_RDF}|about" in attributes:
        return URIRef(urljoin(base, attributes[f"{_RDF}|about"]))
    if f"{_RDF}|ID" in attributes:
        return URIRef(urljoin(base, "#" + attributes[f"{_RDF}|ID"]))
    return BNode(attributes[f"{_RDF}|nodeID"]) if f"{_RDF}|nodeID" in attributes else BNode()
