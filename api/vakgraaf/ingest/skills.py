"""One skill per distinct item, however often and however spelled.

Rules: two wordings are one skill where they differ only in case, articles, number, punctuation at the end, or a comma
straight after "Kennis". Whatever goes further is a person's decision and stands in data/reference/skillvarianten.toml.
Near misses are reported, never merged.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path

from rapidfuzz import fuzz
from rdflib import RDF, SKOS, Graph, URIRef

from vakgraaf.ingest.claims import Soort
from vakgraaf.ingest.dutch import singular_key
from vakgraaf.language.capitals import capitalised
from vakgraaf.rdf.iris import VG, slug, thing

CURATED_FILE = "skillvarianten.toml"
NEAR = 85.0
_ARTICLES = re.compile(r"\b(?:de|het|een)\s+")
_KENNIS = re.compile(r"^\s*(?:(?:basis|praktische |brede |specialistische )?kennis\b|basiskennis\b)", re.IGNORECASE)
_MAX_SLUG = 90
_SIGNS = re.compile(r"[+#]")


@dataclass
class Skill:
    """A skill as the register knows it: its IRI, label and kind, and every wording met."""

    iri: URIRef
    label: str
    soort: Soort
    wordings: list[str] = field(default_factory=list)

    @property
    def variants(self) -> list[str]:
        """The wordings that differ from the label in more than a capital, sorted."""
        return sorted({w for w in self.wordings if w.casefold() != self.label.casefold()})


@dataclass(frozen=True)
class Conflict:
    """A wording whose list says another kind than the skill has."""

    skill: Skill
    wording: str
    soort: Soort


def skill_key(wording: str) -> str:
    """What must be equal for two wordings to be one skill."""
    folded = re.sub(r"^(\s*\w*kennis),\s+", r"\1 ", wording.casefold()).rstrip(" .,;:")
    cut_off = "," if wording.rstrip().endswith(",") else ""
    return singular_key(_ARTICLES.sub("", folded)) + cut_off


class SkillRegister:
    """Every skill known so far; `place` finds the skill of a wording or makes it."""

    def __init__(self, curated: Path | None = None) -> None:
        """A register without skills; `curated` is the table of decisions (TOML). Raises ValueError if it is wrong."""
        self._by_key: dict[str, Skill] = {}
        self._labels: dict[str, str] = {}
        self._kinds: dict[str, Soort] = {}
        self._taken: set[URIRef] = set()
        self.conflicts: list[Conflict] = []
        for entry in tomllib.loads(curated.read_text("utf-8"))["skill"] if curated else ():
            self._curate(entry["label"], entry["variants"], entry.get("kind"))

    def _curate(self, label: str, variants: list[str], kind: Soort | None) -> None:
        for wording in (label, *variants):
            key = skill_key(wording)
            if self._labels.setdefault(key, label) != label:
                raise ValueError(f"{CURATED_FILE}: '{wording}' stands under two labels")
            if kind:
                self._kinds[key] = kind

    @property
    def skills(self) -> list[Skill]:
        """All skills, each once, in the order in which they were met."""
        return list({id(skill): skill for skill in self._by_key.values()}.values())

    def learn(self, graph: Graph) -> None:
        """Take over the skills that `graph` states, so that their IRIs and labels stay."""
        for iri in sorted(set(graph.subjects(RDF.type, VG.Skill)), key=str):
            label = graph.value(iri, SKOS.prefLabel)
            if not isinstance(iri, URIRef) or label is None:
                continue
            soort: Soort = "vakkennis" if (iri, RDF.type, VG.Vakkennis) in graph else "vaardigheid"
            known = self._by_key.get(skill_key(str(label)))
            skill = known or Skill(iri, str(label), soort, [str(label)])
            self._taken.add(iri)
            for wording in (str(label), *sorted(map(str, graph.objects(iri, SKOS.altLabel)))):
                self._by_key.setdefault(skill_key(wording), skill)

    def place(self, wording: str, soort: Soort | None) -> Skill:
        """The skill that `wording` names; `soort` is what the list says, None where it says nothing."""
        key = skill_key(wording)
        label = self._labels.get(key)
        skill = self._by_key.get(key) or (self._by_key.get(skill_key(label)) if label else None)
        if skill is None:
            skill = self._new(label or capitalised(wording), self._kind(key, wording, soort))
        elif soort and soort != skill.soort:
            self.conflicts.append(Conflict(skill, wording, soort))
        self._by_key[key] = skill
        if wording not in skill.wordings:
            skill.wordings.append(wording)
        return skill

    def known(self, wording: str) -> Skill | None:
        """The skill that `wording` names, if the register has it."""
        return self._by_key.get(skill_key(wording))

    def _kind(self, key: str, wording: str, soort: Soort | None) -> Soort:
        if soort is None:
            soort = self._kinds.get(key)
        return soort or ("vakkennis" if _KENNIS.match(wording) else "vaardigheid")

    def _new(self, label: str, soort: Soort) -> Skill:
        name = slug(label)
        if len(name) > _MAX_SLUG or _SIGNS.search(label):
            # What the slug leaves out must still tell this skill from another, in whatever document it comes first.
            digest = hashlib.sha256(skill_key(label).encode()).hexdigest()[:6]
            name = f"{name[:_MAX_SLUG].rsplit('-', 1)[0] if len(name) > _MAX_SLUG else name}-{digest}"
        iri, number = thing("skill", name), 2
        while iri in self._taken:
            iri, number = thing("skill", name, number), number + 1
        self._taken.add(iri)
        return Skill(iri, label, soort)

    def near_misses(self, of: Iterable[Skill] | None = None) -> Iterator[tuple[Skill, Skill, int | None]]:
        """Pairs of different skills whose labels look alike, with how much (0–100); `of` limits one side.

        None instead of a number says that all words of the one stand within the other.
        """
        skills = self.skills
        wanted = {id(skill) for skill in of} if of is not None else None
        keys = [skill_key(skill.label) for skill in skills]
        for (first, key), (second, other) in combinations(zip(skills, keys, strict=True), 2):
            if wanted is None or {id(first), id(second)} & wanted:
                score = fuzz.token_sort_ratio(key, other)
                inside = min(key.count(" "), other.count(" ")) > 1 and fuzz.token_set_ratio(key, other) == 100
                if score >= NEAR or inside:
                    yield first, second, None if inside else round(score)
