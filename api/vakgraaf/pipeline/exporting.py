"""Data out of the store in the forms of others: records of ELM, SSSOM, SKOS, flat tables."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rdflib import Graph, URIRef

from vakgraaf.engine import LocalStore
from vakgraaf.errors import NotConforming, UnknownThing, unusable
from vakgraaf.linking import elm, elm_facts, skos
from vakgraaf.linking.tables import SEVERAL, TABLES, written
from vakgraaf.pipeline.linking import records
from vakgraaf.pipeline.linking.exchange import as_sssom
from vakgraaf.rdf.formats import N_TRIPLES, RESULTS_JSON, Format
from vakgraaf.rdf.prefixes import empty_graph

Pair = tuple[str, str]
"""The same text in Dutch and in English."""


@dataclass(frozen=True, slots=True)
class Records:
    """Records of the European Learning Model, how many, and of which qualifications none could be made, and why."""

    graph: Graph
    number: int
    left_out: Mapping[str, tuple[Pair, ...]]


def elm_records(store: LocalStore) -> Records:
    """The records of all qualifications. Raises `NotConforming` where there is none of which one can be made."""
    graph, left_out, number = empty_graph(), {}, 0
    graph.bind("elm", elm.ELM)
    for subject in (row["q"] for row in _rows(store, elm_facts.ALL)):
        content = b"".join(store.query(elm_facts.query(subject), N_TRIPLES))
        facts = Graph(bind_namespaces="none").parse(data=content, format="nt")
        if missing := elm.lacking(facts, URIRef(subject)):
            left_out[subject] = missing
        else:
            graph += elm.record(facts, URIRef(subject))
            number += 1
    if not number:
        raise NotConforming(
            "Van geen kwalificatie zijn een EQF-niveau, een NLQF-niveau, een vakgebied en leeruitkomsten bekend; zonder"
            " die vier is er niets voor ELM.",
            "Of no qualification an EQF level, an NLQF level, a field and learning outcomes are known; without these"
            " four there is nothing for ELM.",
        )
    return Records(graph, number, left_out)


def mappings(store: LocalStore) -> str:
    """The accepted mappings as SSSOM/TSV."""
    return as_sssom(asyncio.run(records.everything(records.within(store))))


def schemes(store: LocalStore, form: Format, *, facts: bool = False) -> Iterator[bytes]:
    """The concept schemes as SKOS; with `facts` without definitions that belong to the publishers."""
    return store.query(skos.query(facts=facts), form)


def table(store: LocalStore, name: str) -> str:
    """One of `TABLES` as CSV. Raises `UnknownThing` where there is none of that name."""
    if name not in TABLES:
        known = ", ".join(TABLES)
        raise UnknownThing(
            f"Er is geen tabel {name}. Kies uit {known}.", f"There is no table {name}. Choose from {known}."
        )
    asked = TABLES[name]
    rows = [[row.get(column, "") for column in asked.columns] for row in _rows(store, asked.query)]
    if asked.gathered:
        rows = [[*row[:-1], SEVERAL.join(sorted(row[-1].split(SEVERAL)))] for row in rows]
    return written(asked.columns, rows)


def tables(store: LocalStore, folder: Path) -> tuple[Path, ...]:
    """All tables, each as a file in a folder, which is made. Raises `UnreadableInput` where it cannot be written to."""
    files = tuple(folder / f"{name}.csv" for name in TABLES)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, file in zip(TABLES, files, strict=True):
            file.write_bytes(table(store, name).encode())
    except OSError as error:
        raise unusable(folder, error) from error
    return files


def _rows(store: LocalStore, query: str) -> Iterator[dict[str, str]]:
    found: dict[str, Any] = json.loads(b"".join(store.query(query, RESULTS_JSON)))
    for binding in found["results"]["bindings"]:
        yield {name: term["value"] for name, term in binding.items()}
