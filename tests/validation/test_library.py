"""What other programs import: `vakgraaf.validation.validate(data, shapes) -> Report`."""

from __future__ import annotations

import subprocess
import sys

PROGRAM = """
import vakgraaf.validation.validate
import vakgraaf.validation
from rdflib import Graph
from vakgraaf.validation import Report, validate
from vakgraaf.validation.validate import validate as same

assert vakgraaf.validation.validate is validate is same
shapes = Graph().parse(format="turtle", data='''
@prefix sh: <http://www.w3.org/ns/shacl#> .
<http://a.example/S> a sh:NodeShape ; sh:targetNode <http://a.example/x> ;
    sh:property [ sh:path <http://a.example/p> ; sh:minCount 1 ] .''')
report = validate(Graph(), shapes)
assert isinstance(report, Report)
print(report.conforms, len(report.results))
"""


def test_validate_is_a_function_whatever_was_imported_before() -> None:
    run = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=False)
    assert (run.stdout, run.stderr) == ("False 1\n", "")
