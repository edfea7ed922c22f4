"""The page of a skill or a competence: who asks for it, where, and in which words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass, fields

from vakgraaf.engine import PROLOGUE, Engine, Value, iri, select
from vakgraaf.rdf.numbers import natural
from vakgraaf.web.describe import labels_of
from vakgraaf.web.site.layouts import DEMANDS, Layout
from vakgraaf.web.site.links import Item, Listing
from vakgraaf.web.site.names import Named
from vakgraaf.web.site.thing import ThingPage, surroundings, thing_page

SHOWN = 50
"""So many profiles are listed, and a fifth as many wordings; of the rest only the number is given."""


@dataclass(frozen=True, slots=True)
class Use:
    """How much something is asked for: how often in all, by which profiles, in which words, each with a number.

    The lists are cut: `profiles` and `wordings` are the longest ones, `others` and `more_wordings` what is left.
    """

    total: int
    profiles: tuple[tuple[Named, int], ...]
    others: int
    wordings: tuple[tuple[Value, int], ...]
    more_wordings: int


@dataclass(frozen=True, slots=True)
class SkillPage(ThingPage):
    """What the template shows beside what it shows of anything: the places that ask for it, by profile."""

    use: Use
    demands: tuple[tuple[Named | None, tuple[Item, ...]], ...]
    more_demands: str


def skill_page(layout: Layout) -> Callable[[Engine, str, str], Awaitable[SkillPage]]:
    """The view of what is asked for by requirements; `layout` has the list `DEMANDS`."""

    async def view(engine: Engine, iri: str, language: str) -> SkillPage:
        near = await surroundings(engine, iri, language, layout)
        page = thing_page(near, iri, layout)
        demands = next((one for one in page.listings if one.title == DEMANDS.title), Listing(DEMANDS.title, ()))
        if demands.more:
            use = await _counted(engine, iri, language)
        else:
            use = _use_of(demands.items)
        shown = {field.name: getattr(page, field.name) for field in fields(ThingPage)}
        shown["listings"] = tuple(one for one in page.listings if one.title != DEMANDS.title)
        return SkillPage(**shown, use=use, demands=_by_profile(demands.items), more_demands=demands.more)

    return view


def _by_profile(items: Iterable[Item]) -> tuple[tuple[Named | None, tuple[Item, ...]], ...]:
    """By the largest whole of each, in the order of the profiles' names; what is a part of nothing comes last."""
    found: dict[Named | None, list[Item]] = {}
    for one in items:
        found.setdefault(one.wholes[-1] if one.wholes else None, []).append(one)
    ordered = sorted(found, key=lambda whole: (whole is None, whole.name.text.casefold() if whole else ""))
    return tuple((whole, tuple(sorted(found[whole], key=_place))) for whole in ordered)


def _place(one: Item) -> tuple[tuple[tuple[int, str], ...], str]:
    """As the number of the part is printed: 1.2 before 1.10."""
    printed = one.wholes[0].name.text.split(" ")[0] if one.wholes else ""
    return natural(printed), one.iri


def _use_of(demands: tuple[Item, ...]) -> Use:
    """Counted from all demands, where they are few."""
    profiles = Counter(whole for one in demands for whole in one.wholes[-1:])
    wordings = Counter(text for one in demands for name, text in one.quotes if name == "vg:formulering")
    return _cut(len(demands), profiles, len(profiles), wordings)


async def _counted(engine: Engine, thing: str, language: str) -> Use:
    """Counted by the engine: first by the part that asks, as there are fewer parts than demands."""
    rows = await select(
        engine,
        f"""{PROLOGUE}SELECT ?p ?f (SUM(?k) AS ?n) WHERE {{
  {{ SELECT ?part ?f (COUNT(?v) AS ?k) WHERE {{
    ?v vg:betreft {iri(thing)} . ?part vg:heeftVereiste ?v . OPTIONAL {{ ?v vg:formulering ?f }} }} GROUP BY ?part ?f }}
  ?part vg:ligtBinnen ?p . ?p a vg:Profiel }} GROUP BY ?p ?f""",
    )
    profiles, wordings = Counter[str](), Counter[Value]()
    for row in (row for row in rows if "p" in row):
        profiles[row["p"].text] += int(row["n"].text)
        if "f" in row:
            wordings[row["f"]] += int(row["n"].text)
    first = sorted(profiles.items(), key=lambda one: (-one[1], one[0]))[:SHOWN]
    labels = await labels_of(engine, [profile for profile, _ in first], language)
    named = {Named(profile, labels.of(profile) or Value("literal", profile)): n for profile, n in first}
    return _cut(profiles.total(), named, len(profiles), wordings)


def _cut(total: int, profiles: Mapping[Named, int], asking: int, wordings: Mapping[Value, int]) -> Use:
    """The longest first; of `asking` profiles those that are named."""
    named = sorted(profiles.items(), key=lambda one: (-one[1], one[0].name.text.casefold(), one[0].iri))[:SHOWN]
    worded = sorted(wordings.items(), key=lambda one: (-one[1], one[0].text.casefold(), one[0].text))
    return Use(
        total=total,
        profiles=tuple(named),
        others=asking - len(named),
        wordings=tuple(worded[: SHOWN // 5]),
        more_wordings=len(worded[SHOWN // 5 :]),
    )
