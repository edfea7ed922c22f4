"""RDF/XML that is nested too deep, that has entities which grow, or XML literals in which very many namespaces count.

What is not well-formed is refused here: a document of which two parsers make different things could show one of them
less than the other. So the engine only gets what expat reads as well.
"""

from __future__ import annotations

from xml.parsers import expat

from vakgraaf.rdf.screening.entities import EntityScreen
from vakgraaf.rdf.screening.refusing import refusal

MOST_LEVELS = 1000
"""So many elements may stand in one another: a list that is written out takes two for each of its members."""
MOST_NAMESPACES = 300
"""So many may be declared where there are XML literals: the engine writes all of them into each element of those."""

_DECLARING = b"xmlns"
_NO_LITERALS = {"Resource", "Collection", "Triple"}


class XmlScreen:
    """Reads along, and keeps nothing."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._entities = EntityScreen(name)
        self._depth = 0
        self._blank = True
        self._left = b""
        self._declarations = 0
        self._namespaces: list[int] = []
        self._literals = False
        self._parser = expat.ParserCreate()
        self._parser.ordered_attributes = True
        self._parser.specified_attributes = True
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end

    def feed(self, part: bytes) -> bytes:
        """The next bytes; what has passed by now. Raises `UnreadableInput` and SyntaxError."""
        return self._passed(self._entities.feed(part))

    def end(self) -> bytes:
        """There are no more bytes; what has passed now as well. Raises as `feed` does."""
        last = self._passed(self._entities.end())
        if not self._blank:
            self._parse(b"", last=True)
        return last

    def _passed(self, part: bytes) -> bytes:
        self._blank = self._blank and not part.strip()
        whole = self._left + part
        self._left = whole[1 - len(_DECLARING) :]
        self._declarations += whole.count(_DECLARING)
        if self._declarations > MOST_NAMESPACES:  # only now it is worth the time to count those that hold
            self._parser.StartElementHandler = self._start_counting
            self._parser.EndElementHandler = self._end_counting
        self._parse(part, last=False)
        return part

    def _parse(self, part: bytes, *, last: bool) -> None:
        try:
            self._parser.Parse(part, last)
        except expat.ExpatError as error:
            said = expat.ErrorString(error.code) or "not well-formed"
            raise SyntaxError(said, (None, error.lineno, error.offset + 1, None)) from error

    def _start(self, _: str, __: list[str]) -> None:
        self._depth += 1
        if self._depth > MOST_LEVELS:
            raise self._too_deep()

    def _end(self, _: str) -> None:
        self._depth -= 1

    def _start_counting(self, name: str, attributes: list[str]) -> None:
        self._start(name, attributes)
        above = self._namespaces[-1] if self._namespaces else 0
        self._namespaces.append(above + sum(each.startswith("xmlns") for each in attributes[::2]))
        for each, value in zip(attributes[::2], attributes[1::2], strict=True):
            self._literals |= each.rpartition(":")[2] == "parseType" and value not in _NO_LITERALS
        if self._literals and self._namespaces[-1] > MOST_NAMESPACES:
            raise self._too_many_namespaces()

    def _end_counting(self, name: str) -> None:
        self._end(name)
        if self._namespaces:  # one that began before they were counted is not among them
            self._namespaces.pop()

    def _too_many_namespaces(self) -> Exception:
        return refusal(
            self._name,
            self._parser.CurrentLineNumber,
            f"hier gelden meer dan {MOST_NAMESPACES} namespaces, en dit bestand heeft XML als waarde (rdf:parseType):"
            " daarin zou elk element ze alle krijgen. Declareer alleen de namespaces die nodig zijn.",
            f"more than {MOST_NAMESPACES} namespaces are declared here, and this file has XML for a value"
            " (rdf:parseType), of which every element would get all of them. Declare only the namespaces that are"
            " needed.",
        )

    def _too_deep(self) -> Exception:
        return refusal(
            self._name,
            self._parser.CurrentLineNumber,
            f"elementen staan hier meer dan {MOST_LEVELS} niveaus diep in elkaar; zo diep wordt niet gelezen. Geef wat"
            " diep staat een rdf:about of rdf:nodeID, en verwijs ernaar met rdf:resource of rdf:nodeID.",
            f"elements are nested more than {MOST_LEVELS} levels deep here, which is not read. Give what stands deep an"
            " rdf:about or rdf:nodeID, and refer to it with rdf:resource or rdf:nodeID.",
        )
