"""How many requests are being answered."""

from __future__ import annotations

from vakgraaf.errors import Overloaded


class Crowd:
    """Counts who is inside (`with crowd`); `most` is how many there may be."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._here = 0

    @property
    def full(self) -> bool:
        """Whether who comes now is one too many."""
        return self._here >= self._most

    def enter(self) -> None:
        """One more."""
        self._here += 1

    def leave(self) -> None:
        """One less."""
        self._here -= 1

    def __enter__(self) -> None:
        self.enter()

    def __exit__(self, *_: object) -> None:
        self.leave()


def too_many() -> Overloaded:
    """503, with the advice to come back."""
    return Overloaded(
        "Er zijn nu te veel verzoeken tegelijk. Probeer het straks opnieuw.",
        "There are too many requests at once. Try again shortly.",
    )
