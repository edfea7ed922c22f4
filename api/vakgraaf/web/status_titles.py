"""What a problem is called that is HTTP's own: the `title` where `type` is `about:blank`."""

from __future__ import annotations

from http import HTTPStatus


def title_of_status(status: int, language: str) -> str:
    """The phrase of this status, in English as HTTP has it (RFC 9457 §4.2.1), else in Dutch."""
    return HTTPStatus(status).phrase if language == "en" else _DUTCH.get(status, "Dit verzoek kan hier niet")


_DUTCH = {
    400: "Dit verzoek klopt niet",
    401: "Geen bekend token",
    403: "Niet toegestaan",
    404: "Niet gevonden",
    405: "Methode niet toegestaan",
    406: "Niet in deze vorm",
    408: "Het verzoek kwam niet op tijd",
    412: "Niet aan de voorwaarde voldaan",
    413: "Het verzoek is te groot",
    414: "Het adres is te lang",
    415: "Dit soort inhoud wordt hier niet gelezen",
    421: "Aan een andere server gericht",
    429: "Te veel verzoeken",
    431: "Te veel in de headers",
    501: "Dit kan deze server niet",
}
