"""The kinds of page, by path. ``{stage:endorsing}`` stands for a demo proposal in that stage.

``{told:workshop}`` stands for the demo case of which a workshop was stated: that of the tax
service; ``{told:consultation}`` for that of the bus trial. ``{split:reached}`` is a demo case in
that stage that was split into demands.
"""

import json
import re
import urllib.request

from tests.e2e.conftest import Site

PUBLIC_PAGES = (
    "/",
    "/proposals/",
    "/proposals/{stage:endorsing}/",
    "/proposals/{stage:answered}/",
    "/proposals/{stage:overdue}/",
    "/proposals/{stage:lapsed}/",
    "/proposals/{stage:endorsing}/endorsements/",
    "/proposals/?q=%E5%A0%B1%E7%A8%85",
    "/cases/{stage:overdue}/",
    "/co-drafting/",
    "/register/hidden/",
    "/register/invalidated/",
    "/proposals/{stage:endorsing}/invalidated/",
    "/about/",
    "/about/rules/",
    "/about/ladder/",
    "/cases/{told:workshop}/",
    "/cases/{told:workshop}/findings/",
    "/cases/{split:reached}/",
    "/cases/{split:reached}/demands/",
    "/en/cases/{split:reached}/demands/",
    "/cases/{split:answered}/demands/",
    "/cases/{told:workshop}/demands/",
    "/cases/{told:consultation}/",
    "/en/cases/{told:consultation}/findings/",
    "/indicators/",
    "/indicators/?relation=G2C",
    "/indicators/practice-wheel/",
    "/indicators/practice-wheel/?unit=P03&show=ranking",
    "/indicators/practice-wheel/?show=quadrant",
    "/indicators/practice-wheel/?show=trend",
    "/indicators/practice-wheel/?show=shifts",
    "/indicators/practice-wheel/?show=weights",
    "/indicators/practice-wheel/?show=robustness",
    "/indicators/practice-wheel/?show=estimates",
    "/indicators/practice-wheel/method/",
    "/en/indicators/practice-wheel/",
    "/indicators/hdi-2010/",
    "/indicators/hdi-2010/method/",
    "/indicators/list/practice.broadband/?unit=P01",
    "/indicators/units/P01/",
    "/indicators/services/?relation=G2B",
    "/indicators/sources/practice/",
    "/indicators/surveys/",
    "/indicators/surveys/digital-opportunity-2019/",
    "/en/indicators/surveys/digital-opportunity-2019/",
    "/indicators/conduct/",
    "/en/indicators/conduct/?measure=answers-in-time",
    "/about/accessibility/",
    "/about/privacy/",
    "/agencies/",
    "/clock/",
    "/meetings/",
    "/meetings/{meeting:reported}/",
    "/en/meetings/{meeting:announced}/",
    "/meetings/{meeting:reported}/questions/",
    "/cases/{told:workshop}/issues/",
    "/cases/{told:workshop}/stakeholders/",
    "/meetings/topics/",
    "/agencies/mof/",
    "/ledger/",
    "/ledger/leaf/0/",
    "/ledger/receipt/",
    "/proposals/{stage:endorsing}/ledger/",
    "/cases/{stage:answered}/",
    "/cases/{stage:answered}/corrections/",
    "/account/login/",
    "/account/signup/",
    "/dev/outbox/",
    "/dev/accounts/",
    "/en/",
    "/en/proposals/{stage:endorsing}/",
)
CITIZEN_PAGES = (
    "/my/",
    "/propose/",
    "/proposals/{stage:endorsing}/endorse/",
    "/cases/{stage:answered}/survey/",
    "/account/profile/",
    "/account/notices/",
    "/account/close/",
    "/en/my/",
)
FORMER = "/desk/phrases/7/"  # the seventh of response-templates.json has a former version
STAFF_PAGES = {
    "checker-1": (
        "/desk/",
        "/desk/checks/",
        "/desk/appeals/",
        "/desk/comments/",
        "/desk/survey-words/",
    ),
    "officer-motc": (
        "/desk/",
        "/desk/responses/",
        "/desk/delegations/",
        "/desk/offers/",
        "/desk/phrases/",
        "/desk/phrases/1/",  # the platform's: to be read
        "/desk/cases/{split:answered}/demands/",
    ),
    "po-motc": ("/desk/meetings/topics/", "/desk/meetings/topics/new/"),
    "officer-moi": (
        "/desk/cases/{stage:overdue}/plan/",
        "/desk/cases/{stage:overdue}/plan/publish/",
        "/desk/cases/{stage:overdue}/contacts/",
        "/desk/cases/{stage:overdue}/posts/",
        "/desk/cases/{stage:overdue}/corrections/",
    ),
    "lead-moi": (
        "/desk/phrases/",
        "/desk/phrases/new/",
        FORMER,
        f"/en{FORMER}",
        "/desk/responses/{stage:overdue}/",
        "/desk/",
        "/desk/keys/",
        "/desk/cases/",
        "/desk/cases/{stage:overdue}/",
        "/desk/cases/{stage:overdue}/record/",
    ),
    "admin-1": (
        "/desk/",
        "/desk/indicators/",
        "/desk/indicators/new/",
        "/desk/indicators/sources/practice/",
        "/en/desk/indicators/sources/practice/imports/1/",
        "/desk/indicators/sources/practice/import/",
        "/desk/indicators/sources/digital-opportunity-2019/statements/",
        "/desk/indicators/sources/digital-opportunity-2019/statements/new/",
        "/desk/indicators/units/",
        "/desk/indicators/units/add/service/",
        "/desk/indicators/units/practice-service.local-tax/change/",
        "/desk/indicators/methods/",
        "/desk/agencies/",
        "/desk/agencies/mof/",
        "/desk/campaigns/",
        "/desk/pauses/",
        "/desk/roles/",
        "/desk/rules/",
        "/desk/switches/",
        "/desk/switches/signing/",
    ),
    "clerk-1": ("/desk/", "/desk/counter/"),
    "officer-moe": (
        "/desk/responses/{split:reached_moe}/",
        "/desk/cases/{split:reached_moe}/",
        "/desk/cases/{split:reached_moe}/demands/",
    ),
    "officer-mof": (
        "/desk/cases/{told:workshop}/",
        "/desk/cases/{told:workshop}/findings/",
        "/desk/cases/{told:workshop}/participation/",
        "/desk/meetings/",
        "/desk/meetings/new/",
        "/desk/meetings/actions/",
        "/desk/meetings/{meeting:mof}/",
        "/desk/meetings/{meeting:mof}/print/",
        "/desk/meetings/{meeting:mof}/questions/",
        "/desk/meetings/{meeting:mof}/concepts/",
        "/desk/meetings/{meeting:mof}/transcript/",
        "/desk/cases/{told:workshop}/issues/",
        "/desk/cases/{told:workshop}/stakeholders/",
    ),
}
_numbers: dict[str, str] = {}


def _number(stage: str, site: Site) -> str:
    """The case number of one proposal in that stage, asked of the platform's own API."""
    if stage not in _numbers:
        url = f"{site.url}/api/v1/proposals?stage={stage}"
        with urllib.request.urlopen(url, timeout=10) as answer:
            _numbers[stage] = json.load(answer)["items"][0]["number"]
    return _numbers[stage]


def _told(kind: str, site: Site) -> str:
    """The case number of the demo case of which a process of that kind was stated."""
    if kind not in _numbers:
        with urllib.request.urlopen(f"{site.url}/api/v1/ladder", timeout=10) as answer:
            for one in json.load(answer)["processes"]:
                _numbers.setdefault(one["kind"], one["case"])
    return _numbers[kind]


def _meeting(wanted: str, site: Site) -> str:
    """The number of the latest demo meeting in that state, or of that agency."""
    if not _numbers.keys() & {"reported", "announced"}:
        with urllib.request.urlopen(f"{site.url}/api/v1/meetings", timeout=10) as answer:
            for one in json.load(answer)["items"]:
                _numbers.setdefault(one["state"], one["number"])
                _numbers.setdefault(one["agency"]["code"], one["number"])
    return _numbers[wanted]


def _split(where: str, site: Site) -> str:
    """The number of the first case whose split into demands was published, such as ``reached``
    for one in that stage, or ``reached_moe`` for one that agency has a demand in."""
    stage, _, agency = where.partition("_")
    url = f"{site.url}/api/v1/proposals?stage={stage}"
    with urllib.request.urlopen(url, timeout=10) as answer:
        numbers = [one["number"] for one in json.load(answer)["items"]]
    for number in numbers:
        with urllib.request.urlopen(
            f"{site.url}/api/v1/cases/{number}/demands", timeout=10
        ) as told:
            split = json.load(told)
        charged = {one["agency"]["code"] for one in split["demands"] if one["agency"]}
        if split["version"] is not None and (not agency or agency in charged):
            return str(number)
    raise LookupError(f"no demo case is split: {where}")


def resolve(paths: tuple[str, ...], site: Site) -> list[str]:
    """The paths with real numbers in them."""
    ways = {"stage": _number, "told": _told, "meeting": _meeting, "split": _split}
    return [
        re.sub(
            r"\{(stage|told|meeting|split):(\w+)\}",
            lambda found: ways[found[1]](found[2], site),
            path,
        )
        for path in paths
    ]
