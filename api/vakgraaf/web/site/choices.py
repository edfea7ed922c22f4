"""What there is to compare: profiles, qualifications and qualification files, found by an address or a name."""

from __future__ import annotations

from collections import defaultdict
from typing import NamedTuple

from vakgraaf.engine import PROLOGUE, Engine, Row, Value, iri, select
from vakgraaf.rdf import iris
from vakgraaf.web.describe import preferred
from vakgraaf.web.site.kinds import kind_of
from vakgraaf.web.site.nearby import full

CLASSES = ("vg:Profiel", "vg:Kwalificatie", "vg:Kwalificatiedossier")
MOST_ROOTS = 12
"""So many qualifications of one file are looked at."""

_KINDS = ("profiel", "kwalificatie", "kwalificatiedossier")
_ID = iris.BASE + "id/"
_WHOLE = full("vg:Kwalificatiedossier")
_STUB = full("vg:Stub")


class Choice(NamedTuple):
    """A profile, qualification or file. `kind` is a word of the catalogue; its parts hang below `roots`.

    Of a `stub` no more than the name is known.
    """

    iri: str
    name: Value
    kind: str
    stub: bool
    roots: tuple[str, ...]

    @property
    def reference(self) -> str:
        """How an address says which it is."""
        return reference(self.iri)


def reference(thing: str) -> str:
    """The short name of a thing in an address: `thuisbegeleider-2011`, `kwalificatie/25479`; else its IRI."""
    if not thing.startswith(_ID):
        return thing
    return thing.removeprefix(_ID).removeprefix("profiel/")


def addresses(text: str) -> tuple[str, ...]:
    """The IRIs that an address may mean by `text`: an IRI, the address of a page, or a short name."""
    text = text.strip()
    if any(sign in '<>"{}|^`\\' or sign < " " for sign in text) or not text:
        return ()
    if text.startswith(("http://", "https://")):
        return (text.replace(f"{iris.BASE}doc/", _ID, 1),)
    if " " in text:
        return ()
    kind, _, rest = text.partition("/")
    return (_ID + text,) if rest and kind else tuple(f"{_ID}{kind}/{text}" for kind in _KINDS)


async def found(engine: Engine, text: str, language: str) -> Choice | None:
    """What `text` means: an address first, else the name of something that can be compared; None where nothing."""
    there = addresses(text)
    if there and " " not in there[0]:
        listed = " ".join(iri(address) for address in there)
        choices = {choice.iri: choice for choice in await _choices(engine, f"VALUES ?s {{ {listed} }}", language)}
        if known := next((choices[address] for address in there if address in choices), None):
            return known
    quoted = '"' + text.strip().replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ").replace("\r", " ") + '"'
    names = f"VALUES ?name {{ {quoted} {quoted}@nl {quoted}@en }} ?s rdfs:label ?name ."
    return next(iter(await _choices(engine, names, language)), None)


async def choices(engine: Engine, language: str) -> tuple[Choice, ...]:
    """All there is to choose from, profiles first, by name."""
    return await _choices(engine, "", language)


async def _choices(engine: Engine, pattern: str, language: str) -> tuple[Choice, ...]:
    rows = await select(
        engine,
        f"""{PROLOGUE}SELECT DISTINCT ?s ?klasse ?label ?part WHERE {{
  {pattern} VALUES ?any {{ {" ".join(CLASSES)} }} ?s a ?any ; a ?klasse .
  OPTIONAL {{ ?s rdfs:label ?label }}
  OPTIONAL {{ ?s a vg:Kwalificatiedossier . ?part vg:isOnderdeelVan ?s ; a vg:Kwalificatie }} }}""",
    )
    by_iri: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        by_iri[row["s"].text].append(row)
    found = [_choice(thing, of, language) for thing, of in by_iri.items()]
    return tuple(sorted(found, key=lambda one: (_rank(one), one.name.text.casefold(), one.iri)))


def _choice(thing: str, rows: list[Row], language: str) -> Choice:
    classes = {row["klasse"].text for row in rows}
    labels = [row["label"] for row in rows if "label" in row]
    parts = sorted({row["part"].text for row in rows if "part" in row})[:MOST_ROOTS]
    return Choice(
        iri=thing,
        name=preferred(labels, language) if labels else Value("literal", reference(thing)),
        kind=kind_of(classes) or "",
        stub=_STUB in classes,
        roots=tuple(parts) if _WHOLE in classes and parts else (thing,),
    )


def _rank(choice: Choice) -> int:
    order = ("Beroepscompetentieprofiel", "Addendum", "Profiel", "Kwalificatie", "Kwalificatiedossier")
    return order.index(choice.kind) if choice.kind in order else len(order)
