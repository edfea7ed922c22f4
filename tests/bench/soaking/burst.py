"""So many clients at the same moment. Each has to be answered, or refused with a Retry-After."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import Sequence
from urllib.parse import quote, urlsplit

from bench.soaking.known import Known

_CAP_S = 90.0


def burst(url: str, questions: Sequence[Known], clients: int = 200) -> Counter[str]:
    """Outcome → how many: right, wrong, refused, refused without Retry-After, or lost and why."""
    return asyncio.run(_all(url, questions, clients))


async def _all(url: str, questions: Sequence[Known], clients: int) -> Counter[str]:
    asked = (_one(url, questions[number % len(questions)], number) for number in range(clients))
    return Counter(await asyncio.gather(*asked))


async def _one(url: str, known: Known, number: int) -> str:
    parts = urlsplit(url)
    query = quote(f"{known.query}\n#{number}-{time.time_ns()}")
    request = f"GET {parts.path}?query={query} HTTP/1.0\r\nHost: {parts.netloc}\r\nAccept: {known.accept}\r\n\r\n"
    try:
        async with asyncio.timeout(_CAP_S):
            reader, writer = await asyncio.open_connection(parts.hostname, parts.port)
            writer.write(request.encode())
            answer = await reader.read()
            writer.close()
    except (OSError, TimeoutError) as error:
        return f"lost: {type(error).__name__}"
    return _outcome(known, answer)


def _outcome(known: Known, answer: bytes) -> str:
    head, _, body = answer.partition(b"\r\n\r\n")
    if not head:
        return "lost: closed without an answer"
    status = head.split()[1].decode()
    if status == "200":
        return "right" if known.right(body) else "wrong"
    refused = status in ("503", "429")
    if refused and b"\nretry-after:" in head.lower():
        return "refused"
    return "refused without Retry-After" if refused else f"lost: {status}"
