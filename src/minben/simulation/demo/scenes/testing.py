"""Acts on usability tests and on the ladder of participation."""

from __future__ import annotations

from datetime import datetime

from minben.discussion.uploads import receive
from minben.findings import actions as findings
from minben.findings.actions import Facts, Seen
from minben.findings.rules import Group, Severity
from minben.kernel.actor import Actor
from minben.ladder import actions as ladder
from minben.ladder.actions import Telling
from minben.ladder.rules import Fact, Kind
from minben.simulation.demo.scenes.drawing import screenshot
from minben.simulation.demo.scenes.stage import Document, Stage, act


@act("study")
def study(stage: Stage, told: Document, by: Actor, at: datetime) -> object:
    """Write down a test; each finding can be referred to by its key."""
    made = findings.begin_study(
        case_id=stage.case.pk,
        facts=Facts(
            service=told["service"],
            tested_on=stage.day(told["tested_on"]),
            method=told["method"],
            bounds=told["bounds"],
            source=told["source"],
            groups=[Group(kind, n) for kind, n in told["groups"].items()],
            steps=told["steps"],
        ),
        by=by,
        at=at,
    )
    for one in told["findings"]:
        stage.kept[one["key"]] = findings.add_finding(
            study_id=made.pk,
            seen=Seen(
                step=one["step"],
                severity=Severity(one["severity"]),
                what=one["what"],
                hit=one["hit"],
                quote=one.get("quote", ""),
                alt=one.get("alt", ""),
            ),
            picture=receive(screenshot(one["picture"])) if "picture" in one else None,
            by=by,
            at=at,
        )
    return made


@act("publish_study")
def publish_study(stage: Stage, told: Document, by: Actor, at: datetime) -> None:
    """Make the findings public."""
    findings.publish_study(study_id=stage.kept[told["study"]].pk, by=by, at=at)


@act("fixes")
def fixes(stage: Stage, told: Document, by: Actor, at: datetime) -> None:
    """Tell what was changed, finding by finding."""
    for key, what in told["changes"].items():
        findings.tell_fix(
            finding_id=stage.kept[key].pk,
            what=what,
            changed_on=stage.day(told["changed_on"]),
            by=by,
            at=at,
        )


@act("retest")
def retest(stage: Stage, told: Document, by: Actor, at: datetime) -> None:
    """Tell how many still stumbled."""
    findings.tell_retest(
        study_id=stage.kept[told["study"]].pk,
        tested_on=stage.day(told["tested_on"]),
        n=told["n"],
        still={stage.kept[key].pk: still for key, still in told["still"].items()},
        by=by,
        at=at,
    )


@act("participation")
def participation(stage: Stage, told: Document, by: Actor, at: datetime) -> None:
    """State how far participation went."""
    ladder.state_process(
        case_id=stage.case.pk,
        kind=Kind(told["kind"]),
        title=told["title"],
        held_on=stage.day(told["held_on"]),
        told=Telling(
            facts=[Fact(code) for code in told["facts"]],
            influence=told["influence"],
            decided=told["decided"],
            outcome=told["outcome"],
        ),
        by=by,
        at=at,
    )
