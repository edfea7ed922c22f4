"""The metadata of a set of mappings: the commented YAML above its table. Every scalar stays the text that it was."""

from __future__ import annotations

from typing import Any

import yaml

from vakgraaf.errors import SyntaxProblem

Metadata = dict[str, Any]
"""Slot → text, list of texts, or a table of these."""

_LONGEST = 1_000_000


class _Texts(yaml.BaseLoader):  # type: ignore[misc]  # PyYAML comes without types
    """Reads no types and no aliases: `1.10` stays so, and nothing small becomes large."""

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.AliasEvent):
            mark = self.peek_event().start_mark
            raise _problem("verwijzingen (*naam) worden hier niet gelezen", "aliases are not read here", mark.line + 1)
        return super().compose_node(parent, index)


def read(text: str) -> Metadata:
    """YAML as texts. Raises `SyntaxProblem` with the line, counted in `text`."""
    try:
        if len(text) > _LONGEST:
            raise _problem("langer dan een miljoen tekens", "longer than a million characters", None)
        found = yaml.load(text, _Texts)  # a BaseLoader makes nothing but texts, lists and tables
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        why = getattr(error, "problem", None) or str(error)
        line = mark.line + 1 if mark else None
        raise _problem(f"de lezer meldt: {why}", f"the reader says: {why}", line) from error
    except RecursionError as error:
        raise _problem("te diep genest", "nested too deep", None) from error
    if found in (None, ""):
        return {}
    if not isinstance(found, dict) or not isinstance(found.get("curie_map") or {}, dict):
        raise _problem("geen lijst van namen met waarden", "not a table of names and values", 1)
    return found


def write(metadata: Metadata) -> str:
    """The metadata as YAML, one slot a line, in their order."""
    if not metadata:
        return ""
    return str(yaml.safe_dump(metadata, allow_unicode=True, sort_keys=False, default_flow_style=False, width=10_000))


def _problem(nl: str, en: str, line: int | None) -> SyntaxProblem:
    where = f" (regel {line})" if line else "", f" (line {line})" if line else ""
    return SyntaxProblem(
        f"De gegevens boven de tabel zijn geen YAML die hier gelezen wordt{where[0]}: {nl}.",
        f"The metadata above the table are no YAML that is read here{where[1]}: {en}.",
        line,
    )
