"""Files of any RDF format into the store, judged by the shapes first."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from vakgraaf.engine import Manifest, Packaged, Source, StateDirectory, load_files
from vakgraaf.engine.fill import fill
from vakgraaf.errors import InputError, UnreadableInput
from vakgraaf.pipeline.referee import judge_here
from vakgraaf.pipeline.targets import may_be_judged
from vakgraaf.rdf.formats import DATASET_FORMATS, GRAPH_FORMATS, by_extension
from vakgraaf.rdf.iris import graph as graph_iri

_FORMATS = (*GRAPH_FORMATS, *DATASET_FORMATS)
_JUDGEABLE_BYTES = 16 * 1024 * 1024


def load(
    state: StateDirectory, packaged: Packaged | None, files: Sequence[Path], graph: str | None, *, validate: bool
) -> Manifest:
    """Load files into the store of a state directory, which is filled first where needed; the new version.

    What has no graph of its own goes into `graph` (a name or an IRI), else into the unnamed graph. Raises
    `NotConforming` and what `load_files` raises; nothing has changed then.
    """
    home = None if graph is None else graph if ":" in graph else str(graph_iri(graph))
    sources = [_source(path, home) for path in files]
    fill(state, packaged)
    return load_files(state, sources, _judge if validate else None)


def _source(path: Path, graph: str | None) -> Source:
    name = path.name.lower().removesuffix(".gz")
    form = by_extension(name, _FORMATS)
    if form is None:
        known = ", ".join(f".{f.extension}" for f in _FORMATS)
        raise UnreadableInput(
            f"{path}: aan de extensie is niet te zien wat voor bestand dit is. Bekend zijn {known}, ook met .gz.",
            f"{path}: the extension does not tell what kind of file this is. Known are {known}, also with .gz.",
        )
    return Source(path, form, graph)


def _judge(contents: list[bytes]) -> None:
    judged = [content for content in contents if may_be_judged(content)]
    if sum(map(len, judged)) > _JUDGEABLE_BYTES:
        raise InputError(
            "Dit is te veel om in één keer aan de shapes te toetsen. Laad het in delen, of toets niet: --no-validate.",
            "This is too much to be judged by the shapes at once. Load it in parts, or without judging: --no-validate.",
        )
    if judged:
        judge_here(b"".join(judged))
