"""What there is to compare: profiles, qualifications and qualification files, found by an address or a name."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from rapidfuzz import fuzz, process

from vakgraaf.engine import PROLOGUE, Engine, Row, Value, iri, select
from vakgraaf.errors import SyntaxProblem, UnknownThing
from vakgraaf.rdf import iris
from vakgraaf.rdf.iri_signs import is_part_of_iri
from vakgraaf.web.describe import preferred
from vakgraaf.web.site.kinds import kind_of
from vakgraaf.web.site.nearby import full

CLASSES = ("vg:Profiel", "vg:Kwalificatie", "vg:Kwalificatiedossier")
MOST_ROOTS = 12
"""So many qualifications of one file are looked at."""

_KINDS = ("profiel", "kwalificatie", "kwalificatiedossier")
_ID = iris.BASE + "id/"
_PROPOSED = 8
_ALIKE = 60
_WHOLE = full("vg:Kwalificatiedossier")
_STUB = full("vg:Stub")


class Choice(NamedTuple):
    """A profile, qualification or file. `kind` is a word of the catalogue; its parts hang below `roots`.

    Of a `stub` no more than the name is known; `shared` is a name that others have as well.
    """

    iri: str
    name: Value
    kind: str
    stub: bool
    roots: tuple[str, ...]
    shared: bool = False

    @property
    def typed(self) -> str:
        """What somebody types to mean this one: the name, unless others have it as well."""
        return self.reference if self.shared else self.name.text

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
    if not text or not is_part_of_iri(text):
        return ()
    if text.startswith(("http://", "https://")):
        return (text.replace(f"{iris.BASE}doc/", _ID, 1),)
    kind, _, rest = text.partition("/")
    return (_ID + text,) if rest and kind else tuple(f"{_ID}{kind}/{text}" for kind in _KINDS)


async def found(engine: Engine, text: str, language: str) -> Choice | None:
    """What `text` means: an address first, else the name of something that can be compared.

    None where nothing has that name, or where several have.
    """
    return await at_address(engine, text, language) or await _called(engine, text, language)


async def at_address(engine: Engine, text: str, language: str) -> Choice | None:
    """What an address means by `text`; None where nothing that can be compared is there."""
    there = addresses(text)
    if not there:
        return None
    listed = " ".join(iri(address) for address in there)
    try:
        known = await _choices(engine, f"VALUES ?s {{ {listed} }}", language)
    except SyntaxProblem:  # all of the query is ours but the address: "http://[" is no IRI, "%zz" no part of one
        return None
    choices = {choice.iri: choice for choice in known}
    return next((choices[address] for address in there if address in choices), None)


def unknown(text: str) -> UnknownThing:
    """The error for what is nothing of the kind."""
    return UnknownThing(
        f"Er is geen profiel of kwalificatie '{text[:200]}'. Klopt de naam? Op /compare staat wat er is.",
        f"There is no profile or qualification '{text[:200]}'. Is the name right? /compare lists what there is.",
    )


def named_like(there: Sequence[Choice], text: str) -> tuple[Choice, ...]:
    """Those of which the name has what was typed in it, else the most alike; a few."""
    wanted = text.strip().casefold()
    names = {one.iri: one.name.text.casefold() for one in there}
    within = [one for one in there if wanted in names[one.iri]]
    if not within:
        best = process.extract(wanted, names, scorer=fuzz.WRatio, limit=_PROPOSED, score_cutoff=_ALIKE)
        order = {thing: place for place, (_, _, thing) in enumerate(best)}
        within = sorted((one for one in there if one.iri in order), key=lambda one: order[one.iri])
    return tuple(within[:_PROPOSED])


async def choices(engine: Engine, language: str) -> tuple[Choice, ...]:
    """All there is to choose from, profiles first, by name."""
    there = await _choices(engine, "", language)
    names = Counter(one.name.text.casefold() for one in there)
    return tuple(one._replace(shared=names[one.name.text.casefold()] > 1) for one in there)


async def _called(engine: Engine, text: str, language: str) -> Choice | None:
    """The one thing of that name; None where there are several."""
    plain = "".join(" " if sign < " " else sign for sign in text.strip())
    if not plain:
        return None
    quoted = '"' + plain.replace("\\", "\\\\").replace('"', '\\"') + '"'
    names = f"VALUES ?name {{ {quoted} {quoted}@nl {quoted}@en }} ?s rdfs:label ?name ."
    there = await _choices(engine, names, language)
    return there[0] if len(there) == 1 else None


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
