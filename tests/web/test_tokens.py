"""The file with tokens: what may stand in it, who may read it, and that another file counts at once."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import httpx
import pytest

from vakgraaf.errors import InputError, UnreadableInput
from vakgraaf.web.tokens import Right, new_token, read_tokens

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


def test_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    file = _file(tmp_path, LONG)
    file.write_bytes(LONG.encode("utf-16"))
    with pytest.raises(InputError, match="UTF-8"):
        read_tokens(file)


def test_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableInput):
        read_tokens(tmp_path / "nergens")


@pytest.mark.parametrize(
    ("words", "rights"),
    [
        ("publish", {Right.WRITE}),
        ("admin", set(Right)),
        ("publish,link", {Right.WRITE, Right.LINK}),
        ("link,link", {Right.LINK}),
    ],
)
def test_scope_is_a_name_for_rights(tmp_path: Path, words: str, rights: set[Right]) -> None:
    (token,) = read_tokens(_file(tmp_path, f"anna {LONG} {words}"))
    assert token.rights == rights


def _token_new(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "vakgraaf", "token", "new", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_new_token_and_its_line_belong_together_and_the_line_does_not_have_the_token(tmp_path: Path) -> None:
    made = _token_new("anna", "--rights", "publish, link")
    secret, line = made.stdout.split("\n", 1)
    (token,) = read_tokens(_file(tmp_path, line))
    assert (token.name, token.rights) == ("anna", {Right.WRITE, Right.LINK})
    assert token.digest == hashlib.sha256(secret.encode()).hexdigest()
    assert len(secret) >= 43
    assert secret not in line


@pytest.mark.parametrize(("name", "rights"), [("anna", ["lezen"]), ("an na", []), ("#", []), ("", ["write"])])
def test_token_that_the_file_could_not_have_is_not_made(name: str, rights: list[str]) -> None:
    with pytest.raises(InputError):
        new_token(name, rights)


class Rotated:
    """A server, and the file of its tokens."""

    def __init__(self, address: str, file: Path) -> None:
        self.address = address
        self.file = file

    def lets(self, token: str) -> int:
        """What a request with a token for `/queries` is answered."""
        return httpx.get(f"{self.address}/queries", headers={"authorization": f"Bearer {token}"}).status_code

    def put(self, text: str, mode: int = 0o600) -> None:
        """Another file in the place of this one, as careful people do it: whole from the first moment."""
        new = self.file.with_name("new")
        new.write_text(text, "utf-8")
        new.chmod(mode)
        os.replace(new, self.file)


@pytest.fixture(scope="module")
def started(
    tmp_path_factory: pytest.TempPathFactory, running: Callable[..., AbstractContextManager[str]]
) -> Iterator[Rotated]:
    folder = tmp_path_factory.mktemp("rotated")
    file = _file(folder, f"{LONG}-1\n")
    with running(folder, update_token_file=file) as address:
        yield Rotated(address, file)


@pytest.fixture
def server(started: Rotated) -> Rotated:
    """The server with the first token and no other."""
    started.put(f"{LONG}-1\n")
    assert started.lets(f"{LONG}-1") == 200
    return started


def test_token_of_a_new_file_counts_at_once_and_the_old_one_no_longer(server: Rotated) -> None:
    assert server.lets(f"{LONG}-2") == 401
    server.put(f"{LONG}-2\n")
    assert (server.lets(f"{LONG}-1"), server.lets(f"{LONG}-2")) == (401, 200)


def test_file_that_is_written_in_its_place_counts_too(server: Rotated) -> None:
    server.file.write_text(f"{LONG}-3\n", "utf-8")
    assert (server.lets(f"{LONG}-1"), server.lets(f"{LONG}-3")) == (401, 200)


@pytest.mark.parametrize(("text", "mode"), [("kort\n", 0o600), (f"{LONG}-2 a b c\n", 0o600), (f"{LONG}-2\n", 0o644)])
def test_file_that_makes_no_sense_leaves_the_tokens_of_before_and_is_logged(
    server: Rotated, text: str, mode: int, caplog: pytest.LogCaptureFixture
) -> None:
    server.put(text, mode)
    assert (server.lets(f"{LONG}-1"), server.lets(f"{LONG}-2")) == (200, 401)
    (said,) = [record.getMessage() for record in caplog.records if "does not count" in record.getMessage()]
    assert LONG not in said


def test_file_that_is_no_text_leaves_the_tokens_of_before(server: Rotated) -> None:
    server.file.write_bytes(b"\xff\xfe" + LONG.encode())
    assert server.lets(f"{LONG}-1") == 200


def test_pipe_in_the_place_of_the_file_holds_nobody_up(server: Rotated) -> None:
    server.file.unlink()
    os.mkfifo(server.file, 0o600)
    handle = os.open(server.file, os.O_RDWR)  # who would read it waits for what is never written
    try:
        assert server.lets(f"{LONG}-1") == 200
    finally:
        os.close(handle)


def test_file_that_is_gone_lets_nobody_in_until_there_is_one_again(server: Rotated) -> None:
    server.file.unlink()
    assert server.lets(f"{LONG}-1") == 403
    server.put(f"{LONG}-1\n")
    assert server.lets(f"{LONG}-1") == 200


def test_page_that_shows_who_may_do_what_is_another_after_a_rotation(server: Rotated) -> None:
    page = f"{server.address}/links"
    first = httpx.get(page, headers={"accept": "text/html"})
    server.put(f"kijker {LONG}-1 read-queries\n")
    assert server.lets(f"{LONG}-1") == 200
    again = httpx.get(page, headers={"accept": "text/html", "if-none-match": first.headers["etag"]})
    assert again.status_code == 200
    assert again.text != first.text
