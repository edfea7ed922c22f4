"""Why a query did not begin or was stopped before its end, in words for who asked it."""

from __future__ import annotations

from vakgraaf.errors import Overloaded, QueryCancelled, QueryCrashed, QueryOutOfMemory, QueryTimeout, ResultTooLarge


def too_late(seconds: float) -> QueryTimeout:
    """Its time, in seconds, was up."""
    return QueryTimeout(
        f"De vraag duurde langer dan {seconds:g} seconden en is afgebroken. Vraag minder tegelijk, of zet er een LIMIT"
        " op.",
        f"The query took longer than {seconds:g} seconds and was stopped. Ask less at once, or set a LIMIT.",
    )


def others_too_late(seconds: float) -> QueryTimeout:
    """Its time, in seconds, was up before the servers that it asks had answered."""
    return QueryTimeout(
        f"De vraag duurde langer dan {seconds:g} seconden en is afgebroken: de servers waaraan ze met SERVICE iets"
        " vraagt, hadden toen nog niet geantwoord. Vraag hun minder.",
        f"The query took longer than {seconds:g} seconds and was stopped: the servers that it asks something with"
        " SERVICE had not answered by then. Ask them for less.",
    )


def change_too_late(seconds: float) -> QueryTimeout:
    """The time of a change, in seconds, was up."""
    return QueryTimeout(
        f"De wijziging duurde langer dan {seconds:g} seconden en is afgebroken; er is niets veranderd. Wijzig minder"
        " tegelijk, of laad met 'vakgraaf load'.",
        f"The change took longer than {seconds:g} seconds and was stopped; nothing has changed. Change less at once,"
        " or load with 'vakgraaf load'.",
    )


def too_many_slow() -> Overloaded:
    """It was slow, and others waited."""
    return Overloaded(
        "Er zijn nu te veel zware vragen tegelijk; deze is afgebroken om plaats te maken. Probeer het straks opnieuw,"
        " of vraag minder tegelijk.",
        "There are too many heavy queries at once; this one was stopped to make room. Try again shortly, or ask less"
        " at once.",
    )


def too_large(limit: int) -> ResultTooLarge:
    """Its answer was longer than so many bytes."""
    return ResultTooLarge(
        f"Het antwoord is groter dan {limit} bytes en is afgebroken. Vraag minder tegelijk, of haal het in delen op met"
        " LIMIT en OFFSET.",
        f"The answer is larger than {limit} bytes and was broken off. Ask less at once, or fetch it in parts with LIMIT"
        " and OFFSET.",
    )


def out_of_memory(megabytes: int) -> QueryOutOfMemory:
    """It needed more than so many megabytes."""
    return QueryOutOfMemory(
        f"De vraag heeft meer geheugen nodig dan een vraag hier mag gebruiken: {megabytes} MB naast de gegevens"
        " (VAKGRAAF_WORKER_MEMORY_MB). Sorteren, groeperen, DISTINCT en GROUP_CONCAT onthouden alles wat ze tegenkomen:"
        " maak het patroon nauwer, vraag minder tegelijk, of laat het sorteren weg.",
        f"The query needs more memory than a query may take here: {megabytes} MB beside the data"
        " (VAKGRAAF_WORKER_MEMORY_MB). Sorting, grouping, DISTINCT and GROUP_CONCAT hold on to all that they come"
        " across: narrow the pattern, ask less at once, or leave the sorting out.",
    )


def cancelled() -> QueryCancelled:
    """Somebody who may do so ended it."""
    return QueryCancelled("De beheerder heeft deze vraag afgebroken.", "The operator has cancelled this query.")


def change_cancelled() -> QueryCancelled:
    """Somebody who may do so ended a change before it counted."""
    return QueryCancelled(
        "De beheerder heeft deze wijziging afgebroken; er is niets veranderd.",
        "The operator has cancelled this change; nothing has changed.",
    )


def overloaded() -> Overloaded:
    """There was no place for it."""
    return Overloaded(
        "Het is nu te druk: alle plaatsen zijn bezet. Probeer het straks opnieuw.",
        "Too busy now: every place is taken. Try again shortly.",
    )


def change_out_of_memory(megabytes: int) -> QueryOutOfMemory:
    """A change needed more than so many megabytes."""
    return QueryOutOfMemory(
        f"De wijziging heeft meer geheugen nodig dan wijzigingen hier mogen gebruiken: {megabytes} MB"
        " (VAKGRAAF_WRITER_MEMORY_MB). Er is niets veranderd. Wijzig minder tegelijk.",
        f"The change needs more memory than changes may take here: {megabytes} MB (VAKGRAAF_WRITER_MEMORY_MB). Nothing"
        " has changed. Change less at once.",
    )


def change_crashed() -> QueryCrashed:
    """The process that made a change fell over."""
    return QueryCrashed(
        "De wijziging is te zwaar of te diep genest: het proces dat haar uitvoerde is omgevallen. Er is niets"
        " veranderd.",
        "The change is too heavy or nested too deep: the process that made it fell over. Nothing has changed.",
    )
