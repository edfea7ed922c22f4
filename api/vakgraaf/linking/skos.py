"""The concept schemes of a store as plain SKOS, by NL-SBB, the Dutch application profile: without our own terms."""

from __future__ import annotations

from vakgraaf.rdf.prefixes import PREFIXES

_PROLOGUE = "".join(f"PREFIX {prefix}: <{namespace}>\n" for prefix, namespace in PREFIXES.items())
_KINDS = "skos:ConceptScheme skos:Concept skos:Collection"
_MATCHES = "skos:exactMatch skos:closeMatch skos:broadMatch skos:narrowMatch skos:relatedMatch"
_SAID = f"""rdfs:label skos:prefLabel skos:altLabel skos:hiddenLabel skos:notation skos:note skos:scopeNote skos:example
 skos:changeNote skos:historyNote skos:editorialNote skos:inScheme skos:topConceptOf skos:hasTopConcept skos:broader
 skos:narrower skos:related skos:member {_MATCHES} dct:title dct:source dct:rights dct:license dct:publisher dct:issued
 dct:modified dct:isReplacedBy owl:deprecated"""
_SOURCE = "dct:title rdfs:label foaf:page dct:bibliographicCitation"
_SOURCE_KINDS = "dct:BibliographicResource foaf:Document"
_UNEXPLAINED = "Wat in de bronnen '", "' heet; zij omschrijven het niet."
_ELSEWHERE = "Begrip uit een ander stelsel: "


def query(*, facts: bool = False) -> str:
    """The CONSTRUCT query for all schemes, concepts and collections, with the works that they come from.

    NL-SBB wants a definition of every concept (skosapnl:Concept-definition), and matches only between concepts. So
    a concept that no source defines gets a definition that says just that, the target of a match is a concept, called
    what the record of the match calls it, and what stands below nothing in its scheme is a top concept.
    With `facts`, definitions are left out of graphs that state rights: they are their publishers' text.
    """
    branches = (
        f"VALUES ?o {{ {_KINDS} }} ?s a ?o BIND (rdf:type AS ?p)",
        f"VALUES ?k {{ {_KINDS} }} ?s a ?k . VALUES ?p {{ {_SAID} }} ?s ?p ?o",
        f"VALUES ?k {{ {_KINDS} }} ?s a ?k . {_definition('?s', '?o', facts=facts)} BIND (skos:definition AS ?p)",
        f"?s a skos:Concept ; skos:prefLabel ?name FILTER (LANG(?name) = 'nl')"
        f" FILTER NOT EXISTS {{ {_definition('?s', '?any', facts=facts)} }} BIND (skos:definition AS ?p)"
        f' BIND (STRLANG(CONCAT("{_UNEXPLAINED[0]}", STR(?name), "{_UNEXPLAINED[1]}"), \'nl\') AS ?o)',
        f"VALUES ?k {{ {_KINDS} }} ?thing a ?k ; dct:source ?s . VALUES ?o {{ {_SOURCE_KINDS} }} ?s a ?o"
        " BIND (rdf:type AS ?p)",
        f"VALUES ?k {{ {_KINDS} }} ?thing a ?k ; dct:source ?s . VALUES ?p {{ {_SOURCE} }} ?s ?p ?o",
        f"{_flat('?s', '?o')} BIND (skos:topConceptOf AS ?p)",
        f"{_flat('?o', '?s')} BIND (skos:hasTopConcept AS ?p)",
        f"{_target()} BIND (rdf:type AS ?p) BIND (skos:Concept AS ?o)",
        f"{_target()} ?record owl:annotatedTarget ?s ; sssom:object_label ?name"
        " BIND (skos:prefLabel AS ?p) BIND (STRLANG(STR(?name), 'nl') AS ?o)",
        f"{_target()} BIND (skos:definition AS ?p) BIND (STRLANG(CONCAT('{_ELSEWHERE}', STR(?s)), 'nl') AS ?o)",
    )
    union = "\n    UNION ".join(f"{{ {branch} }}" for branch in branches)
    return f"""{_PROLOGUE}CONSTRUCT {{ ?s ?p ?o }} WHERE {{
  {{ SELECT DISTINCT ?s ?p ?o WHERE {{
    {union}
  }} ORDER BY ?s ?p ?o }} }}"""


def _definition(subject: str, text: str, *, facts: bool) -> str:
    if not facts:
        return f"{subject} skos:definition {text}"
    return (
        f"GRAPH ?graph {{ {subject} skos:definition {text} }}"
        " FILTER NOT EXISTS { GRAPH ?graph { ?graph dct:rights ?rights } }"
    )


def _target() -> str:
    """What a concept is matched with and no graph describes."""
    return f"VALUES ?m {{ {_MATCHES} }} ?thing a skos:Concept ; ?m ?s FILTER NOT EXISTS {{ ?s a skos:Concept }}"


def _flat(concept: str, scheme: str) -> str:
    """A concept that is neither below another one in its scheme nor at its top: lists are flat."""
    return (
        f"{concept} a skos:Concept ; skos:inScheme {scheme}"
        f" FILTER NOT EXISTS {{ {concept} skos:broader|skos:topConceptOf|^skos:narrower|^skos:hasTopConcept ?above }}"
    )
