"""`vakgraaf mcp`: for a language model on this machine, over standard input and output."""

from __future__ import annotations

import asyncio
from importlib import import_module

from vakgraaf.commands.options import ServedOption
from vakgraaf.engine import start
from vakgraaf.pipeline.trials import Trials
from vakgraaf.search.keeper import Search
from vakgraaf.settings import Settings
from vakgraaf.web.agents.desk import Desk
from vakgraaf.web.agents.endpoint import without_sdk


def mcp(store: ServedOption = None) -> None:
    """Beantwoord vragen van een taalmodel (MCP) over standaardinvoer en -uitvoer. / Answer a language model (MCP)."""
    asyncio.run(_answer(Settings(store=store) if store else Settings()))


async def _answer(settings: Settings) -> None:
    """Answer until the input ends. Raises what starting raises, and `MissingTool` without the extra."""
    try:
        server = import_module("vakgraaf.web.agents.server")
    except ImportError as error:
        raise without_sdk(error) from error
    engine = await start(settings.engine())
    trials = Trials(settings.trial_limits(), settings.allow_list)
    place = None if isinstance(settings.store, str) else settings.store / "search"
    search = Search(engine, settings, place, union=settings.default_graph == "union")
    await search.start()
    try:
        await server.over_stdio(Desk.of(engine, search, trials, settings, settings.limits()))
    finally:
        await search.close()
        trials.stop()
        await engine.close()
