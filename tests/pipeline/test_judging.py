"""Documents that are handed in together stay apart, whatever they are called."""

from __future__ import annotations

import io
import zipfile

from rdflib import RDF

from vakgraaf.pipeline.inputs import Input
from vakgraaf.pipeline.judging import judge
from vakgraaf.rdf.iris import VG, thing
from vakgraaf.resources import folder


def test_documents_of_one_name_in_one_zip_have_iris_of_their_own() -> None:
    text = next(path for path in sorted(folder("data/sources").glob("*.txt")) if "addendum" in path.name.casefold())
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("een/concept.txt", text.read_bytes())
        archive.writestr("twee/concept.txt", text.read_bytes())
    found = judge([Input("inzending.zip", packed.getvalue())])
    names = {str(one) for one in found.graph.subjects(RDF.type, VG.Brondocument)}
    assert {str(thing("brondocument", "concept")), str(thing("brondocument", "concept-2"))} <= names
