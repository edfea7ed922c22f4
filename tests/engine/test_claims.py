"""Levels follow from profile to qualification to mbo level to frameworks, and from nothing else."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from vakgraaf.engine.claims import level_claims
from vakgraaf.engine.ledger import Ledger
from vakgraaf.engine.packaged import DERIVED_GRAPH
from vakgraaf.engine.rules import rules
from vakgraaf.engine.settling import settle
from vakgraaf.engine.upkeep import ONTOLOGY, maintain
from vakgraaf.rdf.iris import BASE
from vakgraaf.rdf.prefixes import PREFIXES

DERIVED = ox.NamedNode(DERIVED_GRAPH)
GRAPH = ox.NamedNode("http://a.example/g")
PROLOGUE = "".join(f"@prefix {prefix}: <{namespace}> .\n" for prefix, namespace in PREFIXES.items())
FRAMEWORKS = """
id:raamwerk\\/mbo skos:notation "mbo" . id:raamwerk\\/n skos:notation "NLQF" . id:raamwerk\\/e skos:notation "EQF" .
id:niveau\\/mbo-3 skos:inScheme id:raamwerk\\/mbo ; skos:notation "3" ; vg:heeftInschaling id:inschaling\\/m3 .
id:niveau\\/mbo-4 skos:inScheme id:raamwerk\\/mbo ; skos:notation "4" ; vg:heeftInschaling id:inschaling\\/m4 .
id:niveau\\/n4 skos:inScheme id:raamwerk\\/n ; skos:notation "4" ; rdfs:label "NLQF-niveau 4"@nl ;
    vg:heeftInschaling id:inschaling\\/n4 .
id:niveau\\/n5 skos:inScheme id:raamwerk\\/n ; skos:notation "5" ; rdfs:label "NLQF-niveau 5"@nl .
id:niveau\\/e4 skos:inScheme id:raamwerk\\/e ; skos:notation "4" ; rdfs:label "EQF-niveau 4"@nl .
id:inschaling\\/m4 vg:niveau id:niveau\\/n4 ; vg:status "vastgesteld" .
id:inschaling\\/n4 vg:niveau id:niveau\\/e4 ; vg:status "vastgesteld" .
"""
CHAIN = "id:profiel\\/p vg:isBasisVoor id:kwalificatie\\/k . id:kwalificatie\\/k vg:mboNiveau 4 ."


def store_of(*texts: str) -> ox.Store:
    store = ox.Store()
    for text in (FRAMEWORKS, *texts):
        store.load((PROLOGUE + text).encode(), ox.RdfFormat.TURTLE, to_graph=GRAPH)
    return store


def names(store: ox.Store, of: str) -> set[str]:
    """The ends of the IRIs of the claims that follow about a thing."""
    thing, has = ox.NamedNode(f"{BASE}id/{of}"), ox.NamedNode(PREFIXES["vg"] + "heeftInschaling")
    return {
        quad.object.value.removeprefix(f"{BASE}id/inschaling/")
        for quad in level_claims(store)
        if quad.subject == thing and quad.predicate == has and isinstance(quad.object, ox.NamedNode)
    }


def said(store: ox.Store, claim: str, name: str) -> set[str]:
    node = ox.NamedNode(f"{BASE}id/inschaling/{claim}")
    predicate = ox.NamedNode(PREFIXES["vg"] + name)
    found = {q.object for q in level_claims(store) if q.subject == node and q.predicate == predicate}
    return {term.value.removeprefix(f"{BASE}id/") for term in found if isinstance(term, ox.NamedNode | ox.Literal)}


def test_a_profile_gets_the_levels_of_its_qualification() -> None:
    assert names(store_of(CHAIN), "profiel/p") == {"p-nlqf-4", "p-eqf-4"}
    assert names(store_of(CHAIN), "kwalificatie/k") == {"kwalificatie-k-nlqf-4", "kwalificatie-k-eqf-4"}


def test_each_claim_says_that_it_is_derived_and_through_what() -> None:
    store = store_of(CHAIN)
    assert said(store, "p-nlqf-4", "status") == {"afgeleid"}
    assert said(store, "p-nlqf-4", "methode") == {"keten"}
    assert said(store, "p-nlqf-4", "afgeleidVia") == {"kwalificatie/k", "inschaling/kwalificatie-k-nlqf-4"}
    assert said(store, "kwalificatie-k-nlqf-4", "afgeleidVia") == {"niveau/mbo-4", "inschaling/m4"}
    assert said(store, "kwalificatie-k-eqf-4", "afgeleidVia") == {"inschaling/kwalificatie-k-nlqf-4", "inschaling/n4"}


@pytest.mark.parametrize(
    "text",
    [
        "id:profiel\\/p vg:isBasisVoor id:kwalificatie\\/k .",
        "id:kwalificatie\\/k vg:creboCode '25479' . id:profiel\\/p vg:isBasisVoor id:kwalificatie\\/k .",
        CHAIN.replace("4 .", "3 ."),
        CHAIN.replace("4 .", "3, 4 ."),
        CHAIN.replace("4 .", "'vier' ."),
    ],
    ids=["no level", "code only", "level without relation", "two levels", "no number"],
)
def test_nothing_follows_without_a_level_that_a_source_relates(text: str) -> None:
    assert names(store_of(text), "profiel/p") == set()


def test_a_level_that_was_established_for_the_qualification_goes_before_that_of_its_kind() -> None:
    own = """id:kwalificatie\\/k vg:heeftInschaling id:inschaling\\/eigen .
id:inschaling\\/eigen vg:niveau id:niveau\\/n5 ; vg:status "vastgesteld" ."""
    store = store_of(CHAIN, own)
    assert names(store, "profiel/p") == {"p-nlqf-5"}
    assert said(store, "p-nlqf-5", "afgeleidVia") == {"kwalificatie/k", "inschaling/eigen"}


@pytest.mark.parametrize("status", ["voorgesteld", "afgewezen", "afgeleid"])
def test_a_relation_that_is_not_established_leads_nowhere(status: str) -> None:
    store = store_of(CHAIN)
    predicate = ox.NamedNode(PREFIXES["vg"] + "status")
    relation = ox.NamedNode(f"{BASE}id/inschaling/m4")
    store.remove(ox.Quad(relation, predicate, ox.Literal("vastgesteld"), GRAPH))
    store.add(ox.Quad(relation, predicate, ox.Literal(status), GRAPH))
    assert names(store, "profiel/p") == set()


def test_a_level_that_was_rejected_for_the_profile_is_not_derived() -> None:
    rejected = """id:profiel\\/p vg:heeftInschaling id:inschaling\\/nee .
id:inschaling\\/nee vg:niveau id:niveau\\/n4 ; vg:status "afgewezen" ."""
    assert names(store_of(CHAIN, rejected), "profiel/p") == {"p-eqf-4"}


def test_relations_in_a_circle_come_to_an_end() -> None:
    circle = """id:niveau\\/e4 vg:heeftInschaling id:inschaling\\/terug .
id:inschaling\\/terug vg:niveau id:niveau\\/n4 ; vg:status "vastgesteld" ."""
    assert names(store_of(CHAIN, circle), "profiel/p") == {"p-nlqf-4", "p-eqf-4"}


@pytest.mark.parametrize("predicate", ["isBasisVoor", "mboNiveau", "niveau", "heeftInschaling", "status"])
def test_claims_go_when_what_they_rest_on_goes_and_come_back_with_it(tmp_path: Path, predicate: str) -> None:
    store = store_of(CHAIN)
    settle(store)
    before = set(store)
    causes = [
        quad
        for quad in store.quads_for_pattern(None, ox.NamedNode(PREFIXES["vg"] + predicate), None, GRAPH)
        if quad.subject != ox.NamedNode(f"{BASE}id/inschaling/n4")
    ]
    for change in ("remove", "add"):
        ledger = Ledger(store, tmp_path / "base", 10_000)
        getattr(ledger, change)(causes)
        maintain(ledger, rules(store, ONTOLOGY), len(store))
        anew = ox.Store()
        anew.extend(quad for quad in store if quad.graph_name != DERIVED)
        settle(anew)
        assert set(store) == set(anew)
    assert set(store) == before
