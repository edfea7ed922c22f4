"""What pages say over and over, as HTML: names with their language, links, lines of a source.

A macro of a template takes ten times as long, and a page has hundreds of these. Templates know this module as `m`.
`language` is that of the page; `local` says where a link to an IRI goes, None where there is nowhere to go.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Protocol

from markupsafe import Markup, escape

from vakgraaf.engine import Value
from vakgraaf.linking.mappings.grounds import unpacked
from vakgraaf.web.describe import Labels
from vakgraaf.web.wording import words

Local = Callable[[str], str | None]
Short = Callable[[str], str]
_NOTHING = Markup("")
_JSON = "http://www.w3.org/1999/02/22-rdf-syntax-ns#JSON"
_PATH = re.compile(r"(?<!\S)(/(?:search(?:\?q=[^\s<>\"]*[^\s<>\".,;:])?|compare|catalog|validate|def|links)(?![\w/]))")
_COMMA = Markup(", ")


class Named(Protocol):
    """Something with a name and an address."""

    @property
    def iri(self) -> str:
        """What it is identified by."""

    @property
    def name(self) -> Value:
        """What it is called."""


class Numbered(Named, Protocol):
    """The same, with the number that it is printed with."""

    @property
    def numbered(self) -> str:
        """The name after the number."""


class Lines(Protocol):
    """Lines of a document."""

    @property
    def document(self) -> str:
        """The IRI of the document."""

    @property
    def first(self) -> int:
        """The number of the first line."""

    @property
    def last(self) -> int:
        """That of the last."""


def lang(value: Value, language: str) -> Markup:
    """The attribute `lang` of an element with this text, where that is in another language than the page."""
    if not value.language or value.language == language:
        return _NOTHING
    return Markup(f' lang="{escape(value.language)}"')


def text(value: Value, language: str) -> Markup:
    """A text in an element of its own."""
    return Markup(f"<span{lang(value, language)}>{escape(value.text)}</span>")


def thing(one: Named, language: str, local: Local) -> Markup:
    """The name of a thing, as a link where it can be one."""
    address = local(one.iri)
    return text(one.name, language) if address is None else _link(address, one.name, language, one.name.text)


def things(several: Iterable[Named], language: str, local: Local) -> Markup:
    """Things in a row."""
    return _COMMA.join([thing(one, language, local) for one in several])


def part(one: Numbered, language: str, local: Local) -> Markup:
    """A part of a profile, by its number and its name."""
    return _link(local(one.iri) or "", one.name, language, one.numbered)


def lines(first: int, last: int, language: str) -> str:
    """Lines of a text, in words."""
    _ = words(language).gettext
    if first == last:
        return _("regel %(first)s") % {"first": first}
    return _("regels %(first)s–%(last)s") % {"first": first, "last": last}


def where(sources: Sequence[Lines], language: str, local: Local) -> Markup:
    """The lines of the source that something was made of, each with the way there."""
    return _COMMA.join([_place(source, language, local) for source in sources])


def beside(sources: Sequence[Lines], language: str, local: Local) -> Markup:
    """The same in small letters; nothing where there are none."""
    return Markup(f"<small>{where(sources, language, local)}</small>") if sources else _NOTHING


def link(iri: str, labels: Labels, language: str, local: Local, short: Short) -> Markup:
    """What `labels` calls an IRI, or its short form, as a link where it can be one."""
    label, address = labels.of(iri), local(iri)
    if not address:
        return escape(label.text if label else short(iri))
    if label is None:
        return Markup(f'<a href="{escape(address)}">{escape(short(iri))}</a>')
    return _link(address, label, language, label.text)


def name(iri: str, labels: Labels, language: str, short: Short) -> Markup:
    """The same without a link."""
    label = labels.of(iri)
    return text(label, language) if label else escape(short(iri))


def value(one: Value, labels: Labels, language: str, local: Local, short: Short) -> Markup:
    """A value of a property."""
    return link(one.text, labels, language, local, short) if one.kind == "uri" else text(one, language)


def stored(one: Value, language: str) -> Markup:
    """A text as the store has it; where it is JSON, as a reader can follow it: the grounds of a link as sentences."""
    if one.datatype != _JSON:
        return text(one, language)
    try:
        grounds = unpacked(one.text)
    except ValueError:  # something else is in it
        return Markup(f"<code>{escape(one.text)}</code>")
    said = [ground.en if language == "en" else ground.nl for ground in grounds]
    return Markup(f"<ul>{''.join(f'<li>{escape(sentence)}</li>' for sentence in said)}</ul>")


def linked(message: str, root: str) -> Markup:
    """A message in which addresses of this site can be followed."""
    pieces = _PATH.split(message)
    return _NOTHING.join(
        Markup(f'<a href="{escape(root + piece)}">{escape(piece)}</a>') if n % 2 else escape(piece)
        for n, piece in enumerate(pieces)
    )


def formats(several: Iterable[tuple[str, str]], language: str) -> Markup:
    """The other forms of a page, as (title, address)."""
    _ = words(language).gettext
    listed = ", ".join(f'<a href="{escape(address)}">{escape(title)}</a>' for title, address in several)
    return Markup(f'<p class="formats">{escape(_("Als data:"))}\n{listed}</p>')


def _link(address: str, name: Value, language: str, shown: str) -> Markup:
    return Markup(f'<a href="{escape(address)}"{lang(name, language)}>{escape(shown)}</a>')


def _place(source: Lines, language: str, local: Local) -> Markup:
    address = local(source.document.replace("/id/brondocument/", "/sources/"))
    shown = escape(lines(source.first, source.last, language))
    return Markup(f'<a class="where" href="{escape(address or "")}#r{source.first}">{shown}</a>')
