"""Acts on templates for answers: an agency writes one, and changes it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from minben.kernel.actor import Actor
from minben.phrases import actions as phrases
from minben.phrases.rules import Kind
from minben.simulation.demo.scenes.stage import Document, Stage, act

if TYPE_CHECKING:
    from minben.phrases.models import Phrase


@act("phrase")
def phrase(stage: Stage, told: Document, by: Actor, at: datetime) -> Phrase:
    """Add a template, of the platform where no agency is named."""
    code = told.get("agency")
    return phrases.add_phrase(
        agency_id=stage.agency(code) if code else None,
        kind=Kind(told["kind"]),
        title=told["title"],
        text=told["text"],
        by=by,
        at=at,
    )


@act("rephrase")
def rephrase(stage: Stage, told: Document, by: Actor, at: datetime) -> None:
    """Give a template new words; the former stay as a version."""
    was = stage.kept[told["phrase"]]
    phrases.change_phrase(
        phrase_id=was.pk,
        title=told["title"],
        text=told["text"],
        revision=was.revision,
        by=by,
        at=at,
    )
