"""Table 1 of the course-book comes out of figures and rules: nothing of the findings is stored."""

import pytest

from minben.audit.models import Event
from minben.indicators.actions import published
from minben.indicators.models import Claim, Indicator, Intake, Observation, Source
from minben.indicators.queries.waves import figures_of, said_of, survey_of
from minben.indicators.surveys.claims import Finding, Says, Verdict
from minben.indicators.surveys.waves import Label
from minben.indicators.telling.wave_pages import Card, cards_of, rows_of, table_csv
from minben.kernel.actor import SYSTEM
from tests.factories import DAY0

pytestmark = pytest.mark.django_db
CODE = "digital-opportunity-2019"
PREFIX = "digital-opportunity."


@pytest.fixture
def source() -> Source:
    (made,) = published.ship_surveys(by=SYSTEM, at=DAY0)
    assert made.code == CODE
    return made


def found(source: Source, series: str, says: Says) -> Finding:
    figures = figures_of(source)["TWN"]
    cards = cards_of(figures, said_of(source), "2018", "2019")
    (one,) = [
        card.finding
        for card in cards
        if card.finding.statement
        and card.finding.statement.series == PREFIX + series
        and card.finding.statement.says is says
    ]
    return one


def remarks(source: Source) -> list[Card]:
    cards = cards_of(figures_of(source)["TWN"], said_of(source), "2018", "2019")
    return [card for card in cards if card.words is None]


def test_it_is_shipped_once_and_whole(source: Source) -> None:
    assert published.ship_surveys(by=SYSTEM, at=DAY0) == []
    assert Observation.objects.count() == 12
    assert Claim.objects.filter(source=source).count() == 12
    assert Intake.objects.get().source_id == source.pk
    event = Event.objects.get(kind="indicators.claims_kept")
    assert event.data == {"source": CODE, "claims": 12}
    assert survey_of(CODE) is not None
    assert survey_of("conduct") is None


def test_no_sample_size_is_made_up(source: Source) -> None:
    """That of 2018 is of everybody aged 12 and over; nothing else was found published."""
    sizes = {
        (one.indicator.code.removeprefix(PREFIX), one.period): one.n
        for one in Observation.objects.select_related("indicator")
    }
    assert {size for (_, period), size in sizes.items() if period == "2019"} == {None}
    known = {code for (code, period), size in sizes.items() if size == 13222 and period == "2018"}
    assert known == {"personal-use", "mobile-use", "household-connection"}


def test_the_table_of_the_course_book(source: Source) -> None:
    """Every difference and growth as printed there; what is not printed is not tested."""
    rows = rows_of(figures_of(source)["TWN"], "2018", "2019")
    printed = {
        "personal-use": ("A", -0.3, -0.35),
        "mobile-use": ("A", -0.5, -0.59),
        "household-connection": ("A", 5.5, 6.48),
        "instant-messaging": ("B", -0.9, -0.93),
        "online-finance": ("B", 9.6, 29.18),
        "proactive-services": ("B", 6.7, 11.17),
    }
    assert [row.code.removeprefix(PREFIX) for row in rows] == list(printed)
    for row in rows:
        base, points, growth = printed[row.code.removeprefix(PREFIX)]
        assert row.change is not None
        assert (row.base, row.change.points) == (base, points)
        assert row.change.growth == pytest.approx(growth, abs=0.005)
        assert row.change.label is Label.UNTESTED
        assert row.stands is None
    lines = table_csv(rows, "2018", "2019").decode().splitlines()
    assert len(lines) == 7
    assert "個人上網率" in lines[1]
    assert lines[1].split(",")[9] == "-0.3"


def test_about_86_per_cent_holds_of_one_rate_and_not_of_the_other(source: Source) -> None:
    assert found(source, "personal-use", Says.ABOUT).verdict is Verdict.HOLDS
    mobile = found(source, "mobile-use", Says.ABOUT)
    assert mobile.verdict is Verdict.FAILS
    assert "84%" in mobile.reason.zh
    assert "85%" in mobile.reason.zh


def test_the_equal_figure_and_its_base_are_to_be_asked_about(source: Source) -> None:
    equal, household = (card.finding for card in remarks(source))
    pair = (PREFIX + "mobile-use", PREFIX + "household-connection")
    assert equal.series == pair
    assert "84.9%" in equal.reason.en
    assert "6.0 points" in equal.reason.en
    assert household.series == (PREFIX + "household-connection",)


def test_flat_cannot_be_tested_and_both_readings_are_visible(source: Source) -> None:
    """At the size of 2018 the interval leaves out zero for messaging, and for no other rate."""
    messaging = found(source, "instant-messaging", Says.FLAT)
    assert (messaging.verdict, messaging.supposed) == (Verdict.UNTESTED, Verdict.FAILS)
    told = "\n".join(one.en for one in messaging.suppositions)
    assert "13,222 answers" in told
    assert "−1.35 to −0.45" in told
    assert "somewhat wider" in told
    assert "from 3,334 answers" in told
    assert "from 6,668 answers" in told
    for series in ("personal-use", "mobile-use"):
        other = found(source, series, Says.FLAT)
        assert (other.verdict, other.supposed) == (Verdict.UNTESTED, Verdict.HOLDS)


def test_the_highest_rate_is_of_other_people(source: Source) -> None:
    one = found(source, "instant-messaging", Says.HIGHEST)
    assert (one.verdict, one.supposed) == (Verdict.BASES, Verdict.HOLDS)


@pytest.mark.parametrize("series", ["household-connection", "online-finance", "proactive-services"])
def test_points_and_growth_are_as_printed(source: Source, series: str) -> None:
    assert found(source, series, Says.POINTS).verdict is Verdict.HOLDS
    assert found(source, series, Says.GROWTH).verdict is Verdict.HOLDS


def test_other_figures_give_other_findings(source: Source) -> None:
    """The rules are asked again for whatever the registry holds."""
    Indicator.objects.filter(code=PREFIX + "mobile-use").update(base_zh="別人", base_en="others")
    assert [card.finding.series for card in remarks(source)] == [(PREFIX + "household-connection",)]
    highest = found(source, "instant-messaging", Says.HIGHEST)
    assert "別人" in highest.reason.zh
