"""The file with tokens: what may stand in it, and who may read it."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from vakgraaf.errors import InputError, UnreadableInput
from vakgraaf.web.tokens import Right, read_tokens

LONG = "een-token-van-zestien-tekens"


def _file(folder: Path, text: str, mode: int = 0o600) -> Path:
    path = folder / "tokens"
    path.write_text(text, "utf-8")
    path.chmod(mode)
    return path


def test_line_is_a_token_a_name_and_a_token_or_these_with_rights(tmp_path: Path) -> None:
    digest = hashlib.sha256(b"geheim").hexdigest()
    text = f"# wie\n\n{LONG}-1\nanna {LONG}-2  # met naam\nbert sha256:{digest.upper()} read-queries,no-validate\n"
    one, two, three = read_tokens(_file(tmp_path, text))
    assert (one.name, one.rights) == ("tokens:3", set(Right) - {Right.NO_VALIDATE})
    assert (two.name, two.rights) == ("anna", one.rights)
    assert (three.digest, three.rights) == (digest, {Right.READ_QUERIES, Right.NO_VALIDATE})


@pytest.mark.parametrize("mode", [0o644, 0o606, 0o602])
def test_file_that_others_may_read_or_write_is_refused(tmp_path: Path, mode: int) -> None:
    with pytest.raises(InputError, match="chmod"):
        read_tokens(_file(tmp_path, LONG, mode))


@pytest.mark.parametrize(
    "text", ["kort", f"anna {LONG} lezen", f"anna {LONG} write extra", f"{LONG}\nanna {LONG}", "x sha256:12 write"]
)
def test_line_that_makes_no_sense_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(InputError, match="tokens"):
        read_tokens(_file(tmp_path, text))


def test_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableInput):
        read_tokens(tmp_path / "nergens")
