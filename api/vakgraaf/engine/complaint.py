"""What the engine has against a text, as a message for people: the place, the token that does not fit, and why.

The engine names the furthest character that it looked at. It compares keywords by taking in as many characters as
they have, so that is up to fifteen further than the mistake. But it does tell whether the beginning of a text can be
gone on with; so the place is found by asking it about beginnings.
"""

from __future__ import annotations

import re

import pyoxigraph as ox

from vakgraaf.engine.misspelt import bare_iri, in_string
from vakgraaf.engine.prologues import first_operation
from vakgraaf.engine.tokens import position, tokens
from vakgraaf.errors import SyntaxProblem
from vakgraaf.rdf.prefixes import PREFIXES
from vakgraaf.sparql.faults import Wrong, first_fault
from vakgraaf.sparql.lexing import NotUnderstood
from vakgraaf.sparql.parsing import parse

_POSITION = re.compile(r"error at (\d+):(\d+): (?:expected )?(.*)", re.DOTALL)
_MARK = re.compile(r'"([.;,(){}\[\]])"')
_BEYOND = " " * 40 + "\n "  # more blank than the longest keyword of the grammar, and then another line
_MOST_MARKS = 5
_LONGEST_SHOWN = 60
_LONGEST_TRIED = 256 * 1024
_REACHES_OUT = re.compile("SERVICE", re.IGNORECASE)  # a beginning may be valid, and then the engine asks it
# An update is read as a whole and then carried out in order: behind this, nothing of it is, not even LOAD.
_BARRIER = "CREATE GRAPH <x:barrier> ; CREATE GRAPH <x:barrier> ; "
_BRACKETS = {"{": "}", "(": ")", "[": "]"}
_MOST_SHOWN = 10  # of the brackets that are missing
_FAULTS = {
    Wrong.IN_USE: (
        "{} is hier al in gebruik; geef de uitkomst een andere naam",
        "{} is in use here already; give the result another name",
    ),
    Wrong.NOT_GROUPED: (
        "{} staat achter SELECT, maar niet in GROUP BY en ook niet in een aggregaat zoals COUNT",
        "{} stands after SELECT, but neither in GROUP BY nor in an aggregate such as COUNT",
    ),
    Wrong.TWICE: ("{} staat twee keer achter SELECT; noem het één keer", "{} is selected twice; name it once"),
    Wrong.STAR: (
        "SELECT * kan niet samen met GROUP BY of een aggregaat: noem de variabelen die u wilt zien",
        "SELECT * cannot go with GROUP BY or an aggregate: name the variables that you want to see",
    ),
    Wrong.AGGREGATE: (
        "{} in HAVING of ORDER BY kan hier alleen bij SELECT; zet het in een subselect: {{ SELECT … }}",
        "{} in HAVING or ORDER BY is possible here with SELECT only; put it in a subselect: {{ SELECT … }}",
    ),
    Wrong.PLACE: (
        "{} kan niet in FILTER of BIND; een voorwaarde op een groep staat in HAVING",
        "{} is not possible in FILTER or BIND; a condition on a group stands in HAVING",
    ),
}
_REASONS = {
    "with a variable that is unbound": (
        "achter SELECT staat een berekening met een variabele die niet in GROUP BY staat en ook niet in een aggregaat",
        "SELECT has an expression with a variable that is neither in GROUP BY nor in an aggregate",
    ),
    "IRI parsing failed": (
        "dit is geen geldige IRI",
        "this is not a valid IRI",
    ),
}


def syntax_problem(error: SyntaxError, text: str | None = None, *, update: bool = False) -> SyntaxProblem:
    """The engine's complaint `error` as ours; with the `text` that it is about, with the place and the token too.

    Where the text is long, or names another server, the place is only about right.
    """
    match = _POSITION.match(str(error))
    if match is None:
        return SyntaxProblem(f"De vraag klopt niet: {error}.", f"The query is not valid: {error}.")
    if text is None or len(text) > _LONGEST_TRIED or (not update and _REACHES_OUT.search(text)):
        return _at(int(match[1]), int(match[2]), None, *_why(match[3], ""))
    if (fault := _fault(text)) is not None:
        return fault
    start, end = _misfit(text, update=update)
    line, column = position(text, start)
    token = text[start:end].strip()[:_LONGEST_SHOWN]
    if (reason := in_string(text[start:end].strip()) or _undeclared(text, token)) is not None:
        return _at(line, column, token, *reason)
    if (reason := _beyond_grammar(match[3])) is not None:
        return _at(*(position(text, _select(text)) if not token else (line, column)), token or None, *reason)
    if not token:
        return _at(line, column, None, *_unfinished(text))
    nl, en = _why(_complaint(text[:start] + _BEYOND, update=update) or "", token)
    return _at(line, column, token, nl, en)


def check_syntax(text: str) -> None:
    """Nothing, where `text` is an update. Raises `SyntaxProblem` where it is none; nothing of it is carried out."""
    complaint = _complaint(text, update=True)
    if complaint is not None:
        raise syntax_problem(SyntaxError(complaint), text, update=True)


def _fault(text: str) -> SyntaxProblem | None:
    """What is wrong where every token fits."""
    try:
        found = first_fault(parse(text))
    except (NotUnderstood, RecursionError):
        return None
    if found is None:
        return None
    token = text[found.start : found.end]
    nl, en = (said.format(token) for said in _FAULTS[found.wrong])
    return _at(*position(text, found.start), token, nl, en)


def _misfit(text: str, *, update: bool) -> tuple[int, int]:
    """Where the first token that cannot follow what stands before it begins and ends; the end of the text for none.

    Raises `SyntaxProblem` at a string that does not end.
    """
    spans = [m.span(m.lastgroup) for m in tokens(text) if m.lastgroup is not None]
    low, high = 0, len(spans)  # the text up to and with token low - 1 can be gone on with
    while low < high:
        middle = (low + high) // 2
        if _goes_on(text[: spans[middle][1]], update=update):
            low = middle + 1
        else:
            high = middle
    return spans[low] if low < len(spans) else (len(text.rstrip()), len(text))


def _goes_on(beginning: str, *, update: bool) -> bool:
    """Whether there is a valid text that begins so: then the engine's complaint is about the end and nothing before."""
    complaint = _complaint(beginning + _BEYOND, update=update)
    match = None if complaint is None else _POSITION.match(complaint)
    return match is None or int(match[1]) > beginning.count("\n") + 1


def _complaint(text: str, *, update: bool) -> str | None:
    """What the engine has against a text, asked of an empty store; None for nothing."""
    store = ox.Store()
    try:
        if update:
            store.update(_barred(text), base_iri="x:")
        else:
            store.query(text, base_iri="x:")
    except SyntaxError as error:
        return str(error)
    except (ValueError, RuntimeError, OSError):
        return None  # it has been understood
    return None


def _barred(text: str) -> str:
    """`text` with the barrier before its first operation, if it has one: a prologue may only stand before that."""
    place = first_operation(text)
    return text if place is None else f"{text[:place]} {_BARRIER}{text[place:]}"


def _undeclared(text: str, token: str) -> tuple[str, str] | None:
    """That the prefix of a name is not declared, if that is so."""
    prefix, colon, _ = token.partition(":")
    if not colon or prefix == "_" or not re.fullmatch(r"[\w.-]*", prefix):
        return None
    if re.search(rf"\bPREFIX\s+{re.escape(prefix)}:", text, re.IGNORECASE):
        return None
    if (reason := bare_iri(prefix)) is not None:
        return reason
    space = f"<{PREFIXES[prefix]}>" if prefix in PREFIXES else "<…>"
    return (
        f"het prefix {prefix}: is niet gedeclareerd; zet bovenaan PREFIX {prefix}: {space}",
        f"the prefix {prefix}: is not declared; put PREFIX {prefix}: {space} at the top",
    )


def _beyond_grammar(expected: str) -> tuple[str, str] | None:
    """What is wrong where every token fits, as far as the engine says so."""
    return next((reason for phrase, reason in _REASONS.items() if phrase in expected), None)


def _select(text: str) -> int:
    """Where the first SELECT stands: such complaints are about what follows it, and come when all has been read."""
    found = (m.start("word") for m in tokens(text) if m.lastgroup == "word" and m["word"].upper() == "SELECT")
    return next(found, 0)


def _unfinished(text: str) -> tuple[str, str]:
    """The text ends too early: which bracket is still open."""
    waiting: list[str] = []
    for match in tokens(text):
        if match.lastgroup == "open" and match["open"] in _BRACKETS:
            waiting.append(_BRACKETS[match["open"]])
        elif match.lastgroup == "close" and waiting and match["close"] == waiting[-1]:
            waiting.pop()
    if not waiting:
        return "de vraag houdt hier te vroeg op", "the query ends too early here"
    missing = " ".join(waiting[: -_MOST_SHOWN - 1 : -1]) + (" …" if len(waiting) > _MOST_SHOWN else "")
    return (
        f"de vraag houdt hier te vroeg op; er ontbreekt nog {missing}",
        f"the query ends too early here; still missing is {missing}",
    )


def _why(expected: str, token: str) -> tuple[str, str]:
    """That a token does not fit, and what would: a term, or one of a few marks."""
    nl, en = "hier klopt de vraag niet", "the query is not valid here"
    if token:
        nl, en = f"{token} past hier niet", f"{token} does not fit here"
    marks = sorted(set(_MARK.findall(expected)))
    if '"?"' in expected and "}" not in marks:
        return f"{nl}; hier hoort een variabele, een IRI of een waarde", f"{en}; a variable, an IRI or a value should"
    if '"?"' not in expected and 0 < len(marks) <= _MOST_MARKS:
        return f"{nl}; wel bijvoorbeeld {' '.join(marks)}", f"{en}; {' '.join(marks)} would, for example"
    return nl, en


def _at(line: int, column: int, token: str | None, nl: str, en: str) -> SyntaxProblem:
    return SyntaxProblem(
        f"Regel {line}, kolom {column}: {nl}.", f"Line {line}, column {column}: {en}.", line, column, token
    )
