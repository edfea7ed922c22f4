"""The graph of a qualification file while it is being made: things, texts, and the lines that they come from."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import PurePosixPath

from rdflib import DCTERMS, PROV, RDF, RDFS, Graph, Literal, Namespace, URIRef
from rdflib.term import Node

from vakgraaf.ingest.kwalificatie.claims import Span
from vakgraaf.rdf.iris import VG, graph, slug, thing
from vakgraaf.rdf.prefixes import empty_graph

OA = Namespace("http://www.w3.org/ns/oa#")
RIGHTS = (
    Literal("© Samenwerkingsorganisatie Beroepsonderwijs Bedrijfsleven (SBB); er is geen licentie bekend.", lang="nl"),
    Literal("© Samenwerkingsorganisatie Beroepsonderwijs Bedrijfsleven (SBB); no licence is known.", lang="en"),
)
_ENGLISH = {"regel": "line", "regels": "lines"}


class Sheet:
    """The graph, and the file that it is made of."""

    def __init__(self, content: bytes, filename: str, title: str, rights: Iterable[Literal] = RIGHTS) -> None:
        """An empty sheet for a file of this content; `title` is what it is called where it is quoted."""
        self.graph: Graph = empty_graph()
        self.name = slug(PurePosixPath(filename).stem) or "kwalificatiedossier"
        self.document = thing("brondocument", self.name)
        self._lines = content.decode("utf-8-sig", errors="replace").split("\n")
        self._title = title
        self._passages: set[URIRef] = set()
        self._describe(content, filename, tuple(rights))

    def thing(self, klasse: str, *parts: str, types: Iterable[URIRef]) -> URIRef:
        """A thing of these classes."""
        iri = thing(klasse, *parts)
        self.add(iri, RDF.type, *types)
        return iri

    def add(self, subject: URIRef, predicate: URIRef, *values: Node) -> None:
        """State `predicate` of `subject` for each of `values`."""
        for value in values:
            self.graph.add((subject, predicate, value))

    def label(self, subject: URIRef, nl: str, en: str | None = None) -> None:
        """Label `subject` in Dutch, and in English where there is an English label."""
        self.add(subject, RDFS.label, Literal(nl, lang="nl"))
        if en:
            self.add(subject, RDFS.label, Literal(en, lang="en"))

    def tekst(self, subject: URIRef, predicate: URIRef, text: str) -> None:
        """State a Dutch text."""
        self.add(subject, predicate, Literal(text, lang="nl"))

    def source(self, subject: URIRef, *spans: Span) -> None:
        """`subject` was made of these lines."""
        self.add(subject, PROV.wasDerivedFrom, *(self._passage(span) for span in spans))

    def _passage(self, span: Span) -> URIRef:
        first, last = span
        iri = thing("passage", self.name, f"r{first}-r{last}")
        if iri in self._passages:
            return iri
        self._passages.add(iri)
        self.add(iri, RDF.type, VG.Passage, OA.TextQuoteSelector)
        word, where = ("regel", str(first)) if first == last else ("regels", f"{first}–{last}")
        self.label(iri, f"{self._title}, {word} {where}", f"{self._title}, {_ENGLISH[word]} {where}")
        self.add(iri, VG.brondocument, self.document)
        self.add(iri, VG.beginRegel, Literal(first))
        self.add(iri, VG.eindRegel, Literal(last))
        quoted = "\n".join(line.rstrip("\r") for line in self._lines[first - 1 : last])
        self.add(iri, OA.exact, Literal(quoted.strip() or "…", lang="nl"))
        return iri

    def _describe(self, content: bytes, filename: str, rights: tuple[Literal, ...]) -> None:
        named = graph(self.name)
        self.add(named, DCTERMS.title, Literal(self._title, lang="nl"))
        self.add(named, DCTERMS.source, self.document)
        self.add(self.document, RDF.type, VG.Brondocument)
        self.label(self.document, self._title)
        self.tekst(self.document, DCTERMS.title, self._title)
        for subject in (named, self.document):
            self.add(subject, DCTERMS.rights, *rights)
        self.add(self.document, VG.bestand, Literal(PurePosixPath(filename).name))
        self.add(self.document, VG.sha256, Literal(hashlib.sha256(content).hexdigest()))
        self.add(self.document, VG.aantalRegels, Literal(len(self._lines)))
