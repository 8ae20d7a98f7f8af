"""Statements are noted after their verdict was seen, kept as they were, withdrawn with a reason."""

from dataclasses import replace

import pytest
from django.db import DatabaseError, transaction

from minben.audit.models import Event
from minben.indicators import actions
from minben.indicators.declared.documents import framework
from minben.indicators.engine.faults import Faulty
from minben.indicators.models import Claim
from minben.indicators.queries.claims import judgement
from minben.indicators.queries.waves import figures_of, said_of
from minben.indicators.surveys.claims import Verdict
from minben.indicators.telling.wave_pages import cards_of, others_of, withdrawn_of
from minben.kernel.actor import SYSTEM, Role
from minben.kernel.refusal import Refusal
from tests.factories import DAY, DAY0, make_agency, make_staff
from tests.registry_document import DOCUMENT, document
from tests.registry_scene import SAID, noted, surveyed, taken

pytestmark = pytest.mark.django_db


def test_a_statement_is_kept_with_who_said_it_and_judged_anew_each_time() -> None:
    agency = make_agency()
    source = surveyed(agency.pk)
    officer = make_staff(Role.OFFICER, agency)
    one = noted(source, replace(SAID, said_by="某報"), officer)
    assert (one.figure, one.decimals, one.said_by, one.by) == (2.7, 1, "某報", officer.id)
    told = Event.objects.get(kind="indicators.claim_noted")
    assert told.data["sha256"] == replace(SAID, said_by="某報").sha256
    assert told.data["words_zh"] == SAID.words_zh
    assert told.actor_label == agency.name_zh
    figures = figures_of(source)["YUN-kouhu"]
    (card,) = cards_of(figures, said_of(source), "2023", "2024")
    assert card.finding.verdict is Verdict.HOLDS
    taken(source, "unit,period,yl.online\n口湖鄉,2024,85.0\n".encode(), name="new.csv")
    (card,) = cards_of(figures_of(source)["YUN-kouhu"], said_of(source), "2023", "2024")
    assert card.finding.verdict is Verdict.FAILS


def test_what_was_not_seen_is_not_noted() -> None:
    """Something else was typed meanwhile, or the figures changed."""
    source = surveyed()
    seal = judgement(source, SAID).seal
    other = replace(SAID, words_zh="另一句")
    taken(source, "unit,period,yl.online\n斗六市,2024,85.0\n".encode(), name="other.csv")
    assert judgement(source, SAID).seal == seal
    with pytest.raises(Refusal, match="indicators_claim_unseen"):
        actions.note_claim(source_code=source.code, draft=other, confirmed=seal, by=SYSTEM, at=DAY0)
    taken(source, "unit,period,yl.online\n口湖鄉,2024,85.0\n".encode(), name="new.csv")
    with pytest.raises(Refusal, match="indicators_claim_unseen"):
        actions.note_claim(source_code=source.code, draft=SAID, confirmed=seal, by=SYSTEM, at=DAY0)
    assert not Claim.objects.exists()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"unit": "YUN-douliu"}, "unit"),
        ({"indicator": "yl.fraud"}, "indicator"),
        ({"period": "2025"}, "period"),
        ({"earlier": "2022"}, "earlier"),
        ({"figure": ""}, "figure"),
        ({"said_in": ""}, "said_in"),
    ],
)
def test_statements_are_of_figures_that_are_there(changes: dict[str, str], field: str) -> None:
    source = surveyed()
    with pytest.raises(Faulty) as caught:
        actions.note_claim(
            source_code=source.code,
            draft=replace(SAID, **changes),  # type: ignore[arg-type]
            confirmed="",
            by=SYSTEM,
            at=DAY0,
        )
    assert [one.where for one in caught.value.faults] == [field]


def test_officers_note_and_withdraw_what_is_said_of_their_agencys_surveys() -> None:
    own = make_agency()
    source = surveyed(own.pk)
    foreign = make_staff(Role.OFFICER, make_agency("交通部", "motc"))
    with pytest.raises(Refusal, match="indicators_not_yours"):
        noted(source, by=foreign)
    one = noted(source, by=make_staff(Role.OFFICER, own))
    with pytest.raises(Refusal, match="indicators_not_yours"):
        actions.withdraw_claim(
            source_code=source.code, claim_id=one.pk, reason="誤", by=foreign, at=DAY0
        )


def test_a_withdrawn_statement_stays_to_be_read_and_may_be_noted_anew() -> None:
    source = surveyed()
    one = noted(source)
    actions.withdraw_claim(
        source_code=source.code, claim_id=one.pk, reason=" 引用有誤 ", by=SYSTEM, at=DAY0 + DAY
    )
    told = Event.objects.get(kind="indicators.claim_withdrawn")
    assert told.data == {"source": source.code, "claim": one.pk, "reason": "引用有誤"}
    said = said_of(source)
    assert cards_of(figures_of(source)["YUN-kouhu"], said, "2023", "2024") == []
    assert [each.claim.withdrawn_why for each in withdrawn_of(said, "2023", "2024")] == ["引用有誤"]
    again = noted(source)
    assert again.order == 1
    for change in (
        {"withdrawn_at": None, "withdrawn_by": "", "withdrawn_why": ""},
        {"withdrawn_why": "另一個理由"},
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            Claim.objects.filter(pk=one.pk).update(**change)


def test_what_is_said_of_other_periods_and_units_is_pointed_to() -> None:
    source = surveyed()
    noted(source)
    said = said_of(source)
    assert others_of(said, "YUN-kouhu", "2023", "2024") == []
    (one,) = others_of(said, "YUN-kouhu", "2022", "2023")
    assert (one.told, one.n) == ("2023 → 2024", 1)
    assert one.query == "unit=YUN-kouhu&other=2023&period=2024"
    assert [each.told for each in others_of(said, "YUN-douliu", "2023", "2024")] == [
        "YUN-kouhu 2023 → 2024"
    ]


SPOKEN = {
    "says": "about",
    "indicator": "yl.online",
    "unit": "YUN-kouhu",
    "period": "2024",
    "figure": 81,
    "words": {"zh": "口湖鄉上網率「約為 81%」", "en": "Kouhu: “about 81%” are online"},
    "said_in": "新聞稿",
}


def test_a_document_may_bring_statements_before_their_figures() -> None:
    survey = DOCUMENT["source"] | {"survey": True}
    told = framework("yunlin.json", document(source=survey, claims=[SPOKEN]))
    for _ in range(2):
        actions.declare_framework(told=told, agency_id=None, by=SYSTEM, at=DAY0)
    one = Claim.objects.get()
    assert (one.figure, one.decimals, one.words_en) == (81.0, 0, SPOKEN["words"]["en"])  # type: ignore[index]
    assert Event.objects.get(kind="indicators.claims_kept").data["claims"] == 1
    actions.withdraw_claim(
        source_code=one.source.code, claim_id=one.pk, reason="誤", by=SYSTEM, at=DAY0
    )
    actions.declare_framework(told=told, agency_id=None, by=SYSTEM, at=DAY0)
    assert Claim.objects.count() == 1


def test_what_is_wrong_with_a_statement_of_a_document_is_told_by_its_place() -> None:
    survey = DOCUMENT["source"] | {"survey": True}
    wrong = [SPOKEN | {"figure": "many"}, SPOKEN | {"says": "most", "by": "x"}]
    with pytest.raises(Faulty) as caught:
        framework("yunlin.json", document(source=survey, claims=wrong))
    assert [one.where for one in caught.value.faults] == [
        "claims[0].figure",
        "claims[1].by",
        "claims[1].says",
    ]
    unknown = [SPOKEN | {"indicator": "yl.none"}]
    told = framework("yunlin.json", document(source=survey, claims=unknown))
    with pytest.raises(Faulty, match=r"yl\.none"):
        actions.declare_framework(told=told, agency_id=None, by=SYSTEM, at=DAY0)
    plain = framework("yunlin.json", document(claims=[SPOKEN]))
    with pytest.raises(Refusal, match="indicators_no_survey"):
        actions.declare_framework(told=plain, agency_id=None, by=SYSTEM, at=DAY0)
