"""What a draft says, row by row, and what it still lacks (確認內容)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from minben.casework.rules import RuleParameters
from minben.proposals.forms.writing import STEPS
from minben.proposals.labels import STEP_LABELS, topic_label
from minben.proposals.models import Draft
from minben.proposals.queries.evidence import evidence_of
from minben.proposals.views.drafting import step_url
from minben.proposals.words import Bilingual

if TYPE_CHECKING:
    from minben.people.models import Agency


@dataclass(frozen=True, slots=True)
class Row:
    """One answer and where to change it."""

    label: str | Promise
    value: str
    url: str


@dataclass(frozen=True, slots=True)
class Fault:
    """What a step lacks, and where to put it right."""

    label: str | Promise
    sentence: str
    url: str


class Answers:
    """The answers of one draft under the rules in force."""

    def __init__(self, draft: Draft, rules: RuleParameters, offered: "Sequence[Agency]") -> None:
        self.draft, self.rules, self.offered = draft, rules, offered

    def rows(self) -> list[Row]:
        """All answers, in the order of the steps."""
        draft = self.draft
        asked: list[tuple[str | Promise, str, str]] = [
            (STEP_LABELS["subject"], draft.subject, "subject"),
            (STEP_LABELS["content"], draft.content, "content"),
            (STEP_LABELS["benefits"], draft.benefits, "benefits"),
            (STEP_LABELS["evidence"], self._evidence(), "evidence"),
            (_("Topic"), topic_label(draft.topic) if draft.topic else "", "agencies"),
            (_("Agencies"), self._agencies(), "agencies"),
        ]
        return [Row(label, value, self._url(step)) for label, value, step in asked]

    def faults(self) -> list[Fault]:
        """What every step would say if one went on from it now."""
        found = []
        for step, kind in STEPS.items():
            form = kind(self.draft, self.rules, None, self.offered)
            form = kind(self.draft, self.rules, form.stored(), self.offered)
            form.is_valid()
            form.review()
            found += [
                Fault(form[name].label, str(said), self._url(step))
                for name, sentences in form.errors.items()
                for said in sentences
            ]
        return found

    def _url(self, step: str) -> str:
        return f"{step_url(self.draft.pk, step)}?review=1"

    def _evidence(self) -> str:
        evidence = evidence_of(self.draft.evidence)
        told = [f"{link.title}\n{link.url}" for link in evidence.links]
        if evidence.video:
            told.append(f"{_('Video')}\n{evidence.video.url}")
        told += [file.name for file in evidence.files]
        return "\n\n".join(told)

    def _agencies(self) -> str:
        names = {one.pk: str(Bilingual(one.name_zh, one.name_en)) for one in self.offered}
        named = [names[pk] for pk in self.draft.agency_ids if pk in names]
        if named:
            return "\n".join(named)
        return _("The platform's administrator decides") if self.draft.agencies_chosen else ""
