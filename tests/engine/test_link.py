"""What a worker says is heard frame by frame, in its order, in whatever pieces it comes in."""

from __future__ import annotations

import asyncio
import socket
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from thoroughness import examples
from vakgraaf.engine import frames
from vakgraaf.engine.frames import Frame, Kind
from vakgraaf.engine.link import Link

_FRAMES = st.lists(st.builds(Frame, st.sampled_from(list(Kind)), st.binary(max_size=40)), min_size=1, max_size=6)


async def heard(said: list[Frame], cuts: set[int], listens: list[bool]) -> list[Frame | None]:
    """What is heard of `said`, which comes in pieces; each frame by listening for it, or by waiting for it."""
    here, there = socket.socketpair()
    link = await Link.over(here)
    whole = b"".join(frames.packed(*frame) for frame in said)
    places = sorted({0, len(whole), *(cut % len(whole) for cut in cuts)})

    async def speak() -> None:
        for begin, end in pairwise(places):
            there.sendall(whole[begin:end])
            await asyncio.sleep(0)
        there.close()

    speaking = asyncio.create_task(speak())
    found: list[Frame | None] = []
    for listening in listens:
        if listening:
            next_one: asyncio.Future[Frame | None] = asyncio.get_running_loop().create_future()
            link.listen(next_one.set_result)
            found.append(await next_one)
        else:
            try:
                found.append(await link.receive())
            except EOFError:
                found.append(None)
    await speaking
    link.close()
    return found


@settings(max_examples=examples(60), deadline=None)
@given(_FRAMES, st.sets(st.integers(0, 300), max_size=5), st.lists(st.booleans(), min_size=8, max_size=8))
def test_frames_are_heard_in_their_order_and_then_the_end(
    said: list[Frame], cuts: set[int], listens: list[bool]
) -> None:
    found = asyncio.run(heard(said, cuts, listens))
    assert found == [*said, *[None] * (len(listens) - len(said))]
