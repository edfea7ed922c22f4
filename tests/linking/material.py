"""What the matching is tried on: both packaged profiles, the qualification file, ESCO; and the judged pairs."""

from __future__ import annotations

import csv
from collections import defaultdict
from functools import cache
from pathlib import Path
from typing import NamedTuple

from lxml import etree
from rdflib import Graph

from vakgraaf.engine.scratch import add_turtle
from vakgraaf.linking.matching.reading import synonyms_of, things_of
from vakgraaf.linking.matching.thing import Kind, Thing
from vakgraaf.rdf.iris import BASE
from vakgraaf.resources import folder

REFERENCE = Path(__file__).resolve().parents[3] / "shared" / "reference"
GOLD = Path(__file__).with_name("gold")
_DOSSIER = "kd_mz_2016/4156_Maatschappelijke_Zorg.xml"
_LISTS = ("kd_mz_2016/kerntaken_werkprocessen.csv", "kd_mz_2016/vakkennis_vaardigheden.csv")
FILES = [REFERENCE / name for name in (_DOSSIER, *_LISTS, "esco_nl/occupations_nl.csv", "esco_nl/skillGroups_nl.csv")]
ABSENT = (
    "" if all(map(Path.is_file, FILES)) else "the qualification file and ESCO are not here (shared/reference is absent)"
)
"""Why the quality cannot be measured here; empty where it can."""
PROFILES = {
    "thuisbegeleider-2011": "bcp-thuisbegeleider-2011",
    "persoonlijk-begeleider-specifieke-doelgroepen-2013": "addendum-persoonlijk-begeleider-specifieke-doelgroepen-2013",
}
_QUALIFIED_AS = {
    "thuisbegeleider-2011": ("P5", "1216586"),
    "persoonlijk-begeleider-specifieke-doelgroepen-2013": ("P6", "1216596"),
}
"""The profile of the qualification file that builds on ours: its code there, and its number."""
TUNED, HELD_OUT = "afstemmen", "achtergehouden"


class Judged(NamedTuple):
    """A line of the gold list. `predicate` is exact, close, broad, narrow, related or none, from subject to object."""

    part: str
    subject: str
    object: str
    predicate: str


class Case(NamedTuple):
    """Things to match with those they may correspond to, and what is right: for each subject its objects; and
    those that are related and no more."""

    name: str
    subjects: list[Thing]
    objects: list[Thing]
    right: dict[str, set[str]]
    related: dict[str, set[str]]
    left_out: tuple[str, ...]
    synonyms: list[tuple[str, str]]
    background: list[str]


def judged(name: str) -> list[Judged]:
    """The gold list `name`."""
    with (GOLD / f"{name}.tsv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    return [Judged(row["deel"], f"{BASE}id/{row['subject']}", row["object"], row["oordeel"]) for row in rows]


@cache
def graph(profile: str) -> Graph:
    """The packaged graph of a profile."""
    found = Graph(bind_namespaces="none")
    add_turtle(found, (folder("data/graphs") / f"{PROFILES[profile]}.ttl").read_bytes())
    return found


@cache
def werkprocessen(number: str) -> dict[str, Thing]:
    """Those of the qualification file by code, `P5-K1-W3`, with what is told of them for all and, in addition, for the
    profile of that number."""
    texts = {
        one.get("nr"): " ".join(_told(one, tag, number) for tag in ("omschrijving", "resultaat"))
        for one in etree.parse(REFERENCE / _DOSSIER).iter("werkproces")
    }
    with (REFERENCE / _LISTS[0]).open(encoding="utf-8", newline="") as file:
        return {
            row["werkproces_code"]: Thing(
                f"werkproces:{row['werkproces_nr']}",
                Kind.WERKPROCES,
                row["werkproces"],
                text=texts[row["werkproces_nr"]],
                competences=frozenset(row["competenties"].split()),
                whole=row["kerntaak"],
            )
            for row in csv.DictReader(file)
        }


@cache
def items() -> list[Thing]:
    """Knowledge and skills of the qualification file."""
    with (REFERENCE / _LISTS[1]).open(encoding="utf-8", newline="") as file:
        titles = {row["kv_nr"]: row["titel"] for row in csv.DictReader(file)}
    return [Thing(f"kv:{number}", Kind.SKILL, title) for number, title in sorted(titles.items())]


@cache
def cases(kind: str, part: str) -> list[Case]:
    """The case of one part of a gold list: a profile's werkprocessen or skills, those that were judged."""
    return [case for profile in PROFILES if (case := _case(kind, part, profile)).subjects]


def _case(kind: str, part: str, profile: str) -> Case:
    pairs = [one for one in judged(kind) if one.part == part]
    right: dict[str, set[str]] = defaultdict(set)
    related: dict[str, set[str]] = defaultdict(set)
    for one in pairs:
        right[one.subject] |= {one.object} if one.predicate not in ("none", "related") else set()
        related[one.subject] |= {one.object} if one.predicate == "related" else set()
    wanted = Kind.SKILL if kind == "skills" else Kind.WERKPROCES
    whole = graph(profile)
    subjects = [thing for thing in things_of(whole, [wanted]) if thing.iri in right]
    if part != (TUNED if profile == "thuisbegeleider-2011" else HELD_OUT):
        subjects = []
    code, number = _QUALIFIED_AS[profile]
    own = [thing for name, thing in werkprocessen(number).items() if name.startswith((code, "B1"))]
    left_out = (
        "beroepskracht maatschappelijke zorg",
        "thuisbegeleider",
        "persoonlijk begeleider specifieke doelgroepen",
    )
    objects = items() if kind == "skills" else own
    return Case(
        f"{kind}: {profile}", subjects, objects, right, related, left_out, synonyms_of(whole), background(profile)
    )


@cache
def background(profile: str) -> list[str]:
    """All that the profile and the qualification file say."""
    things = [*things_of(graph(profile)), *werkprocessen(_QUALIFIED_AS[profile][1]).values(), *items()]
    return [text for thing in things for text in (*thing.labels, thing.text)]


def _told(one: etree._Element, tag: str, profile: str | None) -> str:
    element = one.find(f"werkproces{tag}")
    if element is None:
        return ""
    more = (
        added.findtext("omschrijving") or ""
        for added in element.iter("aanvullend")
        if any(named.get("referentie") == profile for named in added.iter("profiel"))
    )
    return " ".join(((element.text or ""), *more))
