"""The graph as flat tables: profiles and qualifications, tasks, demands, skills. Only facts, no long texts."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from vakgraaf.rdf.prefixes import PREFIXES

_PROLOGUE = "".join(f"PREFIX {prefix}: <{namespace}>\n" for prefix, namespace in PREFIXES.items())
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""How text begins that a spreadsheet takes for a formula, also in wide letters (OWASP, CSV injection)."""


SEVERAL = " | "


class Table(NamedTuple):
    """A table: its columns, which are the variables of its query, and the query.

    In the last column of a `gathered` table there may be several things, with `SEVERAL` between them.
    """

    columns: tuple[str, ...]
    query: str
    gathered: bool


def _table(columns: str, where: str, gathered: str = "") -> Table:
    """A table; the last column gathers what the variable `gathered` is, in the row of the other columns."""
    names = tuple(columns.split())
    order = picked = " ".join(f"?{name}" for name in names)
    group = ""
    if gathered:
        key = " ".join(f"?{name}" for name in names[:-1])
        picked = f"{key} (GROUP_CONCAT(DISTINCT STR({gathered}); separator='{SEVERAL}') AS ?{names[-1]})"
        group = f" GROUP BY {key}"
    text = f"{_PROLOGUE}SELECT DISTINCT {picked} WHERE {{ {where} }}{group} ORDER BY {order}"
    return Table(names, text, bool(gathered))


def _kinds(variable: str, **kinds: str) -> str:
    listed = " ".join(f"({klasse.replace('_', ':')} '{word}')" for klasse, word in kinds.items())
    return f"VALUES (?klasse ?soort) {{ {listed} }} {variable} a ?klasse ."


def _dutch(thing: str, name: str) -> str:
    return f"OPTIONAL {{ {thing} rdfs:label {name} FILTER (LANGMATCHES(LANG({name}), 'nl')) }}"


_WHOLES = {"vg_Beroepscompetentieprofiel": "bcp", "vg_Addendum": "addendum", "vg_Kwalificatie": "kwalificatie"}
_WHOLE = "{ ?profiel a vg:Profiel } UNION { ?profiel a vg:Kwalificatie }"

TABLES: Mapping[str, Table] = {
    "profielen": _table(
        "profiel soort naam uitgegeven crebo mbo_niveau vult_aan",
        f"""{_kinds("?profiel", **_WHOLES)} {_dutch("?profiel", "?naam")} OPTIONAL {{ ?profiel dct:issued ?uitgegeven }}
        OPTIONAL {{ ?profiel vg:creboCode ?crebo }} OPTIONAL {{ ?profiel vg:mboNiveau ?mbo_niveau }}
        OPTIONAL {{ ?profiel vg:vultAan ?ander }}""",
        "?ander",
    ),
    "werkprocessen": _table(
        "profiel nummer soort naam taak deel_van",
        f"""{_WHOLE} ?taak vg:ligtBinnen ?profiel ; a vg:Taak .
        BIND (IF(EXISTS {{ ?taak a vg:Kerntaak }}, "kerntaak",
          IF(EXISTS {{ ?taak a vg:Werkproces }}, "werkproces", "taak")) AS ?soort)
        {_dutch("?taak", "?naam")} OPTIONAL {{ ?taak vg:nummer ?nummer }}
        OPTIONAL {{ ?taak vg:isOnderdeelVan ?deel_van . ?deel_van a vg:Taak }}""",
    ),
    "vereisten": _table(
        "profiel bij soort code formulering betreft vereiste",
        f"""{_WHOLE} {_kinds("?vereiste", vg_Competentievereiste="competentie", vg_Skillvereiste="skill")}
        {{ ?bij vg:heeftVereiste ?vereiste ; vg:ligtBinnen ?profiel }}
        UNION {{ ?profiel vg:heeftVereiste ?vereiste . BIND (?profiel AS ?bij) }}
        OPTIONAL {{ ?vereiste vg:betreft ?betreft OPTIONAL {{ ?betreft skos:notation ?code }} }}
        OPTIONAL {{ ?vereiste vg:formulering ?formulering }}""",
    ),
    "skills": _table(
        "skill soort naam andere_namen",
        f"""{_kinds("?skill", vg_Vakkennis="vakkennis", vg_Vaardigheid="vaardigheid")}
        ?skill skos:prefLabel ?naam . OPTIONAL {{ ?skill skos:altLabel ?andere }}""",
        "?andere",
    ),
}
"""The tables by name. Columns are called as in the ontology; a column that names a thing holds its IRI."""


def written(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Rows as CSV (RFC 4180) in which no cell is a formula to a spreadsheet."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(head)
    writer.writerows([safe(cell) for cell in row] for row in rows)
    return text.getvalue()


def safe(cell: object) -> object:
    """A cell; text that a spreadsheet would take for a formula has an apostrophe before it."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell
