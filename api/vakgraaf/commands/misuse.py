"""A command line that is not understood, said in Dutch and English: the library that reads it knows English alone."""

from __future__ import annotations

import re
from typing import Any, cast

import typer

from vakgraaf.errors import InputError

Misuse = cast("type[Exception]", typer.BadParameter.__base__)
"""What is raised for it: the library has no public name for the whole kind."""

_VALUE = r"Invalid value for '(.+?)'.*: "
_SAID = {
    r"No such option: (\S+) \(Possible options: (.*)\)": (
        "De optie {} bestaat niet. Bedoelt u een van deze: {}?",
        "There is no option {}. Is it one of these: {}?",
    ),
    r"No such option: (\S+)": ("De optie {} bestaat niet.", "There is no option {}."),
    r"No such command '(.*)'\.": ("Het commando {} bestaat niet.", "There is no command {}."),
    r"Missing command\.": ("Er ontbreekt een commando.", "A command is missing."),
    r"Missing option '(.*?)'.*": ("De optie {} ontbreekt.", "The option {} is missing."),
    r"Missing \w+ '(.*?)'.*": ("Het argument {} ontbreekt.", "The argument {} is missing."),
    r"Got unexpected extra arguments?(?:\(s\))? \((.*)\)": ("Dit hoort er niet bij: {}.", "This does not belong: {}."),
    r"Option '(.*)' requires an argument\.": ("Achter {} ontbreekt een waarde.", "A value is missing behind {}."),
    r"Option '(.*)' does not take a value\.": ("Bij {} hoort geen waarde.", "{} takes no value."),
    _VALUE + r"(?:Value error, )?'(.*)' is not one of (.*?)\.?": (
        "{} kan niet {} zijn; kies uit {}.",
        "{} cannot be {}; choose from {}.",
    ),
    _VALUE + r"Input should be a valid integer.*": ("{} moet een geheel getal zijn.", "{} must be a whole number."),
    _VALUE + r"Input should be a valid number.*": ("{} moet een getal zijn.", "{} must be a number."),
}
"""The library's sentences, and ours with the same words from the command line in them."""


def explained(error: Exception) -> InputError:
    """What is wrong with the command line, and where to read how it should be."""
    said: Any = error
    nl = en = said.format_message()
    for pattern, (dutch, english) in _SAID.items():
        if match := re.fullmatch(pattern, nl):
            nl, en = dutch.format(*match.groups()), english.format(*match.groups())
            break
    program = said.ctx.command_path if said.ctx is not None else "vakgraaf"
    return InputError(f"{nl} Zie '{program} --help'.", f"{en} See '{program} --help'.")
