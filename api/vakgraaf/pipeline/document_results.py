"""What there is to say of a document itself, as results beside those of the shapes: same report, lines quoted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from rdflib import RDF, RDFS, SH, BNode, Graph, Literal, URIRef

from vakgraaf.ingest.claims import Bevinding, Lines
from vakgraaf.ingest.document import Understood
from vakgraaf.rdf.iris import VG, VGS, thing
from vakgraaf.validation.outline import Outline
from vakgraaf.validation.report import Place, Report, Result, Words, severity_rank
from vakgraaf.validation.wording import capitalised

_SEVERITIES: Mapping[str, str] = {"fout": "Violation", "waarschuwing": "Warning", "info": "Info"}

# After all documents.
_NOWHERE = ("\U0010ffff", 0)


@dataclass(frozen=True, slots=True)
class _About:
    """A document with the outline of what was made of it, and the rules that findings come from."""

    document: Understood
    outline: Outline
    rules: Graph

    def result(self, finding: Bevinding) -> Result:
        rule = VGS[f"Document-{finding.code}"]
        document = self.document
        first = min(next(filter(None, finding.places), [1]))
        return Result(
            focus=str(thing("profiel", document.claims.reference)),
            label=document.claims.title,
            path=None,
            value=None,
            severity=_SEVERITIES[finding.ernst],
            messages=_words(self.rules, rule, SH.message),
            source_shape=str(rule),
            component=str(rule),
            lines=tuple(self._place(*stretch) for lines in finding.places for stretch in self._stretches(lines)),
            titles={language: capitalised(text) for language, text in _words(self.rules, rule, RDFS.label).items()},
            problems=_problem(finding),
            part=self._part(first),
        )

    def _stretches(self, lines: Lines) -> list[tuple[int, int]]:
        """Lines in a row, blank ones between them included."""
        found: list[tuple[int, int]] = []
        for line in sorted(lines):
            if found and not any(self.document.text.line(n).strip() for n in range(found[-1][1] + 1, line)):
                found[-1] = (found[-1][0], line)
            else:
                found.append((line, line))
        return found

    def _place(self, first: int, last: int) -> Place:
        quoted = (self.document.text.line(number).strip() for number in range(first, last + 1))
        quote = " ".join(line for line in quoted if line)
        return Place(self.document.file, first, last, self.document.pages.get(first), None, quote or None)

    def _part(self, line: int) -> str:
        """The heading under which a line stands: that of the nearest thing made of it or of a line before it."""
        made = self.document.built.by_line
        for number in range(line, 0, -1):
            for one in sorted(made.get(number, ())):
                part = None if (one, RDF.type, VG.Bevinding) in self.document.built.graph else self.outline.part_of(one)
                if part is not None:
                    return self.outline.heading(part)
        return ""


def with_documents(report: Report, documents: Iterable[Understood], known: Graph, rules: Graph) -> Report:
    """`report` with what was found in the documents themselves; the worst of all comes first.

    `known` is what was judged with its context, `rules` has the words of the rules `vgs:Document-…`.
    """
    outline = Outline(known)
    made = (_About(document, outline, rules).result(finding) for document in documents for finding in document.findings)
    found = [replace(result, node=f"document{number}") for number, result in enumerate(made, start=1)]
    if not found:
        return report
    results = sorted([*report.results, *found], key=lambda result: severity_rank(result.severity))
    return Report(tuple(results), _with_results(report.graph, found), _parts(report.parts, results))


def _parts(known: Iterable[str], results: Iterable[Result]) -> tuple[str, ...]:
    """The headings of all results in the order of the document: by the first line of it that is spoken of."""
    lines: dict[str, tuple[str, int]] = dict.fromkeys(known, _NOWHERE)
    for result in results:
        at = (result.lines[0].document, result.lines[0].first) if result.lines else _NOWHERE
        if result.part:
            lines[result.part] = min(at, lines.get(result.part, _NOWHERE))
    return tuple(sorted(lines, key=lambda part: lines[part]))


def _with_results(graph: Graph, results: Iterable[Result]) -> Graph:
    """The report in RDF, with these results of ours in it as well."""
    joined = Graph() + graph
    for prefix, namespace in graph.namespaces():
        joined.bind(prefix, namespace)
    report = next(joined.subjects(RDF.type, SH.ValidationReport))
    joined.set((report, SH.conforms, Literal(False)))
    for result in results:
        node = BNode(result.node)
        joined.add((report, SH.result, node))
        joined.add((node, RDF.type, SH.ValidationResult))
        joined.add((node, SH.focusNode, URIRef(result.focus)))
        joined.add((node, SH.resultSeverity, SH[result.severity]))
        joined.add((node, SH.sourceShape, URIRef(result.source_shape)))
        # Every result has a component (SHACL §3.6.2); a rule about documents is its own.
        joined.add((node, SH.sourceConstraintComponent, URIRef(result.component)))
        for language, text in sorted(result.problems.items()):
            joined.add((node, SH.resultMessage, Literal(text, lang=language)))
    return joined


def _problem(finding: Bevinding) -> Words:
    """What is wrong, as a sentence; completeness names no more than the part that it misses."""
    if finding.code != "onvolledig":
        return {"nl": finding.nl, "en": finding.en}
    return {
        "nl": f"Het document kondigt dit aan, maar het is er niet of het is leeg: {finding.nl}.",
        "en": f"The document announces this, but it is not there or it is empty: {finding.en}.",
    }


def _words(rules: Graph, rule: URIRef, predicate: URIRef) -> Words:
    return {text.language or "": str(text) for text in rules.objects(rule, predicate) if isinstance(text, Literal)}
