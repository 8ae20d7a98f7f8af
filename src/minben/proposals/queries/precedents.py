"""A suggestion as the desk shows it: agencies with the past proposals they are suggested for."""

from dataclasses import dataclass
from typing import Any

from minben.assigning.queries import Suggestion
from minben.assigning.rules import SHOWN, Voice
from minben.proposals.models import Proposal
from minben.proposals.rules import PUBLIC_STATES


@dataclass(frozen=True, slots=True)
class ShownCase:
    """A past proposal, and the words it shares with the one asked about."""

    number: str
    subject: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ShownAgency:
    """An agency, its share of the votes in per cent, and how many of the nearest cases are its."""

    agency: Any  # an agency; its model is private to people
    percent: int
    of_near: int
    cases: tuple[ShownCase, ...]


@dataclass(frozen=True, slots=True)
class ShownSuggestion:
    """What whoever names agencies is shown; empty where past cases are too few."""

    past_cases: int
    near: int
    is_enough: bool
    leads: tuple[ShownAgency, ...]
    assists: tuple[ShownAgency, ...]


def shown(suggestion: Suggestion) -> ShownSuggestion:
    """The suggestion with the subjects of its cases; those no longer public are left out. One query."""
    keys = {
        near.key
        for voice in (*suggestion.leads, *suggestion.assists)
        for near in voice.cases[:SHOWN]
    }
    rows = Proposal.objects.filter(case__in=keys, state__in=list(PUBLIC_STATES))
    known = {
        case_id: ShownCase(number, subject, suggestion.words[case_id])
        for case_id, number, subject in rows.values_list("case_id", "case__number", "subject")
    }

    def agency(voice: Voice[int]) -> ShownAgency:
        return ShownAgency(
            agency=suggestion.agencies[voice.agency_id],
            percent=(voice.share + 5) // 10,
            of_near=len(voice.cases),
            cases=tuple(known[near.key] for near in voice.cases[:SHOWN] if near.key in known),
        )

    return ShownSuggestion(
        past_cases=suggestion.past_cases,
        near=suggestion.near,
        is_enough=suggestion.is_enough,
        leads=tuple(agency(voice) for voice in suggestion.leads),
        assists=tuple(agency(voice) for voice in suggestion.assists),
    )
