"""What has to be known of qualifications to write them in the European Learning Model: one query for all of it."""

from __future__ import annotations

from vakgraaf.rdf.iri_signs import is_part_of_iri
from vakgraaf.rdf.iris import BASE
from vakgraaf.rdf.prefixes import PREFIXES

SNB = "http://data.europa.eu/snb/"
EQF, NQF, ISCED_F = f"{SNB}eqf/", f"{SNB}qdr/", f"{SNB}isced-f/"
"""How the IRIs of levels of the EQF, of levels of national frameworks, and of fields of ISCED-F 2013 begin."""

VETTED = ("vastgesteld", "afgeleid")
"""The statuses of a claim about a level that count: it was established, or follows from what was. Proposals do not."""

_PROLOGUE = "".join(f"PREFIX {prefix}: <{namespace}>\n" for prefix, namespace in PREFIXES.items()) + (
    "PREFIX elm: <http://data.europa.eu/snb/model/elm/>\n"
)
_PART = "(vg:heeftKerntaak|vg:heeftTaakgebied|vg:heeftTaak|vg:heeftWerkproces)"
_OUTCOME = f"""{{ ?q {_PART}+ ?thing . ?thing a vg:Werkproces }}
    UNION {{ ?q {_PART}*/vg:vereist ?thing . ?thing a vg:Skill }}"""


ALL = f"{_PROLOGUE}SELECT DISTINCT ?q WHERE {{ ?q a vg:Kwalificatie }} ORDER BY ?q"
"""The query for all qualifications there are."""


def query(subject: str) -> str:
    """The CONSTRUCT query for one qualification; `elm.record` makes a record of what it gives.

    Levels stand with the qualification itself (elm:EQFLevel, elm:NQFLevel, elm:educationLevel) where claims with a
    status in `VETTED` lead to them; work processes and skills as elm:learningOutcome. What the qualification asks for
    in addition at a work process stands with the work process, so two qualifications cannot share a graph.
    Raises ValueError for what is no IRI.
    """
    given = f"VALUES ?q {{ {_checked(subject)} }} ?q a vg:Kwalificatie ."
    branches = (
        f"{given} BIND (?q AS ?s) VALUES ?p {{ rdf:type rdfs:label vg:creboCode }} ?s ?p ?o",
        f"{given} {_levels('?o')} BIND (?q AS ?s) {_property('?o', '?p')}",
        f"{given} ?q dct:subject|vg:isOnderdeelVan/dct:subject ?o . {_begins('?o', ISCED_F)} BIND (?q AS ?s)"
        " BIND (elm:ISCEDFCode AS ?p)",
        f"{given} {_OUTCOME} BIND (?q AS ?s) BIND (elm:learningOutcome AS ?p) BIND (?thing AS ?o)",
        f"{given} {_OUTCOME} BIND (?thing AS ?s)"
        " VALUES ?p { rdf:type rdfs:label skos:notation vg:vereist skos:exactMatch skos:closeMatch } ?s ?p ?o",
        f"{given} ?q vg:heeftVereiste ?asked . ?asked vg:geldtBij ?s ; vg:betreft ?o . BIND (vg:vereist AS ?p)",
        f"{given} {_levels('?s')} {_NAMES}",
        f"{given} ?q dct:subject|vg:isOnderdeelVan/dct:subject ?s . {_begins('?s', ISCED_F)} {_NAMES}",
        f"{given} ?q {_PART}*/vg:vereist ?s . ?s a vg:Competentie . {_NAMES}",
    )
    union = "\n  UNION ".join(f"{{ {branch} }}" for branch in branches)
    return f"{_PROLOGUE}CONSTRUCT {{ ?s ?p ?o }} WHERE {{\n  {union}\n}}"


_NAMES = "VALUES ?p { rdf:type rdfs:label skos:notation } ?s ?p ?o"


def _levels(level: str) -> str:
    """The mbo level of the qualification, and the levels to which claims about it or about such a level lead."""
    mbo = f"?q vg:mboNiveau ?mbo . BIND (IRI(CONCAT('{BASE}id/niveau/mbo-', STR(?mbo))) AS {{0}}) {{0}} a vg:Niveau ."
    ways = [mbo.format(level)]
    for start, known in (("?q", ""), ("?first", mbo.format("?first"))):
        ways.append(f"{known} {_claim(start, level, 1)}")
        ways.append(f"{known} {_claim(start, '?between', 1)} {_claim('?between', level, 2)}")
    return " UNION ".join(f"{{ {way} }}" for way in ways)


def _claim(thing: str, level: str, number: int) -> str:
    statuses = " ".join(f'"{status}"' for status in VETTED)
    claim = f"?claim{number}"
    return (
        f"{thing} vg:heeftInschaling {claim} . {claim} vg:niveau {level} ; vg:status {claim}Status ."
        f" VALUES {claim}Status {{ {statuses} }}"
    )


def _property(level: str, name: str) -> str:
    return (
        f"BIND (IF(STRSTARTS(STR({level}), '{EQF}'), elm:EQFLevel, IF(STRSTARTS(STR({level}), '{NQF}'), elm:NQFLevel,"
        f" elm:educationLevel)) AS {name})"
    )


def _begins(variable: str, start: str) -> str:
    return f"FILTER (STRSTARTS(STR({variable}), '{start}'))"


def _checked(subject: str) -> str:
    if not subject.startswith(("http://", "https://")) or not is_part_of_iri(subject):
        raise ValueError(f"not an IRI: {subject!r}")
    return f"<{subject}>"
