"""Who is told of a proposal's answer (受告知者): proposer, endorsers, and who commented; each once."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet

from minben.discussion import queries as discussion
from minben.notify.registry import Reader
from minben.proposals.models import Endorsement, Proposal

if TYPE_CHECKING:
    from minben.discussion.models import Comment

AUDIENCE = "proposals.answer_readers"
_ADDRESS = ("email", "language")


def _endorsements(case_id: int, at: datetime) -> QuerySet[Endorsement]:
    return Endorsement.objects.filter(
        proposal__case=case_id, person__isnull=False, person__erased_at=None, at__lte=at
    )


def _comments(case_id: int, at: datetime) -> "QuerySet[Comment]":
    rows = discussion.standing_comments(at)
    return rows.filter(thread__proposal__case=case_id, author__erased_at=None)


def _proposals(case_id: int) -> QuerySet[Proposal]:
    return Proposal.objects.filter(
        case=case_id, proposer__isnull=False, proposer__erased_at=None
    ).order_by()


def _people(rows: Any, name: str, after: int, limit: int) -> dict[int, tuple[str, str]]:
    """Address and language of those a field names, by number of account. One query.

    Any: querysets of different models have no common type that knows the field.
    """
    found = rows.filter(**{f"{name}__gt": after}).order_by(name).distinct()
    fields = (name, *(f"{name}__{field}" for field in _ADDRESS))
    return {pk: (email, language) for pk, email, language in found.values_list(*fields)[:limit]}


def answer_readers(case_id: int, at: datetime, after: int, limit: int) -> list[tuple[int, Reader]]:
    """Who had taken part by `at`, by number of account, each once. Three queries."""
    found = (
        _people(_endorsements(case_id, at), "person", after, limit)
        | _people(_comments(case_id, at), "author", after, limit)
        | _people(_proposals(case_id), "proposer", after, limit)
    )
    return [
        (pk, Reader(f"person:{pk}", email, language))
        for pk, (email, language) in sorted(found.items())[:limit]
    ]


def count_readers(case_id: int, at: datetime) -> int:
    """How many people that is. One query."""
    rows = _endorsements(case_id, at).order_by().values_list("person_id")
    others = _comments(case_id, at).order_by().values_list("author_id")
    return rows.union(others, _proposals(case_id).values_list("proposer_id")).count()


def is_reader(case_id: int, person_id: int, at: datetime) -> bool:
    """Whether a person is one of them. At most three queries."""
    return (
        _proposals(case_id).filter(proposer=person_id).exists()
        or _endorsements(case_id, at).filter(person=person_id).exists()
        or _comments(case_id, at).filter(author=person_id).exists()
    )
