"""The parts of what was judged, as the document has them: headings, their order, and names for what has no name."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

from rdflib import OWL, PROV, RDF, BNode, Graph, Literal, URIRef
from rdflib.term import Node

from vakgraaf.rdf.iris import VG
from vakgraaf.rdf.numbers import natural
from vakgraaf.validation.blank_nodes import signatures
from vakgraaf.validation.report import Language
from vakgraaf.validation.terms import label_of
from vakgraaf.validation.wording import NEUTER, ordinal

# The parts that have a heading of their own, the most telling class first (a core task is a task as well).
_PARTS = (
    VG.Werkproces,
    VG.Kerntaak,
    VG.Taak,
    VG.Taakgebied,
    VG.Begrippenlijst,
    VG.Paragraaf,
    VG.Addendum,
    VG.Beroepscompetentieprofiel,
    VG.Kwalificatie,
    VG.Kwalificatiedossier,
    VG.Competentiemodel,
)
_NUMBERED = (VG.Werkproces, VG.Kerntaak, VG.Taak)
_HAS = str(VG.heeft)
_DEEPEST = 12
_LAST = 10**9

Key = tuple[object, ...]


class _Tie(NamedTuple):
    """What something is a part of, and by which property; `upwards` where it is the part that says so."""

    whole: Node
    predicate: Node
    upwards: bool = False


class Outline:
    """Answers where in the document a node stands. `known` is what was judged with its context; nothing is walked
    that is not asked for."""

    def __init__(self, known: Graph) -> None:
        self._known = known
        self._headings: dict[Node, str] = {}

    def part_of(self, node: Node | None) -> Node | None:
        """The nearest part with a heading that `node` is or belongs to."""
        return next((one for one in self._upwards(node) if self._kind(one) in _PARTS), None)

    def heading(self, part: Node | None, language: Language = "nl") -> str:
        """What stands above a part: "Kerntaak 1 Organiseren hulpverlening"; "" for none."""
        kind = self._kind(part)
        if part is None:
            return ""
        number = self._least(part, VG.nummer) if kind in _NUMBERED else None
        label = label_of(self._known, part, language)
        if kind not in _NUMBERED and label:
            return label
        words = (label_of(self._known, kind, language), "" if number is None else str(number), label)
        return " ".join(filter(None, words)) or self.name(part, language)

    def order(self, part: Node | None) -> Key:
        """A key by which parts come as they do in the document: by line where that is known, else by number."""
        chain = [one for one in self._upwards(part) if self._kind(one) in _PARTS]
        return tuple(self._step(one) for one in reversed(chain))

    def name(self, node: Node | None, language: Language = "nl") -> str:
        """What a node is called: its label, or what it is and where: "het tweede werkproces van kerntaak 1"; or ""."""
        if node is None or isinstance(node, Literal):
            return ""
        label = label_of(self._known, node, language)
        return label or self._by_place(node, language)

    def _by_place(self, node: Node, language: Language) -> str:
        kind = self._kind(node)
        word = label_of(self._known, kind, language).lower()
        tie = self._above(node)
        if not word and not isinstance(node, BNode):
            return ""
        if tie is None:
            return {"nl": f"{word} zonder naam", "en": f"{word} without a name"}[language] if word else ""
        alike = [one for one in self._parts(tie) if self._kind(one) == kind]
        place = sorted(sorted(alike, key=str), key=self._place).index(node) + 1
        word = word or label_of(self._known, tie.predicate, language).lower() or str(tie.predicate).rpartition("/")[2]
        whole = self._short(tie.whole, language)
        if language == "en":
            which = "the" if len(alike) == 1 else f"the {ordinal(place, 'en')}"
            return f"{which} {word} of {whole}" if whole else f"{which} {word}"
        which = "het" if word.endswith(NEUTER) else "de"
        which += "" if len(alike) == 1 else f" {ordinal(place, 'nl')}"
        return f"{which} {word} van {whole}" if whole else f"{which} {word}"

    def _short(self, node: Node, language: Language) -> str:
        """A part by its kind and number ("werkproces 1.2"), anything else by its name."""
        kind, number = self._kind(node), self._least(node, VG.nummer)
        if number is not None and kind in _NUMBERED:
            return f"{label_of(self._known, kind, language).lower()} {number}".strip()
        return self.name(node, language) if not isinstance(node, BNode) or self._above(node) else ""

    def _upwards(self, node: Node | None) -> Iterator[Node]:
        """The node and all that it is a part of, the nearest first."""
        seen: set[Node] = set()
        while node is not None and node not in seen and len(seen) < _DEEPEST:
            seen.add(node)
            yield node
            above = self._above(node)
            node = above.whole if above else None

    def _parts(self, tie: _Tie) -> set[Node]:
        """All that are tied so to the same whole; each once, also where data and context both say it."""
        if tie.upwards:
            return set(self._known.subjects(tie.predicate, tie.whole))
        return set(self._known.objects(tie.whole, tie.predicate))

    def _above(self, node: Node) -> _Tie | None:
        """What a node is a part of; a blank node also belongs to whatever points at it."""
        if isinstance(node, Literal):
            return None
        found = [
            _Tie(whole, predicate)
            for whole, predicate in self._known.subject_predicates(node)
            if isinstance(predicate, URIRef) and (predicate.startswith(_HAS) or isinstance(node, BNode))
        ]
        if not found and self._kind(node) == VG.Aanvulling:
            found = [_Tie(whole, VG.vultAan, upwards=True) for whole in self._known.objects(node, VG.vultAan)]
        return min(found, key=lambda tie: (natural(self.stable(tie.whole)), str(tie.predicate)), default=None)

    def _kind(self, node: Node | None) -> Node | None:
        """The class of a node that says most: one of the parts, else one of ours, else any; None for none."""
        kinds = set(self._known.objects(node, RDF.type)) - {OWL.NamedIndividual} if node is not None else set()
        for part in _PARTS:
            if part in kinds:
                return part
        own = sorted(
            (kind for kind in kinds if str(kind).startswith(VG)), key=lambda kind: (-len(str(kind)), str(kind))
        )
        return own[0] if own else min(kinds, key=str, default=None)

    def _step(self, part: Node) -> Key:
        return (self._line(part), self._place(part))

    def _place(self, node: Node) -> Key:
        order = self._least(node, VG.volgorde)
        number = order.value if isinstance(order, Literal) and isinstance(order.value, int) else _LAST
        name = label_of(self._known, node) or str(self._least(node, VG.formulering) or "")
        return (number, natural(str(self._least(node, VG.nummer) or "")), natural(name), self.stable(node))

    def _least(self, node: Node | None, predicate: URIRef) -> Node | None:
        """The value of a property; of several always the same one."""
        return min(self._known.objects(node, predicate), key=str, default=None)

    def _line(self, part: Node) -> int:
        """The first line of the document that the part was derived from; far away where it was not."""
        lines = [
            line.value
            for passage in self._known.objects(part, PROV.wasDerivedFrom)
            for line in self._known.objects(passage, VG.beginRegel)
            if isinstance(line, Literal) and isinstance(line.value, int)
        ]
        return min(lines, default=_LAST)

    def stable(self, node: Node) -> str:
        """What sorts a node: an IRI or text, for a blank node its signature and not its label, which never stays."""
        return f"_:{self.signatures.get(node, '')}" if isinstance(node, BNode) else str(node)

    @cached_property
    def signatures(self) -> dict[BNode, str]:
        """The signature of every blank node (`blank_nodes.signatures`); worked out when first needed."""
        return signatures(
            triple for triple in self._known if isinstance(triple[0], BNode) or isinstance(triple[2], BNode)
        )
