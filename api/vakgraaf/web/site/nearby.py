"""The triples around one subject, fetched with one question and read like a small graph."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from vakgraaf.engine import PROLOGUE, Engine, Value, iri, triples
from vakgraaf.rdf.numbers import number_of
from vakgraaf.rdf.prefixes import PREFIXES
from vakgraaf.web.describe import preferred

_LAST = 10**9

Triple = tuple[str, str, Value]
"""Subject and property as IRIs, and the value."""


class Source(NamedTuple):
    """Where a document says something: its IRI, the passage, the first and last line, the page (None: unknown)."""

    document: str
    passage: str
    first: int
    last: int
    page: str | None


class Nearby:
    """Triples around a subject. Properties are named as in a query (`"vg:nummer"`), texts are in the page's language.

    What cannot be found is None or empty; nothing raises.
    """

    def __init__(self, found: Iterable[Triple], language: str) -> None:
        self.language = language
        self._out: dict[str, dict[str, list[Value]]] = defaultdict(lambda: defaultdict(list))
        self._in: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        self._places: dict[str, tuple[int, str, str]] = {}
        for subject, name, value in dict.fromkeys(found):
            self._out[subject][name].append(value)
            if value.kind == "uri":
                self._in[value.text][name].append(subject)

    def values(self, subject: str, name: str) -> list[Value]:
        """All values of a property, sorted by text."""
        found = self._out.get(subject, {}).get(full(name), [])
        return sorted(found, key=lambda value: value.text) if len(found) > 1 else list(found)

    def text(self, subject: str, name: str) -> Value | None:
        """The value of a property that a reader of the page's language gets."""
        found = self._out.get(subject, {}).get(full(name))
        if not found:
            return None
        return found[0] if len(found) == 1 else preferred(found, self.language)

    def label(self, subject: str) -> Value:
        """What a thing is called; without a name the end of its IRI."""
        return self.text(subject, "rdfs:label") or Value("literal", subject.rstrip("/").rsplit("/", 1)[-1])

    def things(self, subject: str, *names: str) -> list[str]:
        """What these properties point to, in the order of the document, else by name."""
        found = {v.text for name in names for v in self._out.get(subject, {}).get(full(name), ()) if v.kind == "uri"}
        return self._sorted(found)

    def pointing(self, target: str, *names: str) -> list[str]:
        """What points to a thing with these properties, in the order of the document, else by name."""
        found = {s for name in names for s in self._in.get(target, {}).get(full(name), ())}
        return self._sorted(found)

    def thing(self, subject: str, name: str) -> str | None:
        """The first of `things`."""
        return next(iter(self.things(subject, name)), None)

    def is_a(self, subject: str, klasse: str) -> bool:
        """Whether a thing is said to be of a class (`"vg:Kerntaak"`)."""
        wanted = full(klasse)
        return any(v.text == wanted for v in self._out.get(subject, {}).get(full("rdf:type"), ()))

    def known(self) -> set[str]:
        """Every subject."""
        return set(self._out)

    def unnamed(self) -> set[str]:
        """Every IRI that is a value and has no name here."""
        name = full("rdfs:label")
        return {target for target in self._in if name not in self._out.get(target, {})}

    def sources(self, subject: str) -> list[Source]:
        """The passages that something was made of, in the order of the document."""
        found = [self.passage(passage) for passage in self.things(subject, "prov:wasDerivedFrom")]
        there = [source for source in found if source is not None]
        return sorted(there, key=lambda source: (source.document, source.first, source.last))

    def passage(self, passage: str) -> Source | None:
        """Where a passage is."""
        document, first = self.thing(passage, "vg:brondocument"), self.text(passage, "vg:beginRegel")
        begin = number_of(first.text) if first else None
        if not document or begin is None:
            return None
        last, page = self.text(passage, "vg:eindRegel"), self.text(passage, "vg:pagina")
        end = number_of(last.text) if last else None
        return Source(document, passage, begin, begin if end is None else end, page.text if page else None)

    def rights(self, subject: str) -> list[Value]:
        """The rights that are stated: in the language of the page where they are stated in it, else all of them."""
        stated = self.values(subject, "dct:rights")
        return [value for value in stated if value.language == self.language] or stated

    def _sorted(self, found: set[str]) -> list[str]:
        return sorted(found, key=self.place) if len(found) > 1 else list(found)

    def place(self, subject: str) -> tuple[int, str, str]:
        """Sort key: the place in the document, else the name."""
        if subject not in self._places:
            self._places[subject] = self._place(subject)
        return self._places[subject]

    def _place(self, subject: str) -> tuple[int, str, str]:
        order = self.text(subject, "vg:volgorde")
        place = number_of(order.text) if order else None
        return _LAST if place is None else place, self.label(subject).text.casefold(), subject


async def nearby(engine: Engine, language: str, *patterns: str, **things: str) -> Nearby:
    """The triples `?s ?p ?o` that any of the patterns gives; `{name}` in a pattern is the IRI `things[name]`.

    Each pattern is the inside of a group; constants first, for the sake of the engine.
    """
    return Nearby(await fetched(engine, *patterns, **things), language)


async def fetched(engine: Engine, *patterns: str, **things: str) -> list[Triple]:
    """The triples of `nearby` themselves, for who asks twice and reads all of it together."""
    filled = [_filled(pattern, things) for pattern in patterns]
    union = " UNION ".join(f"{{ {pattern} }}" for pattern in filled)
    return await triples(engine, f"{PROLOGUE}SELECT DISTINCT ?s ?p ?o WHERE {{ {union} }}")


def about(name: str) -> str:
    """A pattern: what is said of the thing called `name`."""
    return f"VALUES ?s {{ {{{name}}} }} ?s ?p ?o"


def within(name: str, *properties: str) -> str:
    """A pattern: these properties of all that lies within the thing called `name`, however deep."""
    return f"?s vg:ligtBinnen {{{name}}} . VALUES ?p {{ {' '.join(properties)} }} ?s ?p ?o"


def of(step: str, *properties: str) -> str:
    """A pattern: these properties of the `?s` that `step` finds."""
    return f"{step} VALUES ?p {{ {' '.join(properties)} }} ?s ?p ?o"


@cache
def full(name: str) -> str:
    """The whole IRI of a prefixed name."""
    prefix, _, local = name.partition(":")
    return PREFIXES[prefix] + local


def _filled(pattern: str, things: dict[str, str]) -> str:
    for name, thing in things.items():
        pattern = pattern.replace("{" + name + "}", iri(thing))
    return pattern
