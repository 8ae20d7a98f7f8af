"""The scenes of the demo, read without a database: known acts, known names, sources told."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any

from minben.kernel.periods import TAIPEI
from minben.simulation.demo.loading import documents, scenes
from minben.simulation.demo.people import Cast
from minben.simulation.demo.scenes import ACTS, Stage

NOW = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)


NOWHERE = Cast({}, {}, {}, NOW)
# Acts whose object an act before them made, by the field that names it.
NAMED = ("meeting", "study", "action", "question", "contact", "demand", "round", "phrase")


def plays() -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Every list of acts with its key: scenes, and what is done in the case of a proposal."""
    yield from ((one["key"], one["acts"]) for one in scenes())
    yield from ((one["key"], one["handling"]) for one in documents() if "handling" in one)


def test_every_act_of_a_scene_is_one_the_stage_knows_and_is_played() -> None:
    assert {one["do"] for _, acts in plays() for one in acts} == set(ACTS)


def test_scenes_say_that_they_are_told_anew_and_need_proposals_that_are_there() -> None:
    filed = {one["key"] for one in documents()}
    for scene in scenes():
        assert scene["source"]
        assert "示範" in scene["about"]
        needed = {one["proposal"] for one in scene["acts"] if "proposal" in one}
        assert needed == set(scene.get("needs", ()))
        assert needed <= filed


def test_instants_are_those_of_taiwan_by_date_or_from_the_day_of_loading() -> None:
    stage = Stage(NOWHERE, NOW)
    assert stage.instant(["2017-05-19", "10:00"]) == datetime(2017, 5, 19, 10, tzinfo=TAIPEI)
    assert stage.instant([-2, "09:30"]) == datetime(2026, 2, 28, 9, 30, tzinfo=TAIPEI)


def test_days_of_a_proposal_count_from_what_happened_to_it_in_taiwan() -> None:
    late = datetime(2026, 1, 4, 17, tzinfo=UTC)  # after midnight in Taiwan
    proposal = SimpleNamespace(opens_at=late, reached_at=late, response_due_at=late)
    stage = Stage(NOWHERE, NOW, proposal=proposal)
    assert stage.day({"opened": 2}) == date(2026, 1, 7)
    assert stage.day({"reached": 0}) == date(2026, 1, 5)
    assert stage.day({"due": 30}) == date(2026, 2, 4)  # the instant itself is no part of it


def test_acts_stand_in_the_order_they_happened_wherever_they_depend_on_each_other() -> None:
    """What an act refers to was made before; the clock of a scene may step back between meetings."""
    for key, acts in plays():
        made: set[str] = set()
        for one in acts:
            for name in one.keys() & NAMED:
                assert one[name] in made, (key, one["do"], one[name])
            if one["do"] in ("clear", "dispose", "vote"):
                assert made.issuperset(one.get("demands", one.get("topics"))), (key, one["do"])
            made |= {finding["key"] for finding in one.get("findings", ())}
            made |= {split["as"] for split in one.get("demands", ()) if "as" in split}
            if "as" in one:
                made.add(one["as"])


def test_what_is_done_in_the_case_of_a_proposal_goes_forward() -> None:
    """Days of the same beginning never step back, and agencies that answer are asked before."""
    for row in documents():
        last: dict[str, tuple[int, str]] = {}
        asked = {*row["agencies"]}
        for one in row.get("handling", ()):
            day, clock = one["at"]
            if isinstance(day, dict):  # others count from the day of loading
                [(since, days)] = day.items()
                assert last.get(since, (0, "")) <= (days, clock), (row["key"], one["do"])
                last[since] = days, clock
            if one["do"] in ("accept", "dispute"):
                assert one["by"].removeprefix("officer:") in asked, row["key"]
                asked |= {one.get("proposed", "")}


def test_of_the_answered_cases_one_plan_came_late_and_one_contact_was_never_logged() -> None:
    """Most in time, as it should be; the rest so that trainees see what that looks like."""
    done = {
        (row["key"], one["do"]): one["at"][0]["reached"]
        for row in documents()
        if row["stage"] == "answered"
        for one in row["handling"]
        if one["do"] in ("plan", "contact")
    }
    late = {key for key, day in done.items() if day > (7 if key[1] == "plan" else 10)}
    assert late == {("vaccine-stock-open-data", "plan")}
    answered = {row["key"] for row in documents() if row["stage"] == "answered"}
    never = {(key, duty) for key in answered for duty in ("plan", "contact")} - done.keys()
    assert never == {("summer-time", "contact")}


def test_templates_are_of_the_platform_and_two_agencies_in_chinese_with_places_to_fill() -> None:
    [acts] = [acts for key, acts in plays() if key == "response-templates"]
    added = [one for one in acts if one["do"] == "phrase"]
    assert {one.get("agency") for one in added} == {None, "moi", "tpe-transport"}
    assert {one["kind"] for one in added} == {"answer", "plan", "extension", "report", "demand"}
    assert all(re.search("[\u4e00-\u9fff]", one["text"]) for one in added)
    assert any("{due}" in one["text"] for one in added)
