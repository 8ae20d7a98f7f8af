"""Names and rules of recipes in the reader's language (用語)."""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from minben.base.presentation import is_chinese
from minben.indicators.engine.recipe import Recipe
from minben.indicators.exporting.dataset import Words
from minben.indicators.figures.svg import Language
from minben.indicators.rules import Domain, Relation, Status, UnitKind

ALL_UNITS: Final = Words("全部單位", "all units")
STATUSES: Final[Mapping[str, str | Promise]] = {
    Status.NORMAL: pgettext_lazy("observation", "Normal"),
    Status.BREAK: _("Measured otherwise from here on"),
    Status.ESTIMATED: _("Estimated by the source"),
    Status.FORECAST: _("Forecast by the source"),
    Status.IMPUTED: _("Filled in by the source"),
    Status.MISSING: _("The source has no value"),
    Status.PROVISIONAL: _("Provisional"),
    Status.UNRELIABLE: _("Of low reliability, says the source"),
    Status.SUPPRESSED: _("Withheld by the source to protect people"),
}
DOMAINS: Final[Mapping[str, str | Promise]] = {
    Domain.OPPORTUNITY: _("Digital opportunity"),
    Domain.RISK: _("Digital risk"),
    Domain.NONE: _("Neither"),
}
RELATIONS: Final[Mapping[str, str | Promise]] = {
    Relation.G2G: _("Government to government (G2G)"),
    Relation.G2B: _("Government to business (G2B)"),
    Relation.G2C: _("Government to citizens (G2C)"),
    Relation.G2E: _("Government to employees (G2E)"),
    # What these two stand for could not be proved: the course-book names them without a word, and
    # the page its figure 2 is taken from was not found.
    Relation.G2A: _("G2A (not spelt out in the course-book)"),
    Relation.G2D: _("G2D (not spelt out in the course-book)"),
}
KINDS: Final[Mapping[str, str | Promise]] = {
    UnitKind.COUNTRY: _("Country or economy"),
    UnitKind.COUNTY: _("County or city"),
    UnitKind.AGENCY: _("Agency"),
    UnitKind.AGGREGATE: _("Aggregate of several"),
    UnitKind.PLATFORM: _("This platform"),
    UnitKind.SERVICE: _("Public service"),
    UnitKind.PRACTICE: _("Unit for practice"),
}
AS_RISK: Final = 2
DIRECTIONS: Final[Mapping[int, str | Promise]] = {
    1: _("more is better"),
    -1: _("less is better"),
    0: _("neither is better"),
    AS_RISK: _("more is worse: a risk"),
}
CELLS: Final[Mapping[str, str | Promise]] = {
    "imputed": _("filled in"),
    "carried": _("taken from an earlier period"),
    "winsorised": _("drawn in, as an outlier"),
    "transformed": _("logarithm taken"),
    "capped": _("drawn in to the goalpost"),
    "override": _("replaced by what was published"),
    "withheld": _("withheld for lack of coverage"),
    "screened": _("left out for lack of values"),
}


WAYS: Final[Mapping[str, str | Promise]] = {
    "own": _("as in the recipe"),
    "minmax": _("between lowest and highest"),
    "zscore": _("standard deviations"),
    "percentile": _("percentiles"),
    "given": _("given"),
    "equal": _("equal weights"),
    "arithmetic": _("arithmetic mean"),
    "geometric": _("geometric mean"),
}


def language() -> Language:
    """The reader's."""
    return "zh" if is_chinese() else "en"


def said(words: Words) -> str:
    """The one of two names that is in the reader's language; Chinese where there is no English."""
    return words.zh if is_chinese() or not words.en else words.en


def titled(title: Mapping[str, str], code: str) -> str:
    """The title of a recipe or of a part of it, or its code."""
    return title.get(language()) or title.get("zh") or title.get("en") or code


def both(title: Mapping[str, str], code: str) -> Words:
    """A title in both languages."""
    zh = title.get("zh") or title.get("en") or code
    return Words(zh, title.get("en") or zh)


def part_titles(recipe: Recipe) -> dict[str, str]:
    """Titles of groups and indicators by code."""
    groups = {one.code: titled(one.title, one.code) for one in recipe.groups}
    return groups | {one.code: titled(one.title, one.code) for one in recipe.indicators}


def recipe_title(recipe: Recipe) -> Words:
    """The title of a recipe in both languages."""
    return both(recipe.document.get("title", {}), recipe.code)
