"""Other documents of the same structure, made from a real one: what an author or a typesetter may change."""

from __future__ import annotations

import random
import re


def bullets(text: str, sign: str) -> str:
    """The same text with another list sign."""
    return re.sub(r"(?m)^(\s?)(?:-|\uf0b7) (?=\S)", lambda found: f"{found[1]}{sign} ", text)


def profession(text: str, old: str, new: str) -> str:
    """The same text about another occupation, in upper and lower case."""
    return text.replace(old.capitalize(), new.capitalize()).replace(old, new)


def without_pages(text: str) -> str:
    """The same text without running heads and feet, and without a trace of where pages began."""
    lines = text.split("\n")
    kept: list[str] = []
    for index, line in enumerate(lines):
        block = "\n".join(lines[max(index - 3, 0) : index + 3])
        running = re.match(r"\s*(?:BCP|Addendum) .*|\s*© Copyright .*|\s*\d+\s*$", line) and "© Copyright" in block
        if not running:
            kept.append(line)
    return "\n".join(kept)


def with_pages(text: str, running_head: str, every: int, first_page: int, seed: int) -> str:
    """The same text with pages that begin elsewhere: a running head and foot after about `every` lines.

    A page never begins inside a footnote or right after its number, as in print.
    """
    rng = random.Random(seed)
    lines = text.split("\n")
    out: list[str] = []
    page, since = first_page, 0
    for index, line in enumerate(lines):
        around = lines[max(index - 4, 0) : index + 2]
        near_note = any(re.fullmatch(r"\s?\d{1,2}\s*", other) for other in around)
        if since > every + rng.randrange(10) and line.strip() and not near_note:
            out += ["", "", f"{running_head}           {page}", "© Copyright Uitgever 2020", "", " ", "", line.lstrip()]
            page, since = page + 1, 0
        else:
            out.append(line)
            since += 1
    return "\n".join(out)


def reorder_competences(text: str, seed: int) -> str:
    """The same text with the competences of each kerntaak in another order."""
    rng = random.Random(seed)
    pattern = re.compile(r"(?m)^ ?competentie [A-Y][. ].*\n")

    def shuffle(block: str) -> str:
        starts = [found.start() for found in pattern.finditer(block)]
        if not starts:
            return block
        parts = [block[a:b] for a, b in zip(starts, [*starts[1:], len(block)], strict=True)]
        *body, last = parts
        cut = re.search(r"\n(?=\s*3\.\d Kerntaak|\s*Bijlage|.*BCP )", last)
        tail = last[cut.start() :] if cut else ""
        parts = [*body, last[: cut.start()] if cut else last]
        rng.shuffle(parts)
        return block[: starts[0]] + "\n \n\n".join(part.strip() for part in parts) + "\n\n" + tail

    sections = re.split(r"(?m)^(?=.?3\.\d Kerntaak)", text)
    return "".join(shuffle(section) if index else section for index, section in enumerate(sections))


def drop_kerntaak_5(text: str) -> str:
    """The same text with four kerntaken: the fifth gone from overview, chapter and competence table."""
    text = re.sub(r"(?s)\nKerntaak 5 Professionalisering.*?5\.2 Geeft werkbegeleiding[^\n]*\n", "\n", text, count=1)
    text = re.sub(r"(?s)\n3\.5 Kerntaak 5 Professionalisering.*?(?=\n\n\nBCP Thuisbegeleider           44)", "\n", text)
    text = re.sub(r"(?m)^([A-Y]\.? .*?),? ?5 *$", r"\1 ", text)
    return text.replace("de vijf kerntaken", "de vier kerntaken")


def drop_taken(text: str, keep: int) -> str:
    """The addendum with only the first `keep` taken (at least 11) in overview and description."""
    for nummer in range(keep + 1, 16):
        text = re.sub(rf"(?m)^{nummer}\. .*\n", "", text, count=1)
        text = re.sub(rf"(?ms)^{nummer}\. .*?(?=^{nummer + 1}\. | 4\. Vakkennis)", "", text, count=1)
    return text
