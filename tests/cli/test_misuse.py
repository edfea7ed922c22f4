"""A command line that is not understood is answered in the language that the user asked for, with exit code 2."""

from __future__ import annotations

import sys

import pytest

from vakgraaf.__main__ import main

_MISTAKES = {
    "serve --prot 1": (
        "De optie --prot bestaat niet. Bedoelt u een van deze: --empty, --host, --port? Zie 'vakgraaf serve --help'.",
        "There is no option --prot. Is it one of these: --empty, --host, --port? See 'vakgraaf serve --help'.",
    ),
    "query --zz": (
        "De optie --zz bestaat niet. Zie 'vakgraaf query --help'.",
        "There is no option --zz. See 'vakgraaf query --help'.",
    ),
    "serve --empty=3": ("Bij --empty hoort geen waarde.", "--empty takes no value."),
    "serve --port": ("Achter --port ontbreekt een waarde.", "A value is missing behind --port."),
    "serve --port x": ("--port moet een geheel getal zijn.", "--port must be a whole number."),
    "query": ("Het argument file ontbreekt.", "The argument file is missing."),
    "query a b": ("Dit hoort er niet bij: b.", "This does not belong: b."),
    "nix": ("Het commando nix bestaat niet.", "There is no command nix."),
    "link nix": ("Het commando nix bestaat niet.", "There is no command nix."),
    "validate --format zz x": (
        "--format kan niet zz zijn; kies uit 'text', 'json',",
        "--format cannot be zz; choose from 'text', 'json',",
    ),
}


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("mistake", _MISTAKES)
def test_mistake_in_a_command_line_is_told_in_the_language_of_the_user(
    mistake: str, language: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("VAKGRAAF_LANG", language)
    monkeypatch.setattr(sys, "argv", ["vakgraaf", *mistake.split()])
    with pytest.raises(SystemExit) as ended:
        main()
    said = capsys.readouterr()
    assert (ended.value.code, said.out) == (2, "")
    assert said.err.startswith(_MISTAKES[mistake][language == "en"])
    assert said.err.endswith("--help'.\n")


@pytest.mark.parametrize(("arguments", "code"), [("", 2), ("link", 2), ("--help", 0), ("query --help", 0)])
def test_who_asks_nothing_or_for_help_gets_help(
    arguments: str, code: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["vakgraaf", *arguments.split()])
    with pytest.raises(SystemExit) as ended:
        main()
    said = capsys.readouterr()
    assert ended.value.code == code
    assert "Usage" in said.out + said.err
