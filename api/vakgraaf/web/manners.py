"""In which manner a query is answered: what is the same for all queries that are asked alike, and differ in their text.

Of an answer to a query only the body depends on the text. All that is said of it (its type, its validators, what it
varies with) follows from the data version, from the form of the query, and from the rest of the request. So what the
application said of one answer is said of the next, without going through the application: for a small query that takes
longer than the query itself.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import NamedTuple

from starlette.types import Scope

from vakgraaf.engine import Answer, Begun, CheckedQuery, Dataset, Engine, Form, Listener, Options
from vakgraaf.errors import VakgraafError
from vakgraaf.rdf.formats import Format
from vakgraaf.web.protocol import query_text
from vakgraaf.web.replies import Headers, data_of, telling_of
from vakgraaf.web.request_id import REQUEST_ID
from vakgraaf.web.result_cache import LARGEST

COMPRESSED_FROM = 1024
"""A shorter body is never compressed, in bytes."""

_ASKED = "vakgraaf.asked"
_MOST = 512
_LONGEST = 8 * 1024
_NAME_BYTES = 64
"""What a name takes beside its characters."""
_FIELD = b"query="
_OTHER_FIELDS = re.compile(rb"(?:(?!query=)[A-Za-z-]+=[^&]*(?:&|\Z))*+")
_ITS_OWN = frozenset({b"content-length", REQUEST_ID})
_ENCODED = b"content-encoding"
_ENCODINGS, _AS_IT_IS = b"accept-encoding", b"identity"


class Asked(NamedTuple):
    """What is asked of the engine for a request, and how."""

    query: CheckedQuery
    form: Format
    dataset: Dataset
    options: Options

    def key(self, tag: str) -> Hashable:
        """What the body of the answer is kept under, while this is the tag of the data."""
        graphs = (self.dataset.default_graphs, self.dataset.named_graphs)
        return tag, self.query.text, graphs, self.form.media_type, self.options.rewrite

    @property
    def key_bytes(self) -> int:
        """How much memory the key takes: a query may name thousands of graphs."""
        graphs = (*(self.dataset.default_graphs or ()), *(self.dataset.named_graphs or ()))
        return len(self.query.text) + sum([len(name) + _NAME_BYTES for name in graphs])

    async def of(self, engine: Engine, ident: str) -> Answer:
        """Ask it, under this name in the list of what runs. Raises what `Engine.query` raises."""
        return await engine.query(self.query, self.form, self.dataset, self._named(ident))

    def begin(self, engine: Engine, ident: str, told: Listener) -> Begun:
        """As `of`, for who does not wait: see `Engine.begin`."""
        return engine.begin(self.query, self.form, self.dataset, self._named(ident), told)

    def _named(self, ident: str) -> Options:
        return Options(self.options.timeout_s, self.options.rewrite, ident)


@dataclass(frozen=True, slots=True)
class Manner:
    """How a query was answered, and others like it are: what was asked, and the head where the body has up to `most`
    bytes, as long as `data` is the tag of the data."""

    data: str
    example: Asked
    headers: tuple[tuple[bytes, bytes], ...]
    head: bytes
    most: int


def note_asked(scope: Scope, asked: Asked) -> None:
    """Note what is asked of the engine for a request."""
    scope[_ASKED] = asked


class Manners:
    """The manners that the application has shown since the data changed last, of up to 512 ways to ask.

    `check` lets a text through the guard, and `data` tells the tag of the data there are now.
    """

    def __init__(self, check: Callable[[str], CheckedQuery], data: Callable[[], str]) -> None:
        self._check = check
        self._data = data
        self._known: dict[Hashable, dict[Form, Manner]] = {}

    def find(self, scope: Scope) -> tuple[Asked, Manner] | None:
        """What a request asks, where its manner is known. What is wrong with it is for the application to say."""
        found = _parts(scope) if self._known else None
        forms = None if found is None else self._known.get((self._data(), found[1]))
        if found is None or forms is None:
            return None
        try:
            query = self._check(query_text(found[0]))
        except VakgraafError:
            return None
        manner = forms.get(query.form) if query.repeatable else None
        if manner is None:
            return None
        like = manner.example
        return Asked(query, like.form, like.dataset, like.options), manner

    def learn(self, scope: Scope, status: int, headers: Headers, body: bytes) -> None:
        """Remember how the application answered, where an answer went out whole and as it was made."""
        asked: Asked | None = scope.get(_ASKED)
        data = data_of(scope)
        found = _parts(scope) if asked is not None and status == 200 else None
        if asked is None or data is None or found is None or not asked.query.repeatable:
            return
        names = {name for name, _ in headers}
        if _ENCODED in names:
            return
        may_encode = any(name == _ENCODINGS and value.lower() != _AS_IT_IS for name, value in scope["headers"])
        if may_encode and len(body) >= COMPRESSED_FROM:
            return
        common = tuple([pair for pair in headers if pair[0] not in _ITS_OWN])
        head = b"".join(b"%b: %b\r\n" % pair for pair in common)
        if len(self._known) >= _MOST:
            self._known.clear()
        most = COMPRESSED_FROM - 1 if may_encode else LARGEST
        self._known.setdefault((data, found[1]), {})[asked.query.form] = Manner(data, asked, common, head, most)


def _parts(scope: Scope) -> tuple[bytes, Hashable] | None:
    """The text of the query as it stands in the address, and all else that matters; None for any other request."""
    address: bytes = scope["query_string"]
    if scope["method"] != "GET" or scope["http_version"] != "1.1" or len(address) > _LONGEST:
        return None
    before, field, after = address.partition(_FIELD)
    encoded, _, after = after.partition(b"&")
    rest = before + after
    if not field or (before and not before.endswith(b"&")) or not _OTHER_FIELDS.fullmatch(rest):
        return None
    telling = telling_of(scope)
    return None if telling is None else (encoded, (scope["raw_path"], rest, telling))
