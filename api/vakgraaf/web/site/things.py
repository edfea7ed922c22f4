"""The pages of all that stands around a profile: what it asks for, its parts, its sources, its terms, its parties."""

from __future__ import annotations

from vakgraaf.web.site import brondocument, kwalificatie, layouts, passage
from vakgraaf.web.site.skill import skill_page
from vakgraaf.web.site.thing import page_of

_THING = "site/thing.html"

THINGS = (
    ("vg:Competentie", "site/skill.html", skill_page(layouts.COMPETENTIE)),
    ("vg:Skill", "site/skill.html", skill_page(layouts.SKILL)),
    ("vg:Vakkennis", "site/skill.html", skill_page(layouts.SKILL)),
    ("vg:Vaardigheid", "site/skill.html", skill_page(layouts.SKILL)),
    ("vg:Paragraaf", _THING, page_of(layouts.PARAGRAAF)),
    ("vg:Aanvulling", _THING, page_of(layouts.AANVULLING)),
    ("vg:Vereiste", _THING, page_of(layouts.VEREISTE)),
    ("vg:Skillvereiste", _THING, page_of(layouts.VEREISTE)),
    ("vg:Competentievereiste", _THING, page_of(layouts.VEREISTE)),
    ("vg:Matrixregel", _THING, page_of(layouts.MATRIXREGEL)),
    ("vg:Dilemma", _THING, page_of(layouts.PART)),
    ("vg:Ontwikkeling", _THING, page_of(layouts.PART)),
    ("vg:Toelichting", _THING, page_of(layouts.PART)),
    ("vg:Voetnoot", _THING, page_of(layouts.PART)),
    ("vg:Bevinding", _THING, page_of(layouts.BEVINDING)),
    ("vg:Deelname", _THING, page_of(layouts.DEELNAME)),
    ("vg:Validering", _THING, page_of(layouts.VALIDERING)),
    ("vg:Legitimering", _THING, page_of(layouts.LEGITIMERING)),
    ("vg:Begrip", _THING, page_of(layouts.BEGRIP)),
    ("vg:Begrippenlijst", _THING, page_of(layouts.BEGRIPPENLIJST)),
    ("vg:Bron", _THING, page_of(layouts.BRON)),
    ("vg:Beroep", _THING, page_of(layouts.BEROEP)),
    ("vg:Branche", _THING, page_of(layouts.BRANCHE)),
    ("vg:Kwalificatie", "site/kwalificatie.html", kwalificatie.view),
    ("vg:Kwalificatiedossier", _THING, page_of(layouts.KWALIFICATIEDOSSIER)),
    ("vg:Competentiemodel", _THING, page_of(layouts.COMPETENTIEMODEL)),
    ("vg:Raamwerk", _THING, page_of(layouts.RAAMWERK)),
    ("vg:Niveau", _THING, page_of(layouts.NIVEAU)),
    ("vg:Inschaling", _THING, page_of(layouts.INSCHALING)),
    ("vg:Brondocument", "site/brondocument.html", brondocument.view),
    ("vg:Passage", "site/passage.html", passage.view),
    ("org:Organization", _THING, page_of(layouts.ORGANISATIE)),
    ("skos:ConceptScheme", _THING, page_of(layouts.BEGRIPPENKADER)),
    ("skos:Concept", _THING, page_of(layouts.CONCEPT)),
)
"""Class, template and view; special classes before general ones."""
