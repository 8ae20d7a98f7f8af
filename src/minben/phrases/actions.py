"""The acts on templates (範本): added, changed as a new version, retired."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from minben.audit.actions import record
from minben.kernel.actor import Actor
from minben.kernel.refusal import Refusal
from minben.phrases.models import Phrase, PhraseVersion
from minben.phrases.permissions import may_keep
from minben.phrases.rules import MOST, Kind, words_fault


@transaction.atomic
def add_phrase(
    *, agency_id: int | None, kind: Kind, title: str, text: str, by: Actor, at: datetime
) -> Phrase:
    """Add a template of an agency, or of the platform (`agency_id` None).

    Raises:
        Refusal: ``phrase_not_yours``, ``phrase_title``, ``phrase_text``, ``phrase_too_many``.
    """
    if not may_keep(by, agency_id):
        raise Refusal("phrase_not_yours")
    _require_words(title, text)
    of_owner = Q(agency=None) if agency_id is None else Q(agency=agency_id)
    if Phrase.objects.filter(of_owner, kind=kind, retired_at=None).count() >= MOST:
        raise Refusal("phrase_too_many", field="kind", most=MOST)
    made = Phrase.objects.create(agency_id=agency_id, kind=kind)
    _version(made, title, text, by, at)
    _tell("phrases.added", made, by, at)
    return made


@transaction.atomic
def change_phrase(
    *, phrase_id: int, title: str, text: str, revision: int, by: Actor, at: datetime
) -> Phrase:
    """Give it new words; the former stay as a version. `revision` is the one that was read.

    Raises:
        Refusal: ``phrase_unknown``, ``phrase_not_yours``, ``phrase_retired``, ``phrase_changed``,
            ``phrase_title``, ``phrase_text``.
    """
    held = _held(phrase_id, by)
    if held.revision != revision:
        raise Refusal("phrase_changed")
    _require_words(title, text)
    held.revision += 1
    held.save(update_fields=["revision"])
    _version(held, title, text, by, at)
    _tell("phrases.changed", held, by, at)
    return held


@transaction.atomic
def retire_phrase(*, phrase_id: int, by: Actor, at: datetime) -> Phrase:
    """Offer it no more. Its versions stay, and so does all that was written with it.

    Raises:
        Refusal: ``phrase_unknown``, ``phrase_not_yours``, ``phrase_retired``.
    """
    held = _held(phrase_id, by)
    held.retired_at, held.retired_by = at, by.id
    held.save(update_fields=["retired_at", "retired_by"])
    _tell("phrases.retired", held, by, at)
    return held


def _held(phrase_id: int, by: Actor) -> Phrase:
    held = Phrase.objects.select_for_update().filter(pk=phrase_id).first()
    if held is None:
        raise Refusal("phrase_unknown")
    if not may_keep(by, held.agency_id):
        raise Refusal("phrase_not_yours")
    if held.retired_at is not None:
        raise Refusal("phrase_retired")
    return held


def _require_words(title: str, text: str) -> None:
    if fault := words_fault(title, text):
        code, field = fault
        raise Refusal(code, field=field)


def _version(phrase: Phrase, title: str, text: str, by: Actor, at: datetime) -> None:
    PhraseVersion.objects.create(
        phrase=phrase, number=phrase.revision, title=title.strip(), text=text, at=at, by=by.id
    )


def _tell(kind: str, phrase: Phrase, by: Actor, at: datetime) -> None:
    data = {"agency": phrase.agency_id, "kind": phrase.kind, "revision": phrase.revision}
    record(kind, by=by, at=at, subject=f"phrase:{phrase.pk}", data=data)
