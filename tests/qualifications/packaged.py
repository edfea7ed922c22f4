"""What stands in data/reference/kwalificaties: facts only, each with the line that it comes from."""

from __future__ import annotations

from pathlib import Path

from rdflib import DCTERMS, Graph, Literal

from qualifications.chain import chain
from vakgraaf.ingest.kwalificatie.building import understand_dossiers
from vakgraaf.pipeline.documents import profiles_there_are
from vakgraaf.rdf.iris import graph
from vakgraaf.rdf.turtle import to_turtle
from vakgraaf.resources import folder

XML = "kd_mz_2016/4156_Maatschappelijke_Zorg.xml"
_HEAD = "Made by scripts/qualifications, not edited by hand: codes, short titles, levels, dates and sources; no texts."
_TITLE = ("Kwalificaties en hun crebocodes", "Qualifications and their crebo codes")
_RIGHTS = (
    "Feiten uit het kwalificatiedossier van SBB en uit regelingen en registers, overgenomen met hun bron; de teksten "
    "van het dossier staan hier niet. De ordening is van Vakgraaf, CC BY 4.0.",
    "Facts from SBB's qualification file and from regulations and registers, restated with their source; the texts "
    "of the file are not here. The arrangement is Vakgraaf's, CC BY 4.0.",
)


def made(reference: Path) -> dict[str, str]:
    """The files by name, as Turtle, made of what is in the folder `reference`."""
    facts = understand_dossiers((reference / XML).read_bytes(), Path(XML).name, profiles_there_are(), facts=True).graph
    parts = {"maatschappelijke-zorg-2016.ttl": facts, "crebo-keten.ttl": chain(reference)}
    for part in parts.values():
        _of_one_graph(part)
    return {name: to_turtle(part, _HEAD) for name, part in parts.items()}


def written(reference: Path) -> list[Path]:
    """Writes the files, and says which."""
    where = folder("data/reference") / "kwalificaties"
    where.mkdir(exist_ok=True)
    for name, turtle in made(reference).items():
        (where / name).write_text(turtle, "utf-8")
    return sorted(where.glob("*.ttl"))


def differing(reference: Path) -> list[str]:
    """The names of the files that are not what would be made now."""
    where = folder("data/reference") / "kwalificaties"
    return [
        name
        for name, turtle in made(reference).items()
        if not (where / name).is_file() or (where / name).read_text("utf-8") != turtle
    ]


def _of_one_graph(part: Graph) -> None:
    """Says of the one packaged graph what the sheets said of graphs of their own."""
    here = graph("kwalificaties")
    for name, document in list(part.subject_objects(DCTERMS.source)):
        if str(name).startswith(str(graph(""))):
            part.remove((name, None, None))
            part.add((here, DCTERMS.source, document))
    for property_, texts in ((DCTERMS.title, _TITLE), (DCTERMS.rights, _RIGHTS)):
        for text, language in zip(texts, ("nl", "en"), strict=True):
            part.add((here, property_, Literal(text, lang=language)))
