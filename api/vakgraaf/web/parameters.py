"""The parameters that requests may have, as one table: what reads them, what documents them, and OpenAPI go by it."""

from __future__ import annotations

from typing import Literal, NamedTuple

Shape = Literal["text", "iri", "flag"]


class Parameter(NamedTuple):
    """One parameter: its name, what it does (Markdown), what its value looks like, and whether it may be repeated."""

    name: str
    text: str
    shape: Shape = "text"
    many: bool = False


_GRAPHS = "The graphs to ask of, as often as needed. They go before `FROM` in the query."
_USING = "The graphs that WHERE is about, as often as needed; not together with `USING` or `WITH` in the update."
_FORMAT = "The format, by a name of the table of formats or a media type."

QUERY = Parameter("query", "The query; one. The same one twice is fine, two different ones give 400.")
DEFAULT_GRAPH = Parameter("default-graph-uri", _GRAPHS, "iri", many=True)
NAMED_GRAPH = Parameter("named-graph-uri", _GRAPHS, "iri", many=True)
FORMAT = Parameter("format", _FORMAT)
OUTPUT = Parameter("output", _FORMAT)
RESULTS = Parameter("results", _FORMAT)
TIMEOUT = Parameter("timeout", "Less time than the server allows: seconds (`30`, `2.5`), or `500ms`, `30s`, `2m`.")
REWRITE = Parameter("rewrite", "`off`: evaluate the query as it is written, and do not rewrite it.", "flag")
EXPLAIN = Parameter("explain", "Say what would be done with the query, and do none of it.", "flag")
LANG = Parameter("lang", "The language of pages and messages, `nl` or `en`; else `Accept-Language` decides.")

FORMAT_PARAMETERS = (FORMAT, OUTPUT, RESULTS)
"""SPARQLWrapper sends all three, each also twice."""
QUERY_PARAMETERS = (QUERY, DEFAULT_GRAPH, NAMED_GRAPH, *FORMAT_PARAMETERS, TIMEOUT, REWRITE, EXPLAIN)
"""Those of `/sparql`."""

UPDATE = Parameter("update", "The update; one.")
USING_GRAPH = Parameter("using-graph-uri", _USING, "iri", many=True)
USING_NAMED_GRAPH = Parameter("using-named-graph-uri", _USING, "iri", many=True)
NO_VALIDATE = Parameter(
    "no-validate", "Do not hold what is written against the shapes; for who has the right `no-validate`.", "flag"
)

SOUGHT = Parameter("q", "What is looked for: words, in Dutch or English. Of a very long text the beginning counts.")
CLASS = Parameter("class", "Only things of this class: its IRI, or its name in the ontology (`Kerntaak`).")
PROFILE = Parameter("profile", "Only what belongs to this profile: its IRI, or its reference (`thuisbegeleider-2011`).")
BRANCHE = Parameter("branche", "Only what holds for this branche: its IRI, or its reference.")
AS_OF = Parameter(
    "as-of",
    "Show it as it was: a date (2025-01-31, the end of that day) or a date and time. `Accept-Datetime` leads to it.",
)
PAGE = Parameter("page", "The page of the results, from 1.")
FORM = Parameter("format", "`html` or `json`; else `Accept` decides.")

_LIST = "its IRI, prefixed name (`skos:broader`), or name in the ontology (`betreft`)"
INCOMING = Parameter(
    "incoming", f"What points here with this property, fifty at a time: {_LIST}. Empty: how much points here."
)
OUTGOING = Parameter("outgoing", f"What the thing points to with this property, in the same way: {_LIST}.")

LINK_STATUS = Parameter("status", "`aangenomen` (else), `voorgesteld`, `afgewezen`, or `alle` for all of them.")
LINK_CLASS = Parameter("class", "Only mappings from things of this class: its name in the ontology (`Werkproces`).")
LINK_PROFILE = Parameter("profile", "Only mappings from what belongs to this profile: its IRI, or its reference.")
LINK_PREDICATE = Parameter("predicate", "Only mappings by this relation: the IRI of a mapping property of SKOS.", "iri")
LINK_TEXT = Parameter("q", "Only mappings with this text in the name of one of the two.")
LINK_PARAMETERS = (LINK_STATUS, LINK_CLASS, LINK_PROFILE, LINK_PREDICATE, LINK_TEXT, PAGE)
"""Those of `/links`."""

GRAPH = Parameter("graph", "The IRI of the graph; a relative one is relative to this address.", "iri")
DEFAULT = Parameter("default", "The unnamed graph.", "flag")

REPORT_FORMAT = Parameter(
    "format",
    "The form of the answer: `page`, a form of the report (`text`, `json`, `html`, `turtle`, `sarif`, `junit`), or"
    " `draft` or `draft-jsonld` for the data themselves; else `Accept` decides.",
)
CONTEXT = Parameter(
    "context", "`store`: judge together with what is published here; `none` (else): with the model and its fixed lists."
)
URL = Parameter("url", "Where to get what is to be judged, if its host is on the list of this server.")
NAME = Parameter("name", "The file name of a bare body, for messages; its extension counts.")
VALIDATE_PARAMETERS = (REPORT_FORMAT, CONTEXT, URL, NAME)
"""Those of `/validate`."""
