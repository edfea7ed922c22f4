"""The competence matrix of a profile: which core task asks for which competence of the model."""

from __future__ import annotations

from dataclasses import dataclass

from vakgraaf.engine import Engine, Value
from vakgraaf.web.site.crumbs import above, crumbs
from vakgraaf.web.site.demands import Demand, asked, demand
from vakgraaf.web.site.names import Named
from vakgraaf.web.site.nearby import Nearby, nearby, of
from vakgraaf.web.site.outline import PARTS, STEPS, Part, below, every, outline
from vakgraaf.web.wording import marked

_WHOLE = marked("Hele profiel")


@dataclass(frozen=True, slots=True)
class Column:
    """A part that asks for competences; `kind` and `number` are its short name. `kind` is a word of the catalogue."""

    iri: str
    kind: str
    number: str
    name: Value


@dataclass(frozen=True, slots=True)
class Cell:
    """Whether the part `column` asks for the competence, and whether the document's own overview says that it does.

    `listed` is None where there is no such overview.
    """

    column: str
    asked: bool
    listed: bool | None

    @property
    def code(self) -> str:
        """`x`: asked for; `x*`: asked for, but not in the overview; `o`: in the overview only."""
        if self.asked:
            return "x*" if self.listed is False else "x"
        return "o" if self.listed else ""


@dataclass(frozen=True, slots=True)
class Line:
    """A competence with a cell for every column, and the columns that ask for it."""

    competence: Demand
    cells: tuple[Cell, ...]
    asked: tuple[Column, ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    """The matrix of a profile; without lines where it asks for no competences."""

    iri: str
    name: Value
    crumbs: tuple[Named, ...]
    columns: tuple[Column, ...]
    lines: tuple[Line, ...]

    @property
    def total(self) -> int:
        """The number of competences that are asked for."""
        return sum(bool(line.asked) for line in self.lines)

    @property
    def divided(self) -> bool:
        """Whether it says more than what the profile as a whole asks for."""
        return any(column.iri != self.iri for column in self.columns)

    @property
    def differs(self) -> bool:
        """Whether the document's own overview says something else anywhere."""
        return any(cell.code in ("x*", "o") for line in self.lines for cell in line.cells)


def competences(name: str) -> tuple[str, ...]:
    """Patterns: the overview of the thing called `name`, and every competence of the models that it makes use of."""
    used = f"{{{name}}} ({STEPS}*/vg:vereist)|(vg:heeftMatrixregel/vg:betreft) ?used . ?used a vg:Competentie ."
    model = f"{used} OPTIONAL {{ ?used skos:topConceptOf ?model . ?all skos:topConceptOf ?model }}"
    things = f"{{ SELECT DISTINCT ?s WHERE {{ {model} BIND (COALESCE(?all, ?used) AS ?s) }} }}"
    return (
        of(f"{{{name}}} vg:heeftMatrixregel ?s .", "vg:betreft", "vg:vermeldtKerntaak"),
        of(things, "rdf:type", "rdfs:label", "skos:notation"),
    )


async def view(engine: Engine, subject: str, language: str) -> Matrix:
    """The matrix of `subject`, asked of the engine."""
    own = of("VALUES ?s { {this} }", "rdfs:label", "vg:nummer", "vg:isOnderdeelVan", "vg:heeftMatrixregel", *PARTS)
    patterns = (own, above("this"), below("this"), asked("this", "vg:Competentie"), *competences("this"))
    near = await nearby(engine, language, *patterns, this=subject)
    return matrix(near, subject, outline(near, subject))


def matrix(near: Nearby, subject: str, parts: tuple[Part, ...]) -> Matrix:
    """The matrix of `subject`, of what `near` was asked: `below`, `asked` and `competences`."""
    inside = {part.iri: tuple(one.iri for one in every((part,))) for part in parts}
    asks = {part: _competences(near, *within) for part, within in inside.items()}
    listed = _listed(near, subject)
    columns = [
        Column(part.iri, part.kind, part.number, part.name)
        for part in parts
        if asks[part.iri] or near.is_a(part.iri, "vg:Kerntaak")
    ]
    if whole := _competences(near, subject):
        columns.insert(0, Column(subject, _WHOLE, "", near.label(subject)))
        asks[subject] = whole
    return Matrix(
        iri=subject,
        name=near.label(subject),
        crumbs=crumbs(near, subject),
        columns=tuple(columns),
        lines=_lines(near, tuple(columns), asks, listed) if columns else (),
    )


def _lines(
    near: Nearby, columns: tuple[Column, ...], asks: dict[str, set[str]], listed: dict[str, set[str]] | None
) -> tuple[Line, ...]:
    there = [thing for thing in near.known() if near.is_a(thing, "vg:Competentie")]
    found = []
    for thing in there:
        tasks = None if listed is None else listed.get(thing, set())
        cells = tuple(
            Cell(
                column.iri,
                thing in asks[column.iri],
                column.iri in tasks if tasks is not None and near.is_a(column.iri, "vg:Kerntaak") else None,
            )
            for column in columns
        )
        asking = tuple(column for column, cell in zip(columns, cells, strict=True) if cell.asked)
        found.append(Line(demand(near, thing), cells, asking))
    return tuple(sorted(found, key=lambda line: (line.competence.code, line.competence.name.text, line.competence.iri)))


def _competences(near: Nearby, *parts: str) -> set[str]:
    return {thing for part in parts for thing in near.things(part, "vg:vereist") if near.is_a(thing, "vg:Competentie")}


def _listed(near: Nearby, subject: str) -> dict[str, set[str]] | None:
    """By competence the core tasks that the document's own overview lists; None where it has no overview."""
    rows = near.things(subject, "vg:heeftMatrixregel")
    if not rows:
        return None
    found: dict[str, set[str]] = {}
    for row in rows:
        for thing in near.things(row, "vg:betreft"):
            found.setdefault(thing, set()).update(near.things(row, "vg:vermeldtKerntaak"))
    return found
