"""In which role somebody decides on a mapping. A closed list: the name of a person cannot get into it."""

from __future__ import annotations

from typing import NamedTuple


class Role(NamedTuple):
    """What a role is called in Dutch and in English."""

    nl: str
    en: str


ROLES = {
    "beheerder": Role("beheerder van deze gegevens", "maintainer of these data"),
    "beroepsbeoefenaar": Role("beroepsbeoefenaar", "practitioner"),
    "brancheorganisatie": Role("brancheorganisatie", "sector organisation"),
    "docent": Role("docent", "teacher"),
    "kwalificatiedeskundige": Role("kwalificatiedeskundige", "qualification specialist"),
    "onderwijskundige": Role("onderwijskundige", "educationalist"),
}
"""Code → names. The codes are stored, and are what `author_label` holds in SSSOM."""
