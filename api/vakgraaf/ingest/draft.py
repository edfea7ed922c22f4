"""The draft graph of one document while it is being built: things are minted, texts cleaned, places recorded."""

from __future__ import annotations

import re
from collections.abc import Iterable

from rdflib import DCTERMS, PROV, RDF, RDFS, SKOS, XSD, Graph, Literal, Namespace, URIRef
from rdflib.term import Node

from vakgraaf.ingest.claims import Claims, Lines
from vakgraaf.ingest.flow import Prose, clean
from vakgraaf.ingest.layout import Flow
from vakgraaf.ingest.persons import leave_out
from vakgraaf.ingest.read import Text
from vakgraaf.rdf.iris import VG, graph, thing
from vakgraaf.rdf.prefixes import empty_graph

OA = Namespace("http://www.w3.org/ns/oa#")
_DATES = {4: XSD.gYear, 7: XSD.gYearMonth, 10: XSD.date}


def date_literal(iso: str) -> Literal:
    """An ISO 8601 date, month or year as the XSD type that fits it."""
    return Literal(iso, datatype=_DATES[len(iso)])


class Draft:
    """The graph of one document and, for each source line, the things made of it."""

    def __init__(self, text: Text, flow: Flow, claims: Claims) -> None:
        """An empty draft for the document `text`."""
        self.text, self.flow, self.claims = text, flow, claims
        self.graph: Graph = empty_graph()
        self.name = graph(text.name)
        self.reference = claims.reference
        self.brondocument = thing("brondocument", text.name)
        self.by_line: dict[int, set[URIRef]] = {}
        self._minted: set[URIRef] = set()
        self._names = sorted({name for names in claims.names.values() for name in names}, key=len, reverse=True)
        self._notes: dict[str, URIRef] = {}

    def mint(self, klasse: str, *parts: str | int) -> URIRef:
        """A new IRI below this document's reference; a number is added where it is taken already."""
        iri, number = thing(klasse, self.reference, *parts), 2
        while iri in self._minted:
            iri, number = thing(klasse, self.reference, *parts, number), number + 1
        self._minted.add(iri)
        return iri

    def add(self, subject: URIRef, predicate: URIRef, *values: Node) -> None:
        """State `predicate` of `subject` for each of `values`."""
        for value in values:
            self.graph.add((subject, predicate, value))

    def type(self, subject: URIRef, *classes: URIRef) -> None:
        """State the classes of `subject`."""
        self.add(subject, RDF.type, *classes)

    def label(self, subject: URIRef, nl: str, en: str | None = None) -> None:
        """Label `subject` in Dutch, and in English where there is an English label."""
        self.add(subject, RDFS.label, self.clean(nl))
        if en:
            self.add(subject, RDFS.label, Literal(en, lang="en"))

    def concept(self, subject: URIRef, label: str, scheme: URIRef | None = None) -> None:
        """Make `subject` a SKOS concept called `label`, in `scheme` where it has one."""
        self.type(subject, SKOS.Concept)
        self.label(subject, label)
        self.add(subject, SKOS.prefLabel, self.clean(label))
        if scheme is not None:
            self.add(subject, SKOS.inScheme, scheme)

    def clean(self, text: str) -> Literal:
        """`text` in Dutch without the names of persons."""
        return Literal(leave_out(text, self._names), lang="nl")

    def tekst(self, subject: URIRef, predicate: URIRef, text: Prose | str | None) -> None:
        """State a text where there is one, and attach the footnotes called in it."""
        if not text:
            return
        self.add(subject, predicate, self.clean(text.text if isinstance(text, Prose) else text))
        if isinstance(text, Prose):
            self.notes(subject, text.notes)

    def order(self, subject: URIRef, volgorde: int, nummer: str | None = None) -> None:
        """The place of `subject` among its like, from 1, and its number as printed."""
        self.add(subject, VG.volgorde, Literal(volgorde))
        if nummer:
            self.add(subject, VG.nummer, Literal(nummer))

    def part(self, whole: URIRef, predicate: URIRef, part: URIRef) -> None:
        """`whole` has `part`."""
        self.add(whole, predicate, part)

    def register_note(self, number: str, iri: URIRef) -> None:
        """Make the footnote `number` known, so that `notes` can attach it."""
        self._notes[number] = iri

    def notes(self, subject: URIRef, numbers: Iterable[str]) -> None:
        """Attach the footnotes called in `subject`."""
        self.add(subject, VG.heeftVoetnoot, *(self._notes[n] for n in numbers if n in self._notes))

    def source(self, subject: URIRef, lines: Lines) -> None:
        """`subject` was made of these lines: they are claimed, with a passage for each stretch of them."""
        for line in lines:
            self.by_line.setdefault(line, set()).add(subject)
        self.cite(subject, lines)

    def cite(self, subject: URIRef, lines: Lines) -> None:
        """`subject` rests on these lines without claiming them: only their passages are stated."""
        self.add(subject, PROV.wasDerivedFrom, *(self._passage(first, last) for first, last in self._stretches(lines)))

    def _stretches(self, lines: Lines) -> list[tuple[int, int]]:
        """Consecutive lines, blank lines between them included."""
        found: list[tuple[int, int]] = []
        for line in sorted(lines):
            blank = found and not any(self.text.line(n).strip() for n in range(found[-1][1] + 1, line))
            if blank:
                found[-1] = (found[-1][0], line)
            else:
                found.append((line, line))
        return found

    def _passage(self, first: int, last: int) -> URIRef:
        iri = thing("passage", self.reference, f"r{first}-r{last}")
        if iri in self._minted:
            return iri
        self._minted.add(iri)
        lines = [self._quoted(n) for n in range(first, last + 1)]
        self.type(iri, VG.Passage, OA.TextQuoteSelector)
        where = f"regels {first}–{last}" if first < last else f"regel {first}"
        self.label(iri, f"{self.claims.title}, {where}", f"{self.claims.title}, {_english(where)}")
        self.add(iri, VG.brondocument, self.brondocument)
        self.add(iri, VG.beginRegel, Literal(first))
        self.add(iri, VG.eindRegel, Literal(last))
        if page := self.flow.pages.get(first):
            self.add(iri, VG.pagina, Literal(page))
        self.add(iri, OA.exact, Literal("\n".join(lines), lang="nl"))
        return iri

    def _quoted(self, number: int) -> str:
        """A line to the letter; one that names a person as it was read, without the name."""
        names = self.claims.names.get(number)
        return leave_out(clean(self.text.line(number)), names) if names else self.text.line(number)

    def finish(self, rights: Iterable[Literal], title: str) -> Graph:
        """The graph, with what holds for it as a whole: title, source and rights."""
        self.add(self.name, DCTERMS.title, Literal(title, lang="nl"))
        self.add(self.name, DCTERMS.source, self.brondocument)
        self.add(self.name, DCTERMS.rights, *rights)
        return self.graph


def _english(where: str) -> str:
    return re.sub(r"regels?", lambda found: "lines" if found[0].endswith("s") else "line", where)
