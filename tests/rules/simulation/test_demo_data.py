"""The demo data set (示範資料): whole, consistent with the rule sets, and safe to publish."""

import json
import math
import re
import tomllib
from collections import Counter
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from minben.kernel.text import NEAR_DUPLICATE, similarity
from minben.proposals.invalidation import REASONS

SOURCES = Path(__file__).parents[3] / "src" / "minben"
DEMO = SOURCES / "simulation" / "data" / "demo"
RULE_SETS = SOURCES / "casework" / "data" / "rulesets"

Row = dict[str, Any]

FIELDS = {
    "key", "jurisdiction", "stage", "proposer", "subject", "content", "benefits",
    "evidence_links", "agencies", "topic", "checked_after_hours", "check", "appeal",
    "endorsement", "comments", "response", "withdraw_reason", "merge_into", "note",
}  # fmt: skip
OPTIONAL = {
    "filed_days_ago", "filed_on", "content_withheld", "public_subject", "public_content",
    "withdrawn_days_after_open", "repropose_of", "near_duplicate_of", "history",
    "handling",
}  # fmt: skip
STAGES = {
    "draft", "codrafting", "codrafting_expired", "checking", "hidden", "hidden_appealed",
    "appeal_upheld", "scheduled", "endorsing", "reached", "overdue", "answered", "lapsed",
    "withdrawn",
}  # fmt: skip
BEFORE_CHECK = {"draft", "codrafting", "codrafting_expired", "checking"}
REACHED = {"reached", "overdue", "answered"}
OPENED = REACHED | {"endorsing", "lapsed", "withdrawn", "appeal_upheld"}
SHAPES = {"steady", "news_spike", "slow_start", "mobilised", "decay", "last_minute"}
BLOCKS = ("analysis", "deliberation", "adoption_reason", "follow_up")
ADOPTIONS = {"under_study", "adopted", "partly_adopted", "not_adopted"}
ROLES = {"checker", "officer", "lead", "administrator", "clerk", "participation"}
RESPONSE_DAYS = 59  # two months are never shorter


def load(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


PEOPLE = load(DEMO / "people.json")
AGENCY_ROWS = [
    *load(SOURCES / "people" / "data" / "agencies.json"),
    *load(DEMO / "agencies.json"),
]
AGENCIES = {row["code"]: row for row in AGENCY_ROWS}
TOPICS = {row["code"] for row in load(DEMO / "topics.json")}
CITIZENS = {row["key"]: row for row in PEOPLE["citizens"]}
STAFF = {row["key"]: row for row in PEOPLE["staff"]}
PLACES = {
    row["name_zh"]: [town["zh"] for town in row["townships"]]
    for row in load(SOURCES / "people" / "data" / "places.json")
}
DOCUMENTS = [
    tomllib.loads(path.read_text(encoding="utf-8"))
    for path in (*RULE_SETS.glob("*.toml"), DEMO / "practice-rules.toml")
]
RULES = {  # of each jurisdiction, the rule set in force last
    document["jurisdiction"]["code"]: document["parameters"]
    for document in sorted(DOCUMENTS, key=lambda document: str(document["in_force_from"]))
}
PROPOSALS: dict[str, Row] = {path.stem: load(path) for path in (DEMO / "proposals").glob("*.json")}
CAMPAIGNS: list[Row] = load(DEMO / "campaigns.json")
each_proposal = pytest.mark.parametrize("row", PROPOSALS.values(), ids=PROPOSALS.keys())


def opened_days_ago(row: Row) -> int:
    """Whole days since endorsing opened, at the latest."""
    hours: float = row["checked_after_hours"]
    if appeal := row["appeal"]:
        hours += 24 * (appeal["filed_days_after_hiding"] + appeal["decided_after_days"])
    return int(row["filed_days_ago"]) - math.ceil(hours / 24) - 1


def bilingual(value: Any) -> bool:
    return set(value) == {"zh", "en"} and all(text.strip() for text in value.values())


def test_every_stage_is_there_and_the_total_is_bearable() -> None:
    assert len(PROPOSALS) >= 34
    assert {row["stage"] for row in PROPOSALS.values()} == STAGES
    totals = [row["endorsement"]["total"] for row in PROPOSALS.values() if row["endorsement"]]
    assert sum(totals) <= 45_000
    assert sum(total > 5_000 for total in totals) <= 5


@each_proposal
def test_a_proposal_has_the_fields_and_every_reference_exists(row: Row) -> None:
    assert FIELDS <= row.keys() <= FIELDS | OPTIONAL
    assert PROPOSALS[row["key"]] is row
    assert ("filed_days_ago" in row) != ("filed_on" in row)
    assert row["jurisdiction"] in RULES
    assert row["proposer"] in CITIZENS
    assert row["topic"] in TOPICS
    assert len(row["agencies"]) <= RULES[row["jurisdiction"]]["max_agencies"]
    assert all(AGENCIES[code]["jurisdiction"] == row["jurisdiction"] for code in row["agencies"])
    for link in ("merge_into", "repropose_of", "near_duplicate_of"):
        assert row.get(link) is None or row[link] in PROPOSALS.keys() - {row["key"]}


@each_proposal
def test_the_wording_fits_the_rule_set_in_both_languages(row: Row) -> None:
    limits = RULES[row["jurisdiction"]]["limits"]
    for field in ("subject", "content", "benefits"):
        assert bilingual(row[field])
        assert limits[f"{field}_min"] <= len(row[field]["zh"]) <= limits[field]
    if not row.get("content_withheld"):
        assert 150 <= len("".join(row["content"]["zh"].split())) <= 500
    assert len(row["evidence_links"]) <= limits["links"]
    for link in row["evidence_links"]:
        assert re.fullmatch(r"https://[a-z]+\.example\.org/\S+", link["url"])
        assert len(link["title"]) <= limits["link_title"]
    assert row["note"].strip()


@each_proposal
def test_the_check_suits_the_stage(row: Row) -> None:
    check, stage = row["check"], row["stage"]
    if stage in BEFORE_CHECK:
        assert (check, row["checked_after_hours"]) == (None, None)
        return
    term = RULES[row["jurisdiction"]]["check"]
    assert 0 < row["checked_after_hours"] <= 24 * term["n"]
    assert STAFF[check["by"]]["role"] == "checker"
    assert STAFF[check["by"]]["jurisdiction"] == row["jurisdiction"]
    if stage not in {"hidden", "hidden_appealed", "appeal_upheld"}:
        assert (check["decision"], check["ground"], check["reason"]) == ("accept", None, None)
        return
    ground = {g["code"]: g for g in RULES[row["jurisdiction"]]["grounds"]}[check["ground"]]
    assert check["decision"] == "hide"
    assert bilingual(check["reason"])
    assert bool(row.get("content_withheld")) == ground.get("withhold", False)
    assert (row["merge_into"] is not None) == ground.get("advises_merge", False)
    if row.get("content_withheld"):
        assert bilingual(row["public_subject"])
        assert bilingual(row["public_content"])


@each_proposal
def test_an_appeal_is_decided_by_somebody_else(row: Row) -> None:
    appeal = row["appeal"]
    if appeal is None:
        assert row["stage"] not in {"hidden_appealed", "appeal_upheld"}
        return
    assert bilingual(appeal["reason"])
    decided = {"hidden_appealed": None, "appeal_upheld": "upheld", "hidden": "rejected"}
    assert appeal["decision"] == decided[row["stage"]]
    if appeal["decision"] is None:
        assert appeal["decision_reason"] is appeal["decided_by"] is None
    else:
        assert bilingual(appeal["decision_reason"])
        assert STAFF[appeal["decided_by"]]["role"] == "checker"
        assert appeal["decided_by"] != row["check"]["by"]


@each_proposal
def test_endorsements_suit_the_stage_and_the_dates(row: Row) -> None:
    held, stage = row["endorsement"], row["stage"]
    assert (held is not None) == (stage in OPENED)
    if held is None:
        return
    rules = RULES[row["jurisdiction"]]
    open_days, window = opened_days_ago(row), rules["endorse"]["n"]
    assert (held["total"] >= rules["threshold"]) == (stage in REACHED)
    assert held["shape"] in SHAPES
    assert 8 <= len(held["reasons"]) <= 25
    assert all(2 <= len(r) <= rules["limits"]["endorse_reason"] for r in held["reasons"])
    assert held["counties"].keys() <= PLACES.keys()
    assert all(weight > 0 for weight in held["counties"].values())
    assert ("reaches_on_day" in held) == (stage in REACHED)
    if stage in {"endorsing", "appeal_upheld", "withdrawn"}:
        assert 0 <= open_days < window
    elif stage == "lapsed":
        assert open_days > window
    else:
        assert 0 < held["reaches_on_day"] < min(window, open_days)
        since_reaching = open_days - held["reaches_on_day"]
        assert (since_reaching > RESPONSE_DAYS + 5) == (stage != "reached")
    assert (row["withdraw_reason"] is not None) == (stage == "withdrawn")
    if stage == "withdrawn":
        assert 0 < row["withdrawn_days_after_open"] < open_days


@each_proposal
def test_comments_are_arguments_from_others_within_the_time(row: Row) -> None:
    comments = row["comments"]
    if row["stage"] in OPENED and opened_days_ago(row) > 2:
        assert 3 <= len(comments) <= 10
        assert {"pro", "con"} <= {comment["side"] for comment in comments}
    running = opened_days_ago(row) if row["stage"] in OPENED else row.get("filed_days_ago", 60)
    for comment in comments:
        assert comment["side"] in {"pro", "con"}
        assert comment["by"] in CITIZENS
        assert 0 <= comment["days_after_open"] <= running
        assert 5 <= len(comment["body"]) <= 1000


@each_proposal
def test_what_agencies_do_begins_when_endorsing_does(row: Row) -> None:
    handling = row.get("handling", ())
    assert not handling or row["stage"] in OPENED
    acting = {one["by"] for one in handling}
    assert acting - {f"officer:{code}" for code in AGENCIES} <= STAFF.keys() | CITIZENS.keys()
    assert acting & CITIZENS.keys() <= {row["proposer"]}
    if row["stage"] == "answered":
        days = [one["at"][0].get("reached", 0) for one in handling]
        assert 7 <= max(days) < row["response"]["days_after_reaching"]


@each_proposal
def test_a_response_has_four_serious_blocks_in_time(row: Row) -> None:
    response = row["response"]
    assert (response is not None) == (row["stage"] == "answered")
    if response is None:
        return
    assert 0 < response["days_after_reaching"] <= RESPONSE_DAYS
    assert response["agency"] in row["agencies"]
    assert response["adoption"] in ADOPTIONS
    assert response["en_summary"].strip()
    for block in BLOCKS:
        assert 80 <= len(response[block]) <= 250, block
        assert not re.search(r"\d{2,4}年|\d月\d|民國", response[block]), "dates are relative"


def test_answers_and_hidings_of_every_kind_are_shown() -> None:
    rows = PROPOSALS.values()
    assert {row["response"]["adoption"] for row in rows if row["response"]} == ADOPTIONS
    grounds = {row["check"]["ground"] for row in rows if row["stage"] == "hidden"}
    assert len(grounds) >= 6
    shares = {
        round(100 * row["endorsement"]["total"] / 5000)
        for row in rows
        if row["stage"] == "endorsing" and row["jurisdiction"] == "ey"
    }
    assert {3, 20, 62, 97} <= shares
    mobilised = PROPOSALS["substitute-teacher-contract"]["endorsement"]
    assert mobilised["shape"] == "mobilised"
    assert max(Counter(mobilised["reasons"]).values()) >= 2


def test_the_near_duplicates_are_the_declared_pairs_and_no_others() -> None:
    links = ("merge_into", "near_duplicate_of", "repropose_of")
    declared = [
        {key, row[link]} for key, row in PROPOSALS.items() for link in links if row.get(link)
    ]
    found = [
        {a, b}
        for a, b in combinations(PROPOSALS, 2)
        if similarity(PROPOSALS[a]["subject"]["zh"], PROPOSALS[b]["subject"]["zh"])
        >= NEAR_DUPLICATE
    ]
    assert len(found) == len(declared) == 3
    assert all(pair in found for pair in declared)


def test_the_tax_case_tells_its_history_in_order() -> None:
    row = PROPOSALS["tax-software-2017"]
    assert row["subject"]["zh"] == "報稅軟體難用到爆炸"
    assert row["filed_on"] == "2017-05-01"
    assert all(
        step.keys() == {"date", "precision", "zh", "en", "source"} for step in row["history"]
    )
    dates = [step["date"] for step in row["history"]]
    assert dates == sorted(dates)
    days = {step["date"] for step in row["history"] if step["precision"] == "day"}
    assert days >= {"2017-05-01", "2017-05-08", "2017-05-19"}
    assert days >= {"2017-08-15", "2017-08-23", "2017-09-06"}
    assert {d[:4] for d in dates} == {"2017", "2018", "2021"}


def test_agencies_name_parents_topics_and_no_name_twice() -> None:
    seen: set[str] = set()
    for row in AGENCIES.values():
        assert re.fullmatch(r"[a-z0-9-]+", row["code"])
        assert row["parent"] is None or row["parent"] in seen, "parents come first"
        assert row["jurisdiction"] in RULES
        assert row["topics"]
        assert set(row["topics"]) <= TOPICS
        assert row["valid_from"] is None or re.fullmatch(r"\d{4}-\d\d-\d\d", row["valid_from"])
        seen.add(row["code"])
    names = [name for row in AGENCIES.values() for name in (row["name_zh"], *row["aliases"])]
    assert [name for name, times in Counter(names).items() if times > 1] == []
    assert len(AGENCY_ROWS) == len(AGENCIES)


def test_people_live_somewhere_and_staff_have_every_role() -> None:
    assert len(CITIZENS) == len(PEOPLE["citizens"]) >= 40
    assert len({row["nickname"] for row in CITIZENS.values()}) == len(CITIZENS)
    assert all(row["township"] in PLACES[row["county"]] for row in CITIZENS.values())
    assert PEOPLE["email_domain"] == "example.org"
    assert {row["role"] for row in STAFF.values()} == ROLES
    for row in STAFF.values():
        assert AGENCIES[row["agency"]]["jurisdiction"] == row["jurisdiction"]


def test_the_list_of_places_is_whole() -> None:
    at_home = {county: towns for county, towns in PLACES.items() if county != "海外"}
    assert (len(at_home), sum(map(len, at_home.values()))) == (22, 368)
    assert all(len(set(towns)) == len(towns) for towns in PLACES.values())


def test_nothing_points_at_a_machine_or_a_real_site() -> None:
    for path in DEMO.rglob("*.json"):
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"(^|[\s\"'(])/(work|root|tmp|home|farm|Users)/", text), path.name
        hosts = re.findall(r"https?://([^/\"\s]+)", text)
        assert all(host.endswith(".example.org") for host in hosts), path.name
        assert len(text.splitlines()) < 500, path.name


def test_a_campaign_is_looked_into_by_two_and_its_appeals_by_a_third() -> None:
    [story] = CAMPAIGNS
    row = PROPOSALS[story["proposal"]]
    assert row["stage"] == "endorsing"
    assert story["days_ago"] < opened_days_ago(row)
    assert story["reason"] in {one.code for one in REASONS}
    officers = (story["proposed_by"], story["approved_by"])
    assert len(set(officers)) == 2
    assert {STAFF[key]["role"] for key in officers} == {"administrator"}
    assert bilingual(story["explanation"])
    assert story["machine"]["township"] in PLACES[story["county"]]
    within = 60 * story["lasts_minutes"]
    machine = story["machine"]
    assert machine["seconds_apart"] * machine["accounts"] < within
    for told in story["people"]:
        assert CITIZENS[told["by"]]["county"] == story["county"], "or the campaign would miss it"
        assert 0 < told["after_seconds"] < within
    steps = ("proposed", "counted", "approved", "run")
    hours = [story[f"{step}_after_hours"] for step in steps]
    assert hours == sorted(set(hours))
    assert {told["by"] for told in story["appeals"]} <= {told["by"] for told in story["people"]}
    assert [told["upheld"] for told in story["appeals"]] == [True, None]
    for told in story["appeals"]:
        assert hours[-1] < told["filed_after_hours"] < 24 * (story["days_ago"] - 1)
        assert bilingual(told["text"])
        if told["upheld"] is not None:
            assert bilingual(told["decision_reason"])
            assert STAFF[told["decided_by"]]["role"] == "checker"
            assert told["filed_after_hours"] < told["decided_after_hours"]
            assert told["decided_after_hours"] < 24 * (story["days_ago"] - 1)


def test_nobody_in_a_campaign_is_named_in_what_everybody_reads() -> None:
    [story] = CAMPAIGNS
    named = [CITIZENS[told["by"]]["nickname"] for told in story["people"]]
    for text in story["explanation"].values():
        assert not any(name in text for name in [*named, story["machine"]["nickname"]])
        assert not re.search(r"\d{2,4}年|\d月\d", text), "dates are relative"
