"""What a remote engine says when it does not answer, in terms of our errors."""

from __future__ import annotations

import re

from vakgraaf.egress import Asking, Egress, Reply, destination
from vakgraaf.engine import complaint
from vakgraaf.engine.endings import too_late
from vakgraaf.engine.said import said
from vakgraaf.errors import (
    Overloaded,
    QueryRefused,
    QueryTimeout,
    RemoteFailure,
    ResultTooLarge,
    SyntaxProblem,
    VakgraafError,
)

_PLACES = (
    re.compile(r"line:? (?P<line>\d+),? col(?:umn|\.)?:? (?P<column>\d+)", re.IGNORECASE),  # RDF4J, Jena
    re.compile(r"line (?P<line>\d+):(?P<column>\d+)"),  # ANTLR: QLever
)
_TIMEOUTS = re.compile(
    r"time.?out|timed out|deadline exceeded|time limit|estimated execution time|S1T00|S1TAT|cancell?ed", re.IGNORECASE
)


async def refusal(reply: Reply, seconds: float, *, change: bool = False) -> VakgraafError:
    """The error that a reply is which is no success; `seconds` is how long a query, or a `change`, might take."""
    text = await said(reply)
    name, status = reply.place.authority, reply.status
    if status in (408, 504) or (status >= 429 and _TIMEOUTS.search(text)):
        return change_too_late(name, seconds) if change else too_late(seconds)
    if status == 400:
        return syntax_problem(text, change=change)
    if status < 400:
        return _elsewhere(name, f" ({status}, {reply.headers.get('location', '?')[:200]})")
    if status in (429, 503):
        return Overloaded(
            f"De server die de gegevens heeft ({name}) heeft het te druk. Probeer het straks opnieuw.",
            f"The server that has the data ({name}) is too busy. Try again shortly.",
        )
    if status in (401, 403):
        return RemoteFailure(
            f"{name} laat deze server niet toe ({status}). Wie hem beheert kan nagaan of de toegangsgegevens kloppen.",
            f"{name} does not let this server in ({status}). Who runs it can check the credentials.",
        )
    return RemoteFailure(
        f"{name} antwoordt met {status}: {text or 'zonder uitleg'}", f"{name} answers {status}: {text or 'no reason'}"
    )


async def exchanged(egress: Egress, asking: Asking) -> Reply:
    """The reply to a request. Raises what `Egress.send` does, but for a redirection elsewhere `RemoteFailure`.

    The hosts of a remote engine are in no list that its readers or its operator could add one to.
    """
    try:
        return await egress.send(asking)
    except QueryRefused as error:
        raise _elsewhere(destination(asking.url).authority, "") from error


def change_too_late(name: str, seconds: float) -> QueryTimeout:
    """Nobody knows what has become of a change."""
    return QueryTimeout(
        f"{name} heeft na {seconds:g} seconden niet gezegd of de wijziging is gedaan. Kijk wat er nu is.",
        f"{name} has not said within {seconds:g} seconds whether the change was made. Look what there is now.",
    )


def _elsewhere(name: str, where: str) -> RemoteFailure:
    return RemoteFailure(
        f"{name} verwijst door naar een ander adres{where} en heeft niets gedaan. Wie deze server beheert kan nagaan of"
        " het adres (--store, VAKGRAAF_REMOTE_UPDATE_URL, VAKGRAAF_REMOTE_STORE_URL) en de toegangsgegevens kloppen.",
        f"{name} redirects to another address{where} and has done nothing. Who runs this server can check the address"
        " (--store, VAKGRAAF_REMOTE_UPDATE_URL, VAKGRAAF_REMOTE_STORE_URL) and the credentials.",
    )


def syntax_problem(text: str, *, change: bool = False) -> SyntaxProblem:
    """A complaint about the query, or about a `change`, as ours, with its place where it tells one."""
    if text.startswith("error at "):  # Oxigraph
        return complaint.syntax_problem(SyntaxError(text))
    place = next((match for match in (pattern.search(text) for pattern in _PLACES) if match is not None), None)
    line, column = (int(place["line"]), int(place["column"])) if place else (None, None)
    nl, en = (f"Regel {line}, kolom {column}: ", f"Line {line}, column {column}: ") if place else ("", "")
    said = text or "(geen uitleg)"
    what_nl, what_en = ("wijziging", "change") if change else ("vraag", "query")
    return SyntaxProblem(
        f"{nl}de server die de gegevens heeft begrijpt de {what_nl} niet: {said}",
        f"{en}the server that has the data does not understand the {what_en}: {said}",
        line,
        column,
    )


def incomplete(name: str) -> RemoteFailure:
    """The answer is there, and not whole."""
    return RemoteFailure(
        f"{name} heeft het antwoord halverwege afgebroken.", f"{name} broke its answer off halfway through."
    )


def unusable_type(reply: Reply) -> RemoteFailure:
    """The answer is of a type that nobody asked for and that cannot be read."""
    kind, name = reply.media_type or "?", reply.place.authority
    return RemoteFailure(
        f"{name} antwoordt met {kind}; dat is geen antwoord op een SPARQL-vraag. Klopt het adres?",
        f"{name} answers with {kind}, which is no answer to a SPARQL query. Is the address right?",
    )


def partial(reply: Reply, seconds: float) -> VakgraafError | None:
    """The error where the engine itself says that its answer is not all there is (Virtuoso does, with 200 or 206)."""
    if reply.status == 206 or "x-sql-state" in reply.headers:
        return too_late(seconds)
    most = reply.headers.get("x-sparql-maxrows")
    if most is not None:
        name = reply.place.authority
        return ResultTooLarge(
            f"{name} geeft hoogstens {most} rijen, en hier horen er meer. Vraag er minder, met LIMIT; wie hem beheert"
            " kan de grens verhogen (ResultSetMaxRows).",
            f"{name} gives at most {most} rows, and there are more. Ask for fewer, with LIMIT; who runs it can raise"
            " the limit (ResultSetMaxRows).",
        )
    return None
