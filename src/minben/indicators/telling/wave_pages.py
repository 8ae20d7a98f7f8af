"""What the page of a survey shows (調查頁之內容): two waves, row by row, and findings by rule."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from string import ascii_uppercase
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from minben.base.presentation import is_chinese
from minben.indicators.drawing.comparing import waves_of
from minben.indicators.engine.faults import Faulty
from minben.indicators.exporting.tables import csv_bytes
from minben.indicators.figures.svg import Figure
from minben.indicators.models import Claim
from minben.indicators.queries.waves import Said
from minben.indicators.surveys.claims import Figure as Share
from minben.indicators.surveys.claims import Finding, Verdict, Words, judged, remarks
from minben.indicators.surveys.waves import Change, Wave, compare, holm
from minben.indicators.telling import words

HEADER = (
    "indicator", "title_zh", "title_en", "base_zh", "base_en", "period_from", "period_to",
    "share_from", "share_to", "points", "growth_percent", "growth_low", "growth_high", "n_from",
    "n_to", "deff_supposed", "low_95", "high_95", "label", "stands_after_holm",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row:
    """One indicator in two waves.

    Args:
        base: letter of the base; empty where the two waves have different ones.
        change: None where one wave is missing, or the bases differ.
        stands: whether it is one when all rows are tested together; None: not tested.
    """

    code: str
    title: Words
    base: str
    before: Share | None
    after: Share | None
    change: Change | None
    stands: bool | None = None


@dataclass(frozen=True, slots=True)
class Card:
    """A finding, with what is said and by whom; both are None for a remark on the data."""

    words: Words | None
    finding: Finding
    claim: Claim | None = None


@dataclass(frozen=True, slots=True)
class Other:
    """A choice of unit and periods of which something is said: its words, its query, how much."""

    told: str
    query: str
    n: int


@dataclass(frozen=True, slots=True)
class Pair:
    """A picture in two shapes with one table."""

    kind: str
    wide: Figure
    narrow: Figure


def said(one: Words) -> str:
    """The one of two texts that is in the reader's language."""
    return one.zh if is_chinese() or not one.en else one.en


def bases_of(figures: Sequence[Share]) -> dict[str, Words]:
    """The bases by letter, in the order they come."""
    seen = dict.fromkeys(one.base for one in figures)
    return dict(zip(ascii_uppercase, seen, strict=False))


def rows_of(figures: Sequence[Share], earlier: str, later: str) -> list[Row]:
    """Every indicator with a figure in one of two periods."""
    letters = {base: letter for letter, base in bases_of(figures).items()}
    there = {(one.series, one.period): one for one in figures}
    rows = []
    for code in dict.fromkeys(one.series for one in figures):
        before, after = there.get((code, earlier)), there.get((code, later))
        one = after or before
        if one is None:
            continue
        same = before is None or after is None or before.base == after.base
        base = letters.get(one.base, "") if same else ""
        rows.append(Row(code, one.title, base, before, after, _change(before, after)))
    stands = iter(holm([row.change for row in rows if row.change is not None]))
    return [
        Row(
            row.code,
            row.title,
            row.base,
            row.before,
            row.after,
            row.change,
            None if row.change is None else next(stands),
        )
        for row in rows
    ]


def _change(before: Share | None, after: Share | None) -> Change | None:
    if before is None or after is None:
        return None
    try:
        return compare(before.wave(), after.wave())
    except Faulty:
        return None  # of different people: the row says so


def cards_of(
    figures: Sequence[Share], said: Sequence[Said], earlier: str, later: str
) -> list[Card]:
    """What is said of the two periods with its verdict, and what is odd about the figures."""
    found = [
        card_of(one, figures)
        for one in said
        if is_of(one, earlier, later) and one.claim.withdrawn_at is None
    ]
    here = [one for one in figures if one.period in (earlier, later)]
    return [*found, *(Card(None, one) for one in remarks(here))]


def card_of(one: Said, figures: Sequence[Share]) -> Card:
    """A statement with its verdict."""
    return Card(one.words, judged(one.statement, figures), one.claim)


def is_of(one: Said, earlier: str, later: str) -> bool:
    """Whether a statement is of these two periods."""
    return one.statement.period == later and one.statement.earlier in ("", earlier)


def withdrawn_of(said: Sequence[Said], earlier: str, later: str) -> list[Said]:
    """Statements of two periods that were withdrawn: they stay to be read, and are not judged."""
    return [
        one for one in said if is_of(one, earlier, later) and one.claim.withdrawn_at is not None
    ]


def others_of(said: Sequence[Said], unit: str, earlier: str, later: str) -> list[Other]:
    """Of which other units and periods something is said that stands, with how much."""
    found = Counter(
        (one.unit, one.statement.earlier, one.statement.period)
        for one in said
        if one.claim.withdrawn_at is None and not (one.unit == unit and is_of(one, earlier, later))
    )
    return [
        Other(
            " ".join(
                filter(None, ("" if who == unit else who, f"{before} →" * bool(before), after))
            ),
            urlencode({"unit": who} | ({"other": before} if before else {}) | {"period": after}),
            n,
        )
        for (who, before, after), n in sorted(found.items())
    ]


def picture(rows: Sequence[Row], title: str, earlier: str, later: str) -> Pair | None:
    """The differences as a picture; None without any."""
    compared: list[tuple[str, Wave, Wave, Change]] = []
    for row in rows:
        if row.change is None or row.before is None or row.after is None:
            continue
        name = f"{said(row.title)} ({row.base})"
        compared.append((name, row.before.wave(), row.after.wave(), row.change))
    if not compared:
        return None
    shapes = [
        waves_of(
            compared,
            words.language(),
            title=title,
            before=earlier,
            after=later,
            narrow=narrow,
            ids="waves-narrow" if narrow else "waves",
        )
        for narrow in (False, True)
    ]
    return Pair("waves", *shapes)


def table_csv(rows: Sequence[Row], earlier: str, later: str) -> bytes:
    """The table as a file, with everything the page tells of every row."""

    def told(value: float | None) -> str:
        return "" if value is None else f"{value:.6g}"

    return csv_bytes(
        HEADER,
        [
            (
                row.code,
                row.title.zh,
                row.title.en,
                *_bases(row),
                earlier,
                later,
                told(row.before.share if row.before else None),
                told(row.after.share if row.after else None),
                *_compared(row.change, told(None)),
                told(row.before.n if row.before else None),
                told(row.after.n if row.after else None),
                *_interval(row.change),
                "" if row.stands is None else str(row.stands).lower(),
            )
            for row in rows
        ],
    )


def _bases(row: Row) -> tuple[str, str]:
    one = row.after or row.before
    return ("", "") if one is None or not row.base else (one.base.zh, one.base.en)


def _compared(change: Change | None, nothing: str) -> tuple[str, ...]:
    if change is None:
        return (nothing,) * 4
    told = (change.points, change.growth, change.growth_low, change.growth_high)
    return tuple("" if one is None else f"{one:.6g}" for one in told)


def _interval(change: Change | None) -> tuple[str, ...]:
    if change is None:
        return ("", "", "", "")
    if change.low is None or change.high is None:
        return ("", "", "", change.label.value)
    return ("1", f"{change.low:.6g}", f"{change.high:.6g}", change.label.value)


def tallied(cards: Sequence[Card]) -> list[tuple[Verdict, int]]:
    """How often each verdict is given, in their order."""
    found = Counter(card.finding.verdict for card in cards)
    return [(verdict, found[verdict]) for verdict in Verdict if found[verdict]]


def counted(cards: Sequence[Card]) -> str:
    """How many of the statements hold, in one sentence."""
    said = [card for card in cards if card.words is not None]
    holds = sum(card.finding.verdict.value == "holds" for card in said)
    told = _("Of {n} statements {holds} hold by rule.")
    return told.format(n=len(said), holds=holds)
