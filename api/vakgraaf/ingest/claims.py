"""What a document says, as values: the claims that recognisers make and `build` turns into RDF.

Every claim knows its source lines. Dutch names are the domain's own (vocabulary: see the ontology).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from vakgraaf.ingest.flow import Prose, Row

Lines = frozenset[int]
Soort = Literal["vakkennis", "vaardigheid"]
Ernst = Literal["fout", "waarschuwing", "info"]


@dataclass(frozen=True)
class Tekst:
    """A piece of text that stands on its own: a dilemma, a citation, an item of a list."""

    text: str
    lines: Lines
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Skillvereiste:
    """One item of a list of vakkennis en vaardigheden; `soort` is None where the list does not say which."""

    wording: str
    soort: Soort | None
    lines: Lines
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Competentievereiste:
    """One competence demanded: its letter, its name as printed here, and why."""

    letter: str
    wording: str
    toelichting: Prose
    lines: Lines


@dataclass(frozen=True)
class Aanvulling:
    """'Aanvullend geldt voor … in de ouderenzorg: …': lead-in, branches named in it, and the text after it."""

    leadin: str
    branches: tuple[str, ...]
    text: Prose
    lines: Lines


@dataclass(frozen=True)
class Ontwikkeling:
    """A trend: titled or an item of a list, under the heading `categorie`."""

    title: str | None
    text: Prose
    lines: Lines


@dataclass
class Paragraaf:
    """A titled section of running text with what hangs in it."""

    title: str
    soort: str
    heading: Lines
    nummer: str | None = None
    text: Prose | None = None
    parts: list[Paragraaf] = field(default_factory=list)
    dilemmas: list[Tekst] = field(default_factory=list)
    ontwikkelingen: list[Ontwikkeling] = field(default_factory=list)
    aanvullingen: list[Aanvulling] = field(default_factory=list)

    def walk(self) -> list[Paragraaf]:
        """This paragraaf and all below it, in document order."""
        return [self, *(below for part in self.parts for below in part.walk())]


@dataclass
class Werkproces:
    """A werkproces as described under its kerntaak."""

    nummer: str
    title: str
    heading: Lines
    omschrijving: Prose | None = None
    resultaat: Prose | None = None
    skills: list[Skillvereiste] = field(default_factory=list)
    toelichtingen: list[Prose] = field(default_factory=list)
    notes: tuple[str, ...] = ()


@dataclass
class Kerntaak:
    """A kerntaak with its werkprocessen, competences, dilemmas and notes."""

    nummer: str
    title: str
    heading: Lines
    werkprocessen: list[Werkproces] = field(default_factory=list)
    competenties: list[Competentievereiste] = field(default_factory=list)
    dilemmas: list[Tekst] = field(default_factory=list)
    toelichtingen: list[Prose] = field(default_factory=list)
    notes: tuple[str, ...] = ()


@dataclass
class Taak:
    """A taak of an addendum: no werkprocessen, but what holds in addition in some branches."""

    nummer: str
    title: str
    heading: Lines
    omschrijving: Prose | None = None
    aanvullingen: list[Aanvulling] = field(default_factory=list)
    notes: tuple[str, ...] = ()
    announced: str | None = None  # the title in the overview, where there is one
    described_in: str | None = None  # the group under which the chapter describes it
    described_at: Lines = frozenset()  # the heading above the description


@dataclass
class Taakgebied:
    """A named group of taken with its two lists."""

    title: str
    heading: Lines
    taken: list[Taak] = field(default_factory=list)
    skills: list[Skillvereiste] = field(default_factory=list)


@dataclass(frozen=True)
class Begrip:
    """A glossary entry: a definition, or the term it points to."""

    term: str
    definition: Prose | None
    zie: str | None
    lines: Lines


@dataclass(frozen=True)
class Handeling:
    """A validation or legitimation: one act by one body, `date` as ISO 8601 text ("2011-11-02", "2011-08") or None."""

    kind: Literal["validering", "legitimering"]
    orgaan: str
    date: str | None
    lines: Lines
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Zetel:
    """A seat in a group: organisation and function. A person's name is not kept; that of a body (`gremium`) is."""

    groep: str
    organisatie: str
    functie: str | None
    gremium: str | None
    lines: Lines


@dataclass(frozen=True)
class Matrixregel:
    """A row of the document's own competence overview."""

    letter: str
    wording: str
    kerntaken: tuple[str, ...]
    lines: Lines


@dataclass(frozen=True)
class Vermelding:
    """Something named in passing: an occupation, a branch, a profile, with the lines that name it."""

    name: str
    lines: Lines


@dataclass(frozen=True)
class Dossier:
    """The kwalificatiedossier that the text speaks of, and the qualification it is to found."""

    name: str
    kwalificatie: str | None
    niveau: int | None
    lines: Lines


@dataclass(frozen=True)
class Hoofdstuk:
    """A chapter or annex as it stands there; `expected` is the number that it should have where it has another."""

    kind: str
    nummer: str | None
    title: str
    heading: Lines
    rows: tuple[Row, ...]
    expected: str | None = None


@dataclass(frozen=True)
class Bevinding:
    """Something odd in the document itself: what, how bad, and the places (each a set of lines)."""

    code: str
    ernst: Ernst
    nl: str
    en: str
    places: tuple[Lines, ...]


@dataclass
class Claims:
    """All that was recognised in one document."""

    kind: Literal["bcp", "addendum"]
    beroep: str
    title: str
    reference: str
    titled_at: Lines
    issued: str | None = None
    publisher: str | None = None
    functienamen: list[Vermelding] = field(default_factory=list)
    vult_aan: list[Vermelding] = field(default_factory=list)
    branches: list[Vermelding] = field(default_factory=list)
    dossier: Dossier | None = None
    paragrafen: list[Paragraaf] = field(default_factory=list)
    kerntaken: list[Kerntaak] = field(default_factory=list)
    overview: list[Kerntaak] = field(default_factory=list)
    taakgebieden: list[Taakgebied] = field(default_factory=list)
    competenties: list[Competentievereiste] = field(default_factory=list)
    begrippen: list[Begrip] = field(default_factory=list)
    bronnen: list[Tekst] = field(default_factory=list)
    links: list[Tekst] = field(default_factory=list)
    handelingen: list[Handeling] = field(default_factory=list)
    zetels: list[Zetel] = field(default_factory=list)
    leden: dict[str, list[Vermelding]] = field(default_factory=dict)
    matrix: list[Matrixregel] = field(default_factory=list)
    voetnoten: list[Tekst] = field(default_factory=list)
    structure: set[int] = field(default_factory=set)
    names: dict[int, list[str]] = field(default_factory=dict)
    hoofdstukken: list[Hoofdstuk] = field(default_factory=list)
    jaren: list[Vermelding] = field(default_factory=list)  # the years in the feet of the pages
    empty: list[Vermelding] = field(default_factory=list)  # headings of chapters without any text
    unread: list[Lines] = field(default_factory=list)  # rows that may name a person and were not read

    @property
    def taken(self) -> list[Kerntaak | Werkproces | Taak]:
        """Every taak of whatever kind, in document order."""
        found: list[Kerntaak | Werkproces | Taak] = []
        for kerntaak in self.kerntaken:
            found += [kerntaak, *kerntaak.werkprocessen]
        for gebied in self.taakgebieden:
            found += gebied.taken
        return found

    def all_paragrafen(self) -> list[Paragraaf]:
        """Every paragraaf at any depth, in document order."""
        return [below for paragraaf in self.paragrafen for below in paragraaf.walk()]
