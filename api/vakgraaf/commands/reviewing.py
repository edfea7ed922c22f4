"""Reviewing on a terminal: one proposal after the other, a key each."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from vakgraaf.commands.files import say
from vakgraaf.commands.link_lines import RELATIONS, as_line, progress
from vakgraaf.errors import InputError
from vakgraaf.linking.mappings.decisions import Verdict
from vakgraaf.linking.mappings.mapping import Mapping, Status
from vakgraaf.pipeline.linking.changes import Wish

_KEYS = {
    "nl": "a neem aan, 1–5 neem aan als {relations}; r wijs af, s sla over, u maak het vorige ongedaan, q stop: ",
    "en": "a accept, 1–5 accept as {relations}; r reject, s skip, u undo the last, q quit: ",
}


def by_hand(there: Sequence[Mapping], decide: Callable[[Wish], None], language: str, *, terminal: bool) -> None:
    """Ask for a decision on each proposal among `there`, the surest first, and have each carried out at once.

    Raises `InputError` where there is no terminal to ask on.
    """
    if not terminal:
        raise InputError(
            "Beoordelen met de hand kan alleen op een terminal. Gebruik hier 'vakgraaf link accept' en 'reject'.",
            "Reviewing by hand needs a terminal. Use 'vakgraaf link accept' and 'reject' here.",
        )
    waiting = sorted((one for one in there if one.status is Status.PROPOSED), key=lambda one: -(one.confidence or 0))
    keys = _KEYS[language].format(relations=", ".join(RELATIONS))
    decided: list[int] = []
    place = 0
    while place < len(waiting):
        mapping = waiting[place]
        _show(mapping, language)
        key = _key(keys)
        if key == "q":
            break
        if key == "u" and decided:
            place = decided.pop()
            decide(Wish(waiting[place].iri, Verdict.UNDO))
        elif key == "s":
            place += 1
        elif (wish := _wish(mapping, key)) is not None:
            decide(wish)
            decided.append(place)
            place += 1
    done = sum(one.status is not Status.PROPOSED for one in there) + len(decided)
    say(progress(there, language) if not decided else _after(done, len(there), language))


def _show(mapping: Mapping, language: str) -> None:
    say("\n" + as_line(mapping, language))
    say(f"  {mapping.subject}\n  {mapping.object}")
    for ground in mapping.grounds:
        say(f"  - {ground.en if language == 'en' else ground.nl}")


def _key(question: str) -> str:
    try:
        return input(question).strip().casefold()[:1]
    except EOFError:
        return "q"


def _wish(mapping: Mapping, key: str) -> Wish | None:
    if key == "a":
        return Wish(mapping.iri, Verdict.ACCEPT)
    if key == "r":
        return Wish(mapping.iri, Verdict.REJECT)
    if key in ("1", "2", "3", "4", "5"):
        return Wish(mapping.iri, Verdict.ACCEPT, list(RELATIONS.values())[int(key) - 1])
    return None


def _after(done: int, number: int, language: str) -> str:
    return f"{done} of {number} reviewed." if language == "en" else f"{done} van {number} beoordeeld."
