"""All faults, by what they are in."""

from __future__ import annotations

from validation.mutations import (
    addendum_approval,
    addendum_edges,
    addendum_texts,
    graph_profiles,
    graph_tasks,
    profile_annexes,
    profile_texts,
)

IN_TASKS = addendum_texts.FAULTS
"""Of the text of an addendum: tasks and competences."""
AROUND = (*addendum_edges.FAULTS, *addendum_approval.FAULTS)
"""Of the text of an addendum: all around those."""
OF_PROFILES = (*profile_texts.FAULTS, *profile_annexes.FAULTS)
"""Of the text of a profile."""
TEXTS = (*IN_TASKS, *AROUND, *OF_PROFILES)
GRAPHS = (*graph_tasks.FAULTS, *graph_profiles.FAULTS)
