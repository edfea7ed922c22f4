"""Very much data where it lies, in blocks of whole lines that are looked at again when something in them is wanted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from mmap import mmap

Content = bytes | mmap
"""N-Triples or N-Quads, in memory or in a file that is read where it lies."""

_BLOCK_BYTES = 2 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Block:
    """Some whole lines of one of the contents."""

    content: Content
    start: int
    end: int

    def read(self) -> bytes:
        """The lines."""
        return self.content[self.start : self.end]

    def part(self, start: int, end: int) -> bytes:
        """What is in it between two places."""
        return self.content[self.start + start : self.start + end]

    def lines_before(self) -> int:
        """How many lines of the content come before it."""
        places = range(0, self.start, _BLOCK_BYTES)
        return sum(self.content[place : min(self.start, place + _BLOCK_BYTES)].count(b"\n") for place in places)


def blocks_of(contents: Iterable[Content]) -> list[Block]:
    """All contents in blocks; from 1 on, as block 0 is for the context."""
    found = [Block(b"", 0, 0)]
    for content in contents:
        found += [Block(content, start, end) for start, end in ends(content, _BLOCK_BYTES)]
    return found


def ends(content: Content, size: int) -> Iterator[tuple[int, int]]:
    """Where pieces of about that many bytes begin and end, each with whole lines."""
    start = 0
    while start < len(content):
        end = content.rfind(b"\n", start, start + size) + 1
        end = end or content.find(b"\n", start) + 1 or len(content)
        yield start, end
        start = end


def shares(blocks: Sequence[Block], number: int) -> list[list[tuple[int, Block]]]:
    """The blocks with their numbers in so many rows, of those that there are the first first."""
    numbered = list(enumerate(blocks))[1:]
    size = -(-len(numbered) // number) if numbered else 1
    return [numbered[start : start + size] for start in range(0, len(numbered), size)]
