"""Settings from a file, the environment and the command line; and what `serve --check` says of them."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest
from typer.testing import CliRunner

from vakgraaf.__main__ import command_line
from vakgraaf.errors import InputError, UnreadableInput
from vakgraaf.settings import Settings

EXAMPLE = Path(__file__).parents[2] / "docs" / "deploy" / "vakgraaf.toml"


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    for name in ("VAKGRAAF_CONFIG", "VAKGRAAF_PORT", "VAKGRAAF_HOST", "VAKGRAAF_TEST_ALL"):
        monkeypatch.delenv(name, raising=False)


def written(folder: Path, text: str) -> Path:
    path = folder / "vakgraaf.toml"
    path.write_text(text, "utf-8")
    path.chmod(0o600)
    return path


def checked(*arguments: str) -> tuple[int, str]:
    run = CliRunner().invoke(command_line(["serve"]), ["serve", "--check", *arguments])
    if run.exception is not None and not isinstance(run.exception, SystemExit):
        raise run.exception
    return run.exit_code, run.output


def remarks(*arguments: str) -> tuple[int, dict[str, bool]]:
    """The exit code; each setting that there is a remark on → whether it is unsafe."""
    code, output = checked("--json", *arguments)
    return code, {it["setting"]: it["unsafe"] for it in json.loads(output)["remarks"]}


def test_command_line_comes_before_environment_before_file_before_default(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = written(tmp_path, "port = 1\nqueue_length = 2\nworkers = 3\n")
    monkeypatch.setenv("VAKGRAAF_PORT", "11")
    monkeypatch.setenv("VAKGRAAF_QUEUE_LENGTH", "12")
    found = Settings(config=path, port=21)
    assert (found.port, found.queue_length, found.workers, found.max_nesting) == (21, 12, 3, 100)
    _, output = checked("--json", "--config", str(path), "--port", "21")
    told = json.loads(output)["settings"]
    origins = [told[name]["from"] for name in ("port", "queue_length", "workers", "max_nesting")]
    assert origins == ["command line", "environment", "file", "default"]
    assert [told[name]["value"] for name in ("port", "queue_length", "workers")] == [21, 12, 3]


def test_file_may_be_named_by_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VAKGRAAF_CONFIG", str(written(tmp_path, "port = 4321")))
    assert Settings().port == 4321


@pytest.mark.parametrize(
    ("text", "nl", "en"),
    [
        ("\nprot = 1", "regel 2: 'prot' is geen instelling. Bedoelde u 'port'?", "line 2: 'prot' is no setting."),
        ("[server]\nport = 1", "regel 1: 'server' is geen instelling.", "line 1"),
        ("port = '8000'", "regel 1: 'port' moet een geheel getal zijn, en is '8000'.", "has to be a whole number"),
        ("read_only = 'yes'", "moet true of false zijn", "has to be true or false"),
        ("workers = true", "moet een geheel getal zijn, en is True", "whole number"),
        ("host = 1", "moet een tekst tussen aanhalingstekens zijn", "a text between quotation marks"),
        ("\n\nport = 70000", "regel 3: 'port' moet hoogstens 65535 zijn", "line 3: 'port' has to be at most 65535"),
        ("quick_query_s = 0", "moet meer dan 0.0 zijn", "has to be more than 0.0"),
        ("log = 'al'", "moet een van 'nothing', 'problems' of 'requests' zijn", "has to be one of"),
        ("prefix = 'a'", "'prefix' moet", "'prefix' has to be"),
        ("port = = 1", "is geen geldige TOML", "is not valid TOML"),
        ("port = 1\nport = 2", "is geen geldige TOML", "is not valid TOML"),
        ("config = 'x'", "'config' is geen instelling", "'config' is no setting"),
    ],
)
def test_file_is_read_strictly_and_says_where_it_is_wrong(tmp_path: Path, text: str, nl: str, en: str) -> None:
    path = written(tmp_path, text)
    with pytest.raises(InputError) as problem:
        Settings(config=path)
    assert nl in problem.value.nl
    assert en in problem.value.en
    assert str(path) in problem.value.nl


def test_file_that_is_not_there_is_said_and_so_is_a_wrong_variable(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(UnreadableInput):
        Settings(config=tmp_path / "nergens.toml")
    monkeypatch.setenv("VAKGRAAF_PORT", "acht")
    with pytest.raises(InputError, match="VAKGRAAF_PORT moet een geheel getal zijn, en is 'acht'"):
        Settings()


def test_example_file_has_every_setting_and_says_what_is_so_without_it(tmp_path: Path) -> None:
    text = EXAMPLE.read_text("utf-8")
    named = {line.removeprefix("#").strip().partition(" = ")[0] for line in text.splitlines() if " = " in line[:40]}
    assert set(Settings.model_fields) - {"config"} <= named
    assert tomllib.loads(text) == {}, "every line of it is a comment, until somebody changes it"
    bare = "\n".join(line.removeprefix("#") for line in text.splitlines() if not line.startswith("# "))
    given = Settings(config=written(tmp_path, bare)).model_dump(exclude={"config", "store", "memory_budget_mb"})
    assert given == Settings().model_dump(exclude={"config", "store", "memory_budget_mb"})


def test_check_of_what_is_usual_finds_nothing_unsafe_and_starts_nothing(tmp_path: Path) -> None:
    code, output = checked("--store", str(tmp_path / "nieuw"))
    assert code == 0
    assert "Niets is onveilig." in output
    assert "port " in output
    assert "(opdrachtregel)" in output
    assert not (tmp_path / "nieuw").exists()
    assert "Nothing is unsafe." in checked("--lang", "en")[1]


def tokens(folder: Path, rights: str = "write", mode: int = 0o600) -> str:
    path = folder / "tokens"
    path.write_text(f"tuinbouw {'geheim' * 4} {rights}\n", "utf-8")
    path.chmod(mode)
    return str(path)


@pytest.mark.parametrize(
    ("settings", "setting"),
    [
        ("host = '0.0.0.0'\nrate_limit = 0", "rate_limit"),
        ("validate_writes = false", "validate_writes"),
        ("host = '0.0.0.0'", "trusted_proxies"),
        ("trusted_proxies = '0.0.0.0/0'", "trusted_proxies"),
    ],
)
def test_check_names_what_is_unsafe_and_says_no(tmp_path: Path, settings: str, setting: str) -> None:
    path = written(tmp_path, settings)
    code, found = remarks("--config", str(path), "--update-token-file", tokens(tmp_path))
    assert found[setting] is True
    assert code == 1


def test_check_names_tokens_that_pass_the_gate_by(tmp_path: Path) -> None:
    code, output = checked("--update-token-file", tokens(tmp_path, "write,no-validate"))
    assert code == 1
    assert "schrijven zonder toetsing: tuinbouw" in output
    assert "geheim" not in output


def test_check_names_files_that_others_can_reach(tmp_path: Path) -> None:
    path = written(tmp_path, "")
    path.chmod(0o666)
    code, found = remarks("--config", str(path), "--update-token-file", tokens(tmp_path, mode=0o640))
    assert found["config"] is True
    assert found["update_token_file"] is False, "a group is something to be aware of"
    assert code == 1


@pytest.mark.parametrize(
    ("settings", "setting"),
    [
        ("log_queries = true", "log_queries"),
        ("log = 'nothing'", "log"),
        ("", "publisher_name"),
        ("allow_hosts = '127.0.0.1:9'", "allow_hosts"),
        ("worker_memory_mb = 10000000", "worker_memory_mb"),
    ],
)
def test_check_names_what_to_be_aware_of_and_says_yes(tmp_path: Path, settings: str, setting: str) -> None:
    code, found = remarks("--config", str(written(tmp_path, settings)))
    assert found[setting] is False
    assert code == 0


def test_check_finds_variables_that_are_no_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VAKGRAAF_READONLY", "1")
    code, output = checked()
    assert "VAKGRAAF_READONLY: deze variabele is geen instelling. Bedoelde u VAKGRAAF_READ_ONLY?" in output
    assert code == 1


def test_check_shows_no_passwords(tmp_path: Path) -> None:
    path = written(tmp_path, "remote_parameters = 'key=geheim&x=geheim'\nremote_update_url = 'http://u:geheim@h/'")
    _, output = checked("--config", str(path))
    assert "geheim" not in output
    assert "key=…&x=…" in output


@pytest.mark.parametrize(("language", "words"), [("nl", "Noem dan die proxy"), ("en", "Then name that proxy")])
def test_limits_that_a_proxy_on_this_machine_would_undo_are_pointed_out(
    tmp_path: Path, language: str, words: str
) -> None:
    for text, told in (
        ("", True),
        ("rate_limit = 0.0\n", True),
        ("rate_limit = 0.0\nmax_client_connections = 0\n", False),
        ('trusted_proxies = "127.0.0.1"\n', False),
    ):
        path = str(written(tmp_path, text))
        code, output = checked("--lang", language, "--config", path)
        assert (words in " ".join(output.split())) is told
        assert code == 0
        assert ("trusted_proxies" in remarks("--config", path)[1]) is told
