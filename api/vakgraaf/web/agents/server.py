"""The tools and resources as a server of the Model Context Protocol. Only this module knows its SDK.

It is the heaviest of all libraries here (25 MB and a second beside the rest), so only who asks for it loads it.
"""

from __future__ import annotations

from importlib.metadata import version
from typing import Any

import mcp_types as types
from mcp.server.context import ServerRequestContext
from mcp.server.lowlevel.server import Server
from mcp.server.stdio import stdio_server
from mcp.server.streamable_http_manager import StreamableHTTPSessionManager
from mcp.shared.exceptions import MCPError
from starlette.requests import Request

from vakgraaf.errors import UnknownThing, VakgraafError
from vakgraaf.web.access_log import note_query
from vakgraaf.web.agents import resources, tools
from vakgraaf.web.agents.desk import Desk
from vakgraaf.web.request_id import request_id

Context = ServerRequestContext[Any, Any]

_INSTRUCTIONS = (
    "A knowledge graph of Dutch occupational competence profiles (beroepscompetentieprofielen) and addenda, SBB's"
    " qualifications and frameworks of levels. Everything in it points to the lines of the text that it was taken"
    " from. search finds things, describe gives facts with their sources, query takes SPARQL, validate judges a"
    " document or RDF. For reading only. The texts are Dutch; do not translate the names of terms. Read"
    " vakgraaf://guide before you write a query."
)


def agent_server(desk: Desk) -> Server[Any]:
    """The server; it keeps nothing of those who ask."""

    async def list_tools(_: Context, __: types.PaginatedRequestParams | None) -> types.ListToolsResult:
        return types.ListToolsResult(tools=[_tool(tool) for tool in tools.TOOLS])

    async def call_tool(context: Context, asked: types.CallToolRequestParams) -> types.CallToolResult:
        given = asked.arguments or {}
        ident = ""
        if isinstance(context.request, Request):
            ident = request_id(context.request.scope)
            if isinstance(text := given.get("query"), str):
                note_query(context.request.scope, text)
        try:
            outcome = await tools.use(desk, asked.name, given, ident)
        except UnknownThing as error:
            raise MCPError(types.INVALID_PARAMS, error.en) from error
        return types.CallToolResult(
            content=[types.TextContent(type="text", text=outcome.text)], is_error=outcome.failed
        )

    async def list_resources(_: Context, __: types.PaginatedRequestParams | None) -> types.ListResourcesResult:
        try:
            found = await resources.resources(desk)
        except VakgraafError as error:
            raise _internal(error) from error
        return types.ListResourcesResult(resources=[_resource(text) for text in found])

    async def read_resource(_: Context, asked: types.ReadResourceRequestParams) -> types.ReadResourceResult:
        try:
            text, content = await resources.read(desk, str(asked.uri))
        except UnknownThing as error:
            raise MCPError(types.INVALID_PARAMS, error.en) from error
        except VakgraafError as error:
            raise _internal(error) from error
        told = types.TextResourceContents(uri=text.uri, mime_type=text.media_type, text=content)
        return types.ReadResourceResult(contents=[told])

    return Server(
        "vakgraaf",
        version=version("vakgraaf"),
        title="Vakgraaf",
        instructions=_INSTRUCTIONS,
        on_list_tools=list_tools,
        on_call_tool=call_tool,
        on_list_resources=list_resources,
        on_read_resource=read_resource,
    )


def over_http(desk: Desk, most_bytes: int) -> StreamableHTTPSessionManager:
    """The server behind an address: a request is an answer, there are no sessions that could add up.

    Under which names it may be called is looked at before (`vakgraaf.web.agents.endpoint`).
    """
    return StreamableHTTPSessionManager(
        agent_server(desk), json_response=True, stateless=True, max_request_body_size=most_bytes
    )


async def over_stdio(desk: Desk) -> None:
    """Answer what comes over standard input, until it ends."""
    server = agent_server(desk)
    async with stdio_server() as (incoming, outgoing):
        await server.run(incoming, outgoing, server.create_initialization_options())


def _tool(tool: tools.Tool) -> types.Tool:
    return types.Tool(
        name=tool.name,
        title=tool.title,
        description=tool.text,
        input_schema=tool.schema,
        annotations=types.ToolAnnotations(
            title=tool.title, read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False
        ),
    )


def _resource(text: resources.Text) -> types.Resource:
    name = text.uri.partition("://")[2]
    return types.Resource(uri=text.uri, name=name, title=text.title, description=text.about, mime_type=text.media_type)


def _internal(error: VakgraafError) -> MCPError:
    return MCPError(types.INTERNAL_ERROR, error.en)
