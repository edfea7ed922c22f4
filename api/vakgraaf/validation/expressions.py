"""What goes wrong within an expression of a SPARQL constraint, kept within it (SPARQL 1.1 §17.2).

A value that a function or operator cannot do anything with makes the expression an error: a filter takes that for
"no", BIND leaves its variable unbound and COALESCE takes the next. rdflib has errors of its own for that, but many
values make Python raise another, which would end the validation of everything.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import TYPE_CHECKING, Any

from rdflib import Literal

# The evaluation of rdflib takes long to load, and only shapes that nobody compiled need it.
if TYPE_CHECKING:
    from rdflib.plugins.sparql.parserutils import CompValue, Expr

RAISED = (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError)
"""What Python raises where rdflib calculates or compares with a value that is not made for it."""

# These ask for a pattern: what is raised there is not about a value of the expression.
_PATTERNS = frozenset({"Builtin_EXISTS", "Builtin_NOTEXISTS"})
_SUM = "AdditiveExpression"

Evaluation = Callable[[Any], Any]


def keep_errors_within(parts: Iterable[CompValue]) -> None:
    """Let each expression among the parts of a parsed query answer with an error, where it would raise one."""
    from rdflib.plugins.sparql.parserutils import Expr

    for part in parts:
        if isinstance(part, Expr) and part._evalfn is not None and part.name not in _PATTERNS:
            evaluate: Evaluation = partial(_summed, part, part._evalfn.__func__) if part.name == _SUM else part._evalfn
            part._evalfn = partial(_evaluated, evaluate)  # type: ignore[assignment]  # rdflib only calls it


def _evaluated(evaluate: Evaluation, context: Any) -> Any:
    from rdflib.plugins.sparql.sparql import SPARQLError

    try:
        return evaluate(context)
    except SPARQLError:
        raise
    except RAISED as problem:
        raise SPARQLError(str(problem)) from problem


def _summed(part: Expr, add: Callable[[Expr, Any], Any], context: Any) -> Any:
    """A sum or difference. With an ill-typed number rdflib would add without end: to a depth of a thousand calls."""
    from rdflib.plugins.sparql.parserutils import Expr

    first, others = part.expr, part.other
    if others is None:  # a term that rdflib parses as a sum of one
        return first
    if any(isinstance(value, Literal) and value.ill_typed for value in (first, *others)):
        raise TypeError("a number or moment that is none")
    return add(Expr(part.name, expr=first, other=others, op=part.op), context)
