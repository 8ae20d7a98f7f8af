"""What the platform says of itself: complete in both languages, with true numbers and anchors."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from minben.casework.queries import rule_sets
from minben.config.api import api
from minben.portal.api_described import endpoints
from minben.portal.api_words import SENTENCES
from tests.web.proposals.stages import OPEN

pytestmark = pytest.mark.django_db
At = Callable[..., Any]
PAGES = (
    "about/",
    "about/rules/",
    "about/accessibility/",
    "about/privacy/",
    "about/licence/",
    "about/api/",
    "feeds/",
    "styleguide/",
    "styleguide/proposal/",
)


@pytest.mark.parametrize("prefix", ["/", "/en/"])
@pytest.mark.parametrize("path", PAGES)
def test_every_page_answers_in_both_languages(client: Client, path: str, prefix: str) -> None:
    response = client.get(f"{prefix}{path}")
    assert response.status_code == 200
    html = response.content.decode()
    assert 'lang="en"' in html if prefix == "/en/" else 'lang="zh-Hant-TW"' in html
    assert " style=" not in html
    assert client.post(f"{prefix}{path}").status_code == 405


def test_every_rule_set_stands_there_with_numbers_basis_source_and_grounds(
    client: Client,
) -> None:
    html = client.get("/about/rules/").content.decode()
    for row in rule_sets():
        assert f'id="{row.code}"' in html
        assert row.title_zh in html
        assert row.digest in html
        assert row.rules.response.basis in html
        for ground in row.rules.grounds:
            assert f'id="{row.code}-{ground.code}"' in html
            assert ground.zh in html
    assert "1,500 人附議" in html
    assert 'id="calendar"' in html


def test_rules_in_force_are_told_from_earlier_ones(client: Client, at_instant: At) -> None:
    with at_instant(OPEN):
        html = client.get("/en/about/rules/").content.decode()
    assert html.count("for earlier proposals") == 3
    assert html.index("tw-join-2018") < html.index("tw-join-2017") < html.index("tw-join-2015")


def test_the_practice_installation_says_so(client: Client, settings: Any) -> None:
    assert "practice installation" in client.get("/en/about/").content.decode()
    settings.SANDBOX = False
    html = client.get("/en/about/privacy/").content.decode()
    assert "practice installation" not in html
    assert "has not given a name yet" in html


def test_the_operator_is_named_where_one_is_set(client: Client, settings: Any) -> None:
    settings.OPERATOR_NAME, settings.OPERATOR_CONTACT = "民本市政府", "help@example.org"
    html = client.get("/about/accessibility/").content.decode()
    assert "民本市政府" in html
    assert 'href="mailto:help@example.org"' in html


def test_the_page_about_the_api_is_made_from_its_description(client: Client) -> None:
    html = client.get("/en/about/api/").content.decode()
    schema = api.get_openapi_schema()
    assert all(path in html for path in schema["paths"])
    assert "//cdn" not in html


def test_each_sentence_of_the_description_is_in_the_catalogue() -> None:
    with translation.override("en"):
        found = endpoints(api.get_openapi_schema())
    sentences = {
        text
        for one in found
        for text in (one.title, one.text, *(parameter.text for parameter in one.parameters))
        if text
    }
    assert sentences - set(SENTENCES) == set()
    assert set(SENTENCES) - sentences == set()


def test_the_api_is_told_in_chinese(client: Client) -> None:
    html = client.get("/about/api/").content.decode()
    assert "提議列表" in html
    assert not [sentence for sentence in SENTENCES if f"<p>{sentence}</p>" in html]
