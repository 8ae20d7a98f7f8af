from collections.abc import Collection, Sequence

from django.db.models import F, Q, QuerySet

from minben.phrases.models import Phrase, PhraseVersion
from minben.phrases.rules import Kind


def _newest(agency_ids: Collection[int]) -> QuerySet[PhraseVersion]:
    """The words in force of the platform's templates and those of the agencies."""
    return (
        PhraseVersion.objects.filter(
            Q(phrase__agency=None) | Q(phrase__agency__in=agency_ids),
            number=F("phrase__revision"),
            phrase__retired_at=None,
        )
        .select_related("phrase__agency")
        .order_by("phrase__agency_id", "title", "pk")
    )


def in_use(agency_ids: Collection[int]) -> Sequence[PhraseVersion]:
    """Templates of these agencies and of the platform, in force. One query."""
    return list(_newest(agency_ids))


def offered(kind: Kind, agency_ids: Collection[int]) -> Sequence[PhraseVersion]:
    """Those of a kind, own ones first as they fit best. One query."""
    rows = _newest(agency_ids).filter(phrase__kind=kind)
    return sorted(rows, key=lambda row: row.phrase.agency_id is None)


def phrase(pk: int) -> Phrase | None:
    """One template with its owner, retired or not. One query."""
    return Phrase.objects.select_related("agency").filter(pk=pk).first()


def versions_of(phrase_id: int) -> Sequence[PhraseVersion]:
    """All its words, newest first. One query."""
    return list(PhraseVersion.objects.filter(phrase_id=phrase_id))
