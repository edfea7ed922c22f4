"""Does the ontology hold together: OWL reasoning by HermiT, and our own words for what it finds.

owlready2 brings HermiT and talks to it, but reads no Turtle, leaves its scratch file behind when HermiT finds
a contradiction, and says nothing about the cause. Hence the N-Triples bridge, the world that remembers its
scratch file, and our own search for things in two classes that exclude each other.
"""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from itertools import combinations
from pathlib import Path
from typing import Any

from rdflib import OWL, RDF, RDFS, Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from vakgraaf.errors import MissingTool, NotConforming
from vakgraaf.rdf.iris import ONTOLOGY
from vakgraaf.validation.owl_profile import check_profile

__all__ = ["Consistency", "check_consistency", "check_profile"]

# More than this is noise to a reader; the sentence says how many were left out.
_SHOWN = 10

# owlready2 takes the place of Java from a global of its own.
_JAVA = threading.Lock()


@dataclass(frozen=True)
class Consistency:
    """HermiT's verdict.

    `unsatisfiable` holds the IRIs of classes that cannot have members, sorted; it is empty where the graph as
    a whole is inconsistent, because everything follows from a contradiction. `nl` and `en` explain it.
    """

    consistent: bool
    unsatisfiable: tuple[str, ...]
    nl: str
    en: str
    reasoner: str

    @property
    def good(self) -> bool:
        """Whether the graph is consistent and every class can have members."""
        return self.consistent and not self.unsatisfiable

    def message(self, language: str = "nl") -> str:
        """The explanation in `language` ("en" gives English, anything else Dutch)."""
        return self.en if language == "en" else self.nl


@dataclass(frozen=True)
class _Clash:
    """`thing` falls under `first` and `second`, which exclude each other; `via` are the types given."""

    thing: str
    first: str
    second: str
    via: tuple[str, str]


def check_consistency(graph: Graph, java: str | None = None) -> Consistency:
    """Let HermiT judge `graph`: ontology and, if wanted, data (OWL 2 Direct Semantics, §2.5).

    `java` is the command that starts Java, by default the one on the path. owl:imports are not followed.
    Raises `MissingTool` where Java does not start, `NotConforming` where HermiT cannot work with the graph
    (outside OWL 2 DL).
    """
    import owlready2  # Here, not above: a server that never reasons need not spend the time and memory.

    command = java or str(owlready2.JAVA_EXE)
    if shutil.which(command) is None:
        raise _without_java(command)
    reasoner = f"HermiT (owlready2 {owlready2.VERSION})"
    impossible = _reason(owlready2, graph, command)
    if impossible is None:
        nl, en = _explain_contradiction(graph)
        return Consistency(False, (), nl, en, reasoner)
    if impossible:
        nl, en = _explain_unsatisfiable(graph, impossible)
    else:
        nl = "De graaf is consistent en elke klasse kan leden hebben."
        en = "The graph is consistent and every class can have members."
    return Consistency(True, impossible, nl, en, reasoner)


def _reason(owlready2: Any, graph: Graph, command: str) -> tuple[str, ...] | None:
    """IRIs of the unsatisfiable classes, or None where the graph is inconsistent."""

    class World(owlready2.World):  # type: ignore[misc]  # owlready2 has no types
        scratch: Path | None = None

        def save(self, file: Any = None, **options: Any) -> None:
            self.scratch = Path(file.name)
            super().save(file, **options)

    world = World()
    with _JAVA:
        usual, owlready2.JAVA_EXE = owlready2.JAVA_EXE, command
        try:
            world.get_ontology(f"{ONTOLOGY}#").load(fileobj=BytesIO(_as_ntriples(graph)))
            # xsd:date and xsd:gYearMonth are outside the OWL 2 datatype map (Structural Specification, §4).
            owlready2.sync_reasoner_hermit(world, debug=0, ignore_unsupported_datatypes=True)
            return tuple(sorted(str(c.iri) for c in world.inconsistent_classes() if c is not owlready2.Nothing))
        except owlready2.OwlReadyInconsistentOntologyError:
            return None
        except owlready2.OwlReadyJavaError as error:
            raise _java_trouble(str(error), command) from error
        except OSError as error:
            raise _without_java(command) from error
        finally:
            owlready2.JAVA_EXE = usual
            if world.scratch is not None:
                world.scratch.unlink(missing_ok=True)
            world.close()


def _as_ntriples(graph: Graph) -> bytes:
    """The graph without owl:imports: owlready2 would go and fetch them."""
    wanted = Graph()
    for triple in graph:
        if triple[1] != OWL.imports:
            wanted.add(triple)
    return wanted.serialize(format="nt", encoding="utf-8")


def _without_java(command: str) -> MissingTool:
    return MissingTool(
        f"De consistentiecontrole met HermiT heeft Java nodig, en '{command}' is niet te starten. Installeer "
        "een Java-runtime of zorg dat het commando gevonden wordt; al het andere werkt zonder Java.",
        f"The consistency check with HermiT needs Java, and '{command}' cannot be started. Install a Java "
        "runtime or make sure that the command is found; everything else works without Java.",
    )


def _java_trouble(report: str, command: str) -> MissingTool | NotConforming:
    lines = tuple(line.strip() for line in report.splitlines()[1:] if line.strip())
    if not any("org.semanticweb" in line for line in lines):  # Java itself failed: HermiT was never reached.
        return _without_java(command)
    return NotConforming(
        f"HermiT kan deze graaf niet verwerken: {lines[0]} Controleer of hij binnen OWL 2 DL valt.",
        f"HermiT cannot process this graph: {lines[0]} Check whether it is within OWL 2 DL.",
        lines,
    )


def _explain_contradiction(graph: Graph) -> tuple[str, str]:
    classes = set(graph.subjects(RDF.type, OWL.Class))
    things = sorted({s for s in graph.subjects(RDF.type) if isinstance(s, URIRef)} - classes)
    clashes = [c for thing in things for c in _clashes(graph, thing, set(graph.objects(thing, RDF.type)))]
    if not clashes:
        return (
            "De graaf spreekt zichzelf tegen. Niets heeft rechtstreeks twee klassen die elkaar uitsluiten; "
            "zoek de oorzaak in eigenschappen die een andere klasse of waarde afdwingen.",
            "The graph contradicts itself. Nothing was given two classes that exclude each other; look for "
            "the cause in properties that force another class or value.",
        )
    nl = ["De graaf spreekt zichzelf tegen."]
    en = ["The graph contradicts itself."]
    for clash in clashes[:_SHOWN]:
        nl.append(
            f"{_named(graph, clash.thing, 'nl')} is zowel {_kinds(graph, clash, 'nl')}; die klassen sluiten elkaar uit."
        )
        en.append(
            f"{_named(graph, clash.thing, 'en')} is both {_kinds(graph, clash, 'en')}; "
            "those classes exclude each other."
        )
    if len(clashes) > _SHOWN:
        nl.append(f"Er zijn nog {len(clashes) - _SHOWN} zulke gevallen.")
        en.append(f"There are {len(clashes) - _SHOWN} more of these.")
    return " ".join(nl), " ".join(en)


def _explain_unsatisfiable(graph: Graph, impossible: tuple[str, ...]) -> tuple[str, str]:
    nl = ["De graaf is consistent, maar niet elke klasse kan leden hebben."]
    en = ["The graph is consistent, but not every class can have members."]
    for iri in impossible:
        line_nl, line_en = _named(graph, iri, "nl"), _named(graph, iri, "en")
        for clash in _clashes(graph, URIRef(iri), set(graph.objects(URIRef(iri), RDFS.subClassOf))):
            line_nl += f" valt onder zowel {_kinds(graph, clash, 'nl')}, die elkaar uitsluiten"
            line_en += f" falls under both {_kinds(graph, clash, 'en')}, which exclude each other"
            break
        nl.append(f"{line_nl}.")
        en.append(f"{line_en}.")
    return " ".join(nl), " ".join(en)


def _kinds(graph: Graph, clash: _Clash, language: str) -> str:
    """The types given, each with its excluding superclass: "Kerntaak (een soort Taak) als Competentie"."""
    join, article = (" and ", "a kind of ") if language == "en" else (" als ", "een soort ")
    kinds = []
    for given, excluding in zip(clash.via, (clash.first, clash.second), strict=True):
        above = "" if given == excluding else f" ({article}{_label(graph, excluding, language)})"
        kinds.append(_label(graph, given, language) + above)
    return join.join(kinds)


def _clashes(graph: Graph, thing: URIRef, given: set[Node]) -> Iterator[_Clash]:
    """One clash for each pair of excluding classes that the `given` classes of `thing` fall under."""
    above: dict[Node, Node] = {}
    for kind in sorted(given, key=str):
        for ancestor in graph.transitive_objects(kind, RDFS.subClassOf):
            if isinstance(ancestor, URIRef):
                above.setdefault(ancestor, kind)
    above.update({kind: kind for kind in given})
    for first, second in sorted(_exclusions(graph)):
        if first in above and second in above:
            yield _Clash(str(thing), str(first), str(second), (str(above[first]), str(above[second])))


def _exclusions(graph: Graph) -> set[tuple[URIRef, URIRef]]:
    """Every pair of named classes stated to be disjoint, in alphabetical order within the pair."""
    groups = [[a, b] for a, b in graph.subject_objects(OWL.disjointWith)]
    for axiom in graph.subjects(RDF.type, OWL.AllDisjointClasses):
        groups.extend(list(Collection(graph, members)) for members in graph.objects(axiom, OWL.members))
    named = ([c for c in group if isinstance(c, URIRef)] for group in groups)
    return {(min(a, b), max(a, b)) for group in named for a, b in combinations(group, 2)}


def _named(graph: Graph, iri: str, language: str) -> str:
    return f"{_label(graph, iri, language)} <{iri}>"


def _label(graph: Graph, iri: str, language: str) -> str:
    """The label in `language`, else any label, else the last piece of the IRI."""
    labels = [o for o in graph.objects(URIRef(iri), RDFS.label) if isinstance(o, Literal)]
    labels.sort(key=lambda label: (label.language != language, str(label)))
    return str(labels[0]) if labels else iri.rsplit("#", 1)[-1].rsplit("/", 1)[-1]
