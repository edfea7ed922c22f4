"""What was found, ready for a reader: names in their language, addresses, marks; for JSON and for the page the same."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from starlette.requests import Request

from vakgraaf.engine import Value
from vakgraaf.rdf import iris
from vakgraaf.search.answers import DEEPEST, PAGE, Choice, Found, Hit, Label, Named, Sought
from vakgraaf.search.keeper import State
from vakgraaf.search.snippets import Marker
from vakgraaf.search.terms import LONGEST_TEXT
from vakgraaf.web.describe import preferred
from vakgraaf.web.pages import local, short

Shown = dict[str, Any]
"""A part of the answer, as JSON has it."""

_OURS = {"class": "class", "profile": "profile", "branche": "branche"}


class Showing:
    """Makes what there is to show of an answer to `request` in the language of `sought`.

    `places` tells of results what they are a part of.
    """

    def __init__(self, request: Request, sought: Sought, places: Mapping[str, tuple[str, Value]] | None = None) -> None:
        self._places = places or {}
        self._root = request.scope.get("root_path", "")
        self._parameters = dict(request.query_params)
        self._sought = sought

    def all(self, found: Found, state: State) -> Shown:
        """The whole answer."""
        text, page = self._sought.text, self._sought.page
        marker = Marker(found.stems)
        pages = min(DEEPEST, -(-found.total // PAGE))
        return {
            "query": text[:LONGEST_TEXT],
            "truncated": len(text) > LONGEST_TEXT,
            "total": found.total,
            "page": page,
            "pages": pages,
            "results": [self._hit(hit, marker) for hit in found.hits],
            "facets": {kind: [self._choice(kind, one) for one in choices] for kind, choices in found.facets.items()},
            "meant": [self._instead(word, other) for word, other in found.meant.items()],
            "left_out": list(found.left_out),
            "suggested": [self._instead(word, other) for word, other in found.suggested.items()],
            "previous": self._address(page=page - 1) if 1 < page <= pages + 1 else None,
            "next": self._address(page=page + 1) if page < pages else None,
            "index": {"data_version": state.version, "current": state.current},
        }

    def named(self, iri: str, labels: tuple[Label, ...]) -> Shown:
        """Something by its name: in the language of the reader, or else in the one that it has."""
        if not labels:
            return {"iri": iri, "label": short(iri), "language": None}
        known = (Value("literal", label.text, label.language or None) for label in labels)
        value = preferred(known, self._sought.language)
        return {"iri": iri, "label": value.text, "language": value.language}

    def _hit(self, hit: Hit, marker: Marker) -> Shown:
        shown = self.named(hit.iri, hit.labels)
        shown["marks"] = marker.marks(shown["label"], shown["language"] or "") if hit.labels else ()
        shown |= {
            "href": self._page_of(hit.iri),
            "number": hit.number or None,
            "class": None if hit.of is None else self.named(*hit.of),
            "matched": hit.by,
            "snippet": None,
            "part_of": self._place(hit.iri),
            "profiles": [self.named(*named) | {"href": self._page_of(named.iri)} for named in hit.profiles],
            "in_profiles": hit.in_profiles,
        }
        if hit.snippet is not None:
            found = hit.snippet
            language = found.language or None
            where = {"property": found.property, "language": language, "marks": found.marks}
            shown["snippet"] = {"text": found.text} | where
        return shown

    def _place(self, hit: str) -> Shown | None:
        if hit not in self._places:
            return None
        whole, name = self._places[hit]
        return {"iri": whole, "label": name.text, "language": name.language, "href": self._page_of(whole)}

    def _choice(self, kind: str, choice: Choice) -> Shown:
        value = None if choice.chosen else self._short_name(kind, choice.name)
        shown = self.named(*choice.name) | {"count": choice.things, "chosen": choice.chosen}
        return shown | {"href": self._address(**{kind: value, "page": None})}

    def _short_name(self, kind: str, named: Named) -> str:
        for start in beginnings(kind):
            if named.iri.startswith(start):
                return named.iri.removeprefix(start)
        return named.iri

    def _instead(self, word: str, other: str) -> Shown:
        """A word, what could be meant by it, and the address of a search for that."""
        kept = [other if part.casefold() == word else part for part in self._sought.text.split()]
        text = " ".join(kept) if other in kept else other
        return {"word": word, "instead": other, "href": self._address(q=text, page=None)}

    def _page_of(self, iri: str) -> str | None:
        return local(iris.document_of(iri), self._root)

    def _address(self, **changed: str | int | None) -> str:
        """The address of this search with other parameters; None leaves one out."""
        kept: Mapping[str, str | int | None] = self._parameters | changed
        return f"{self._root}/search?" + urlencode([(name, v) for name, v in kept.items() if v not in (None, "")])


def beginnings(kind: str) -> tuple[str, ...]:
    """What the IRIs of the values of a facet begin with; the rest is what they can be called by."""
    return {
        "class": (str(iris.VG),),
        "profile": (f"{iris.BASE}id/profiel/",),
        "branche": (f"{iris.BASE}id/branche/",),
    }[kind]


def segments(text: str, found: tuple[tuple[int, int], ...]) -> list[tuple[str, bool]]:
    """`text` in pieces, each with whether it is marked."""
    pieces, last = [], 0
    for start, end in found:
        pieces += [(text[last:start], False), (text[start:end], True)]
        last = end
    return [(piece, marked) for piece, marked in [*pieces, (text[last:], False)] if piece]
