"""What the tools work with, and how much they may say."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from vakgraaf.engine import Answer, Engine
from vakgraaf.errors import ResultTooLarge
from vakgraaf.pipeline.trials import Trials
from vakgraaf.search.keeper import Search
from vakgraaf.web.agents.options import AgentOptions
from vakgraaf.web.limits import Limit


@dataclass(frozen=True, slots=True)
class Desk:
    """The engine, the search and the judges that the pages have too; an answer has at most `most_bytes`.

    `limits` says what a request may take, in words.
    """

    engine: Engine
    search: Search
    trials: Trials
    most_bytes: int
    limits: tuple[str, ...] = ()

    @classmethod
    def of(cls, engine: Engine, search: Search, trials: Trials, options: AgentOptions, limits: Iterable[Limit]) -> Desk:
        """The desk that the settings describe."""
        told = tuple(f"{limit.en}: {limit.shown('en')}" for limit in limits)
        own = f"Length of the answer of one tool: {options.mcp_result_kb} kB"
        return cls(engine, search, trials, options.mcp_result_kb * 1024, (*told, own))

    def fitting(self, text: str) -> str:
        """`text`, where it is not too long. Raises `ResultTooLarge`."""
        if len(text.encode()) > self.most_bytes:
            raise self._too_large()
        return text

    async def read(self, answer: Answer) -> str:
        """The whole of an answer; what gets too long is ended, and nothing is passed off as the whole that is not.

        Raises `ResultTooLarge`, and what reading the answer raises.
        """
        body = bytearray()
        try:
            async for chunk in answer.chunks():
                body += chunk
                if len(body) > self.most_bytes:
                    raise self._too_large()
        finally:
            await answer.close()
        return body.decode()

    def _too_large(self) -> ResultTooLarge:
        most = self.most_bytes // 1024
        return ResultTooLarge(
            f"Het antwoord is langer dan {most} kB (VAKGRAAF_MCP_RESULT_KB). Vraag minder: met LIMIT en OFFSET, met"
            " minder kolommen, of eerst alleen het aantal. Zonder deze grens is het te halen op /sparql.",
            f"The answer is longer than {most} kB (VAKGRAAF_MCP_RESULT_KB). Ask for less: with LIMIT and OFFSET, with"
            " fewer columns, or first for the count alone. Without this limit it can be had at /sparql.",
        )
