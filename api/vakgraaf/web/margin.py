"""What stands beside the lines of a source: what was made of them, what was found odd, or that it is nothing.

In Python and not in a template, as a source has thousands of lines. Templates know this module as `margin`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from markupsafe import Markup, escape

from vakgraaf.web.elements import Local, lang, lines, text
from vakgraaf.web.site.source_blocks import Block, Made, Stretch
from vakgraaf.web.wording import marked, words

_SORTS = {
    "structure": marked("kop, zegt alleen wat volgt"),
    "furniture": marked("kop of voet van de bladzijde"),
    "nothing": marked("niets van gemaakt"),
}


def printed(block: Block, anchor: str) -> Markup:
    """The lines of a block with their numbers, each to be gone to; `anchor` comes before every id."""
    # As one text, as each call of escape costs more than the text of a line.
    texts = str(escape("\n".join(line.text for line in block.lines))).split("\n")
    start = escape(anchor)
    found = []
    for line, shown in zip(block.lines, texts, strict=True):
        inside = "" if line.blank else f"<i>{line.number}</i>{shown}"
        found.append(f'<p id="{start}r{line.number}">{inside}</p>')
    return Markup("\n".join(found))


def notes(block: Block, language: str, local: Local, anchor: str = "") -> Markup:
    """The notes beside a block of a source that is in the store."""
    listed = [*_goes_on(block, language, anchor)]
    for stretch in block.begins:
        listed += _begins(stretch, language, local)
        listed += [_finding(made, language, local) for made in stretch.findings]
    return _list([*listed, *_sort(block, language)], language)


def draft_notes(block: Block, language: str, anchor: str, severities: Mapping[str, str]) -> Markup:
    """The notes beside a block of a draft, of which nothing has an address yet."""
    _ = words(language).gettext
    listed = [*_goes_on(block, language, anchor)]
    for stretch in block.begins:
        where = Markup(f'<span class="where">{escape(lines(stretch.first, stretch.last, language))}</span>')
        listed += _made(stretch, [text(made.name, language) for made in stretch.made], where, language)
        for made in stretch.findings:
            severity = escape(_(severities.get(made.kind or "", marked("Bevinding"))))
            way = f'<a href="{escape(made.iri)}">{severity}</a>'
            listed.append(f'<li class="finding">{way}: {text(made.name, language)}</li>')
    return _list([*listed, *_sort(block, language)], language)


def _list(listed: list[str], language: str) -> Markup:
    return Markup(f'<ul lang="{language}">\n' + "\n".join(listed) + "\n</ul>" if listed else "")


def _goes_on(block: Block, language: str, anchor: str) -> Iterator[str]:
    _ = words(language).gettext
    for stretch in block.goes_on:
        if stretch.made:
            way = f"#{escape(anchor)}r{stretch.first}"
            shown = escape(lines(stretch.first, stretch.last, language))
            yield f'<li class="soft">{escape(_("vervolg van"))} <a href="{way}">{shown}</a></li>'


def _begins(stretch: Stretch, language: str, local: Local) -> Iterable[str]:
    shown = escape(lines(stretch.first, stretch.last, language))
    where = Markup(f'<a class="where" href="{escape(local(stretch.iri) or "")}">{shown}</a>')
    names = [_named(made, language, local) for made in stretch.made]
    return _made(stretch, names, where, language)


def _made(stretch: Stretch, names: list[Markup], where: Markup, language: str) -> Iterator[str]:
    """What was made of a passage, with its kind; after the last of them the lines."""
    _ = words(language).gettext
    for made, name in zip(stretch.made, names, strict=True):
        kind = f" <small>{escape(_(made.kind))}</small>" if made.kind else ""
        yield f"<li>{name}{kind}{f' {where}' if made is stretch.made[-1] else ''}</li>"


def _named(made: Made, language: str, local: Local) -> Markup:
    name = made.name
    return Markup(f'<a href="{escape(local(made.iri) or "")}"{lang(name, language)}>{escape(name.text)}</a>')


def _finding(made: Made, language: str, local: Local) -> str:
    _ = words(language).gettext
    severity = f" ({escape(made.severity.text)})" if made.severity else ""
    way = f'<a href="{escape(local(made.iri) or "")}">{escape(_("Bevinding"))}</a>'
    return f'<li class="finding">{way}{severity}: {text(made.name, language)}</li>'


def _sort(block: Block, language: str) -> Iterator[str]:
    """That nothing was made of the lines, and why."""
    sort = None if block.blank else _SORTS.get(block.state)
    if sort:
        yield f'<li class="soft">{escape(words(language).gettext(sort))}</li>'
