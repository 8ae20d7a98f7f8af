"""Every public page names its JSON twin, and the twin is there."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from minben.kernel.actor import Role
from minben.proposals import actions
from tests.factories import DAY, DAY0, actor, make_agency, make_person
from tests.findings_samples import a_case, officer, published
from tests.indicator_practice import INDEX, practised
from tests.many import make_many
from tests.registry_scene import noted, surveyed
from tests.web.ledger.logs import sign
from tests.web.proposals.stages import OPEN, answered_one, hidden_one, open_one

pytestmark = pytest.mark.django_db
At = Callable[..., Any]
TWIN = re.compile(r'<link rel="alternate" type="application/json" href="([^"]+)"')


def pages() -> list[str]:
    """Addresses of every kind of public page, with something to show on each."""
    make_many(3, agencies=(make_agency(),))
    opened, hidden = open_one(), hidden_one()
    answered = answered_one()
    author = actor(make_person())
    draft = actions.begin_draft(jurisdiction_code="ey", by=author, at=DAY0)
    actions.save_draft(draft_id=draft.pk, changes={"subject": "請大家一起修改"}, by=author, at=DAY0)
    actions.open_codrafting(draft_id=draft.pk, days=30, by=author, at=DAY0)
    number = opened.case.number
    service = a_case()
    published(service, officer(service))
    practised()
    noted(surveyed())
    sign(OPEN)
    return [
        "",
        "proposals/",
        "proposals/?topic=transport&q=行人&stage=endorsing&page=1",
        f"proposals/{number}/",
        f"proposals/{answered.case.number}/",
        f"proposals/{number}/endorsements/",
        f"proposals/{number}/comments/",
        f"proposals/{number}/invalidated/",
        f"cases/{number}/demands/",
        "register/invalidated/",
        "register/hidden/",
        f"register/hidden/{hidden.case.number}/",
        "co-drafting/",
        f"co-drafting/{draft.pk}/",
        "about/",
        "about/rules/",
        "about/accessibility/",
        "about/privacy/",
        "about/licence/",
        "about/api/",
        "feeds/",
        "clock/",
        "clock/?state=early&agency=mof",
        "agencies/",
        "agencies/mof/",
        "ledger/",
        "ledger/receipt/",
        "ledger/leaf/0/",
        f"proposals/{number}/ledger/",
        f"cases/{service.number}/findings/",
        "about/ladder/",
        "indicators/",
        f"indicators/{INDEX}/?unit=B&period=2021",
        f"indicators/{INDEX}/method/",
        "indicators/list/p-access/",
        "indicators/units/B/",
        "indicators/services/",
        "indicators/services/?relation=G2C&agency=mof",
        "indicators/sources/practice/",
        "indicators/surveys/",
        "indicators/surveys/yunlin-digital/",
    ]


@pytest.mark.parametrize("prefix", ["/", "/en/"])
def test_every_public_page_has_a_twin(client: Client, at_instant: At, prefix: str) -> None:
    paths = pages()
    without, broken = [], []
    with at_instant(OPEN + 12 * DAY):
        for path in paths:
            page = client.get(f"{prefix}{path}")
            assert page.status_code == 200, path
            found = TWIN.search(page.content.decode())
            if found is None:
                without.append(path)
                continue
            twin = client.get(found[1].replace("&amp;", "&"))
            if twin.status_code != 200 or not twin.json():
                broken.append((path, found[1], twin.status_code))
    assert without == []
    assert broken == []


def test_the_twin_of_a_list_is_the_same_list(client: Client, at_instant: At) -> None:
    make_many(9)
    with at_instant(OPEN):
        html = client.get("/proposals/?topic=health&sort=endorsed").content.decode()
        found = TWIN.search(html)
        assert found
        twin = client.get(found[1].replace("&amp;", "&")).json()
    assert f"{twin['count']} 件" in html
    assert [item["number"] for item in twin["items"]] == re.findall(
        r'proposal-card-title"><a href="/proposals/([^/]+)/', html
    )


def test_pages_of_ones_own_have_none(citizen_client: At, staff_client: At) -> None:
    for reader, path in ((citizen_client(), "/my/"), (staff_client(Role.CHECKER), "/desk/")):
        assert TWIN.search(reader.get(path).content.decode()) is None
