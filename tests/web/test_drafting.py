"""`/new/addendum`: the form takes a part more or less, says what is missing, and becomes a text or a judgement."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import httpx
import pytest

from filling_in import fields
from vakgraaf.pipeline.drafting import document, form


class Fields(HTMLParser):
    """The names and ids of what can be filled in."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.names: list[str] = []
        self.ids: set[str] = set()
        self.labels: set[str] = set()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag in ("input", "textarea", "select") and given.get("name", "q") != "q":
            self.names.append(given["name"])
            self.ids.add(given["id"])
        if tag == "label":
            self.labels.add(given["for"])


@pytest.mark.parametrize("language", ["nl", "en"])
def test_form_asks_everything_of_the_blueprint_and_names_every_field(client: httpx.Client, language: str) -> None:
    answer = client.get("/new/addendum", params={"lang": language})
    assert answer.status_code == 200
    shown = Fields(answer.text)
    assert sorted(shown.names) == sorted(fields(form.empty()))
    assert shown.ids <= shown.labels


def test_a_part_is_added_and_taken_away_and_the_rest_stays(client: httpx.Client) -> None:
    filled = fields(document.example())
    more = client.post("/new/addendum", data={**filled, "add": "taakgebied.0.taak"})
    assert "taakgebied.0.taak.1.naam" in Fields(more.text).names
    assert "Begeleiden van de intake" in more.text
    less = client.post("/new/addendum", data={**filled, "remove": "taakgebied.0.taak.0"})
    assert "Begeleiden van de intake" not in less.text.replace('placeholder="Begeleiden van de intake"', "")
    assert "Tuinberaad" in less.text


def test_what_must_be_filled_in_is_said_at_its_field(client: httpx.Client) -> None:
    answer = client.post("/new/addendum", data={**fields(document.example()), "naam": " ", "do": "check"})
    assert answer.status_code == 422
    assert '<a href="#naam">Naam van het beroep</a>' in answer.text
    assert 'id="naam" name="naam" aria-describedby="naam-hulp" aria-invalid="true"' in answer.text


def test_every_link_to_what_must_be_filled_in_says_which_of_its_kind_it_leads_to(client: httpx.Client) -> None:
    """WCAG 2.2, 2.4.4: two parts have a name each, and a link says of which part."""
    filled = fields(document.example()) | {"taakgebied.0.naam": "", "taakgebied.0.taak.0.naam": ""}
    page = client.post("/new/addendum", data={**filled, "do": "check"}).text
    linked = re.findall(r'<li><a href="#[^"]+">([^<]+)</a>', page.partition('role="alert"')[2].partition("</ul>")[0])
    assert linked == ["Naam (taakgebied 1)", "Naam (taakgebied 1, taak 1)"]


def test_text_can_be_taken_along(client: httpx.Client) -> None:
    answer = client.post("/new/addendum", data={**fields(document.example()), "do": "text"})
    assert answer.headers["content-disposition"] == 'attachment; filename="addendum-tuincoach-2026.txt"'
    assert answer.text == document.as_text(document.example())


def test_example_is_judged_and_found_good(client: httpx.Client) -> None:
    answer = client.post("/new/addendum", data={**fields(document.example()), "do": "check"})
    assert answer.status_code == 200
    assert "<h1>Voldoet</h1>" in answer.text
    assert "De tuincoach neemt de intake af." in answer.text


def test_whatever_is_filled_in_shows_as_text(client: httpx.Client) -> None:
    nasty = '"><script>alert(1)</script>'
    answer = client.post("/new/addendum", data={**dict.fromkeys(fields(form.empty()), nasty), "add": "competentie"})
    assert "<script>alert" not in answer.text
    assert answer.text.count("&lt;script&gt;alert(1)") >= len(fields(form.empty())) - 1


def test_a_form_with_too_many_fields_is_refused(client: httpx.Client) -> None:
    answer = client.post("/new/addendum", data={f"taakgebied.{n}.naam": "x" for n in range(6000)})
    assert answer.status_code == 400
