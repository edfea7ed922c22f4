"""Words that say nothing of what a Dutch or English text is about."""

from __future__ import annotations

FUNCTION_WORDS = frozenset(
    """
    de het een en of op in bij voor met over aan te tot door om van uit naar die dat dit deze als is zijn wordt worden
    heeft hebben zij ze haar hij hem hun zich er ook niet kan kunnen wat hoe waar dan meer al alle ten der den
    the of and to with for on by
    """.split()
)
"""Articles, prepositions, pronouns and the commonest verbs, folded."""

EMPTY_IN_SKILLS = frozenset("kennis basiskennis inzicht past toe toepassen omgaan werken volgens relevante".split())
"""What the wording of a skill begins or ends with, whatever the skill is."""
