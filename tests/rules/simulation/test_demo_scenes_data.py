"""The scenes of the demo, read without a database: known acts, known names, sources told."""

from datetime import UTC, datetime

from minben.kernel.periods import TAIPEI
from minben.simulation.demo.loading import scenes
from minben.simulation.demo.people import Cast
from minben.simulation.demo.scenes import ACTS, Stage

NOW = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)


def test_every_act_of_a_scene_is_one_the_stage_knows_and_is_played() -> None:
    told = [one for scene in scenes() for one in scene["acts"]]
    used = {one["do"] for one in told}
    assert used == set(ACTS)


def test_scenes_say_that_they_are_told_anew() -> None:
    for scene in scenes():
        assert scene["source"]
        assert "示範" in scene["about"]


def test_instants_are_those_of_taiwan_by_date_or_from_the_day_of_loading() -> None:
    stage = Stage(Cast({}, {}, {}), NOW)
    assert stage.instant(["2017-05-19", "10:00"]) == datetime(2017, 5, 19, 10, tzinfo=TAIPEI)
    assert stage.instant([-2, "09:30"]) == datetime(2026, 2, 28, 9, 30, tzinfo=TAIPEI)


def test_acts_stand_in_the_order_they_happened_wherever_they_depend_on_each_other() -> None:
    """What an act refers to was made before; the clock of a scene may step back between meetings."""
    for scene in scenes():
        made: dict[str, str] = {}
        for one in scene["acts"]:
            for name in ("meeting", "study", "action", "question", "contact"):
                if name in one:
                    assert one[name] in made, (scene["key"], one["do"], one[name])
            for finding in one.get("findings", ()):
                made[finding["key"]] = scene["key"]
            if "as" in one:
                made[one["as"]] = scene["key"]
