"""Which columns SSSOM has, which field of a mapping each is, and which are identifiers or about persons."""

from __future__ import annotations

STATUS_COLUMN = "ext_status"
GROUNDS_COLUMN = "ext_grounds"

FIELDS = {
    "subject_id": "subject",
    "subject_label": "subject_label",
    "predicate_id": "predicate",
    "object_id": "object",
    "object_label": "object_label",
    "mapping_justification": "justification",
    "author_label": "author",
    "mapping_tool": "tool",
    "mapping_tool_version": "tool_version",
    "mapping_date": "date",
    "confidence": "confidence",
    "comment": "comment",
    STATUS_COLUMN: "status",
    GROUNDS_COLUMN: "grounds",
}
"""Column → field of `Mapping`, in the order in which they are written."""

REQUIRED = ("subject_id", "predicate_id", "object_id", "mapping_justification")

IDENTIFIERS = frozenset(
    (
        "author_id creator_id curation_rule issue_tracker_item mapping_justification mapping_source mapping_tool_id"
        " object_id object_match_field object_preprocessing object_source predicate_id record_id reviewer_id"
        " subject_id subject_match_field subject_preprocessing subject_source"
    ).split()
)
"""Slots whose range is EntityReference: CURIEs in a file, whole IRIs here."""

MANY = frozenset(
    (
        "author_id creator_id curation_rule object_match_field object_preprocessing reviewer_id subject_match_field"
        " subject_preprocessing"
    ).split()
)
"""Those of them that hold several, with | between."""

PERSONAL = frozenset(("author_id", "creator_id", "creator_label", "reviewer_id", "reviewer_label"))
"""Slots that hold who persons are: a file keeps them, the graph does not."""

PROPAGATED = frozenset(
    (
        "cardinality_scope curation_rule curation_rule_text mapping_date mapping_provider mapping_tool mapping_tool_id"
        " mapping_tool_version object_match_field object_preprocessing object_source object_source_version object_type"
        " predicate_type similarity_measure subject_match_field subject_preprocessing subject_source"
        " subject_source_version subject_type"
    ).split()
)
"""Slots that hold for every record when they stand in the metadata (SSSOM, propagation)."""
