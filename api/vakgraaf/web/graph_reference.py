"""Which graph a request to the graph store is about (SPARQL 1.1 Graph Store HTTP Protocol §4)."""

from __future__ import annotations

import re
from urllib.parse import urljoin

from starlette.requests import Request

from vakgraaf.engine import UNNAMED
from vakgraaf.web.form_fields import fields_of
from vakgraaf.web.parameters import DEFAULT, GRAPH
from vakgraaf.web.problems import HttpProblem

_COLON_FIRST = re.compile(r"[^/?#:]*:")
_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:[^<>\"{}|^`\\\x00-\x20]*")


def graph_of(request: Request) -> str | None:
    """The IRI in `?graph=`, `UNNAMED` for `?default`, None where neither is given.

    A relative reference is resolved against the address of the request (§4.1). Raises `HttpProblem` 400.
    """
    try:
        pairs = fields_of(request.scope["query_string"])
    except UnicodeDecodeError as error:
        raise _unclear() from error
    named = {value for name, value in pairs if name == GRAPH.name}
    default = any(name == DEFAULT.name for name, _ in pairs)
    if len(named) + default > 1:
        raise _unclear()
    if default:
        return UNNAMED
    return absolute(request, named.pop()) if named else None


def absolute(request: Request, reference: str) -> str:
    """`reference` as an absolute IRI. Raises `HttpProblem` 400 where it is none.

    What has a colon in its first segment and no scheme before it is no relative reference (RFC 3986 §4.2): `_:b`.
    """
    if _ABSOLUTE.fullmatch(reference):
        return reference
    iri = urljoin(own(request), reference)
    if not reference or _COLON_FIRST.match(reference) or not _ABSOLUTE.fullmatch(iri):
        raise _unclear()
    return iri


def own(request: Request) -> str:
    """The address of the request itself, which names a graph directly (§4.1)."""
    raw: bytes = request.scope.get("raw_path") or request.scope["path"].encode()
    path = raw.partition(b"?")[0].decode("ascii", "replace")
    root = request.scope.get("root_path", "")
    if root and not path.startswith(f"{root}/"):  # a proxy took it off
        path = root + path
    return str(request.url.replace(path=path, query="", fragment=""))


def _unclear() -> HttpProblem:
    return HttpProblem(
        400,
        "Noem één graaf: met ?graph= en een IRI, of met ?default de naamloze.",
        "Name one graph: with ?graph= and an IRI, or with ?default the unnamed one.",
    )
