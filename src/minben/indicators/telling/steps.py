"""A recipe in plain words (計算步驟): every step with its parameters, in the order it is done."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from minben.indicators.engine.recipe import Group, Normalisation, Recipe
from minben.indicators.telling.words import titled

MEANS: Final[Mapping[str, str | Promise]] = {
    "arithmetic": gettext_lazy("arithmetic mean: a low part can be made up for by a high one"),
    "geometric": gettext_lazy("geometric mean: a low part is only partly made up for"),
    "harmonic": gettext_lazy("harmonic mean: a low part pulls hardest"),
    "mpi": gettext_lazy("Mazziotta-Pareto: the mean less a penalty for unevenness"),
    "mpi_plus": gettext_lazy("Mazziotta-Pareto: the mean plus unevenness, where more is worse"),
}
WEIGHINGS: Final[Mapping[str, str | Promise]] = {
    "given": gettext_lazy("the weights in the table below"),
    "equal": gettext_lazy("equal weights"),
    "pca": gettext_lazy("weights of the first principal component; refused if one is negative"),
    "entropy": gettext_lazy("weights by entropy: what tells units apart counts more"),
    "bod": gettext_lazy("benefit of the doubt: for each unit the weights that suit it best"),
}
MISSING: Final[Mapping[str, str | Promise]] = {
    "skip": gettext_lazy("A part without a value is left out, and the others share its weight."),
    "withhold": gettext_lazy("Where a part has no value there is no score."),
    "zero": gettext_lazy("Where a part has no value the score is 0, as the publisher did."),
}
TIES: Final[Mapping[str, str | Promise]] = {
    "min": gettext_lazy(
        "Equal scores share the better rank, and the next ones are left out: 1, 2, 2, 4."
    ),
    "dense": gettext_lazy("Equal scores share a rank, and none is left out: 1, 2, 2, 3."),
    "average": gettext_lazy("Equal scores share the middle of their ranks: 1, 2.5, 2.5, 4."),
}


@dataclass(frozen=True, slots=True)
class Step:
    """One step: what it is called, and what is done."""

    title: str
    lines: tuple[str, ...]


def steps(recipe: Recipe) -> list[Step]:
    """All steps of a recipe, also those it leaves out, for that is a choice too."""
    ways: tuple[tuple[str, Callable[[Recipe], list[str]]], ...] = (
        (_("Which units and periods count"), _counted),
        (_("Denominators"), _denominated),
        (_("Missing values"), _imputed),
        (_("Outliers"), _treated),
        (pgettext("step", "Normalisation"), _normalised),
        (_("Weights and aggregation"), _aggregated),
        (_("When a score is withheld"), _withheld),
        (_("Rounding and ranks"), _rounded),
    )
    return [Step(title, tuple(way(recipe))) for title, way in ways]


def _counted(recipe: Recipe) -> list[str]:
    lines = []
    units = recipe.units
    if units.only:
        lines.append(
            ngettext("{n} listed unit counts.", "{n} listed units count.", len(units.only)).format(
                n=len(units.only)
            )
        )
    elif units.label:
        lines.append(
            _("Units whose “{label}” is “{equals}” count.").format(
                label=units.label, equals=units.equals
            )
        )
    else:
        lines.append(_("Every unit with data counts."))
    if recipe.period.rule == "latest":
        lines.append(
            _("One period is made of all: the latest value of each, at most {most} older.").format(
                most=recipe.period.most_back
            )
        )
    else:
        lines.append(_("Each period is computed and ranked by itself."))
    if recipe.screen.available > 0 or recipe.screen.zeros < 1:
        lines.append(
            _(
                "Left out: who has less than {share:.0%} of the indicators, or over {zeros:.0%} zeros."
            ).format(share=recipe.screen.available, zeros=recipe.screen.zeros)
        )
    return lines


def _denominated(recipe: Recipe) -> list[str]:
    divided = [one for one in recipe.indicators if one.denominator]
    if not divided:
        return [_("Nothing is divided; values are taken as they are.")]
    return [
        _("{title} is divided by “{column}”.").format(
            title=titled(one.title, one.code), column=one.denominator
        )
        for one in divided
    ]


def _imputed(recipe: Recipe) -> list[str]:
    rule = recipe.imputation
    if rule.method == "none":
        return [_("Nothing is filled in.")]
    if rule.method == "carry":
        return [
            ngettext(
                "The last value of a unit is carried on for at most {n} period.",
                "The last value of a unit is carried on for at most {n} periods.",
                rule.most,
            ).format(n=rule.most)
        ]
    middle = _("mean") if rule.middle == "mean" else _("median")
    if rule.group:
        told = _("A gap is filled with the {middle} of its group (“{group}”) in the period.")
        return [told.format(middle=middle, group=rule.group)]
    return [
        _("A gap is filled with the {middle} of all units in the period.").format(middle=middle)
    ]


def _treated(recipe: Recipe) -> list[str]:
    rule = recipe.treatment
    if rule.most == 0:
        return [_("Outliers are left as they are.")]
    lines = [
        _(
            "An indicator passes if its skewness is below {skewness:g} either way, or its kurtosis"
            " below {kurtosis:g}; else up to {most} extreme values are drawn in to the next."
        ).format(skewness=rule.skewness, kurtosis=rule.kurtosis, most=rule.most)
    ]
    if rule.then_log:
        lines.append(_("Where that does not help, logarithms are taken."))
    return lines


def normalisation_in_words(rule: Normalisation) -> str:
    """One rule of normalisation as a sentence."""
    ends = {"a": f"{rule.low_to:g}", "b": f"{rule.high_to:g}"}
    over = _("of all periods") if rule.over == "panel" else _("of the period")
    if rule.method == "minmax":
        told = _("The lowest unit {over} gets {a}, the highest {b}.").format(over=over, **ends)
    elif rule.method == "goalposts":
        told = _("{low:g} gets {a} and {high:g} gets {b}, whoever takes part.").format(
            low=rule.low or 0.0, high=rule.high or 0.0, **ends
        )
        told += " " + (_("What lies beyond counts as the end.") if rule.cap else "")
    elif rule.method == "zscore":
        told = _("The distance from the mean {over}, in standard deviations.").format(over=over)
        if (rule.low_to, rule.high_to) != (0, 1):
            told += " " + _("The mean gets {a}, one deviation above it {b}.").format(**ends)
    elif rule.method == "target":
        told = _("The value as a share of the target {high:g}, at most 1.").format(
            high=rule.high or 1.0
        )
    else:
        told = str(OTHER_METHODS[rule.method])
    if rule.log:
        told = f"{told.strip()} " + _("All in logarithms.")
    return told.strip()


OTHER_METHODS: Final[Mapping[str, str | Promise]] = {
    "rank": gettext_lazy("The rank counted from the worst."),
    "percentile": gettext_lazy("The share of units that are no better."),
    "none": gettext_lazy("Values are comparable already and are left as they are."),
}


def _normalised(recipe: Recipe) -> list[str]:
    own = [one for one in recipe.indicators if one.normalisation is not None]
    lines = []
    if len(own) < len(recipe.indicators):
        lines.append(normalisation_in_words(recipe.normalisation))
    lines += [
        f"{titled(one.title, one.code)}: {normalisation_in_words(one.normalisation)}"
        for one in own
        if one.normalisation is not None
    ]
    turned = [titled(one.title, one.code) for one in recipe.indicators if one.direction < 0]
    if turned:
        lines.append(
            _("Turned round, because less is better: {names}.").format(names=_(", ").join(turned))
        )
    return lines


def _aggregated(recipe: Recipe) -> list[str]:
    return [_group(recipe, group) for group in recipe.upward]


def _group(recipe: Recipe, group: Group) -> str:
    aggregation, weighing, _missing = recipe.rules(group)
    told = _("{title}: {mean}; {weights}.").format(
        title=titled(group.title, group.code),
        mean=MEANS[aggregation],
        weights=WEIGHINGS[weighing],
    )
    if group.normalisation:
        told += " " + normalisation_in_words(group.normalisation)
    return told


def _withheld(recipe: Recipe) -> list[str]:
    lines = [str(MISSING[recipe.missing])]
    lines += [
        f"{titled(group.title, group.code)}: {MISSING[group.missing]}"
        for group in recipe.groups
        if group.missing and group.missing != recipe.missing
    ]
    if recipe.coverage > 0:
        lines.append(
            _("Below {share:.0%} of the indicators, by weight, a score is withheld.").format(
                share=recipe.coverage
            )
        )
    else:
        lines.append(_("No least coverage is asked for beyond that."))
    return lines


def _rounded(recipe: Recipe) -> list[str]:
    if recipe.decimals is None:
        first = _("Scores are not rounded before they are ranked.")
    else:
        first = ngettext(
            "Scores are rounded to {n} decimal, and so ranked.",
            "Scores are rounded to {n} decimals, and so ranked.",
            recipe.decimals,
        ).format(n=recipe.decimals)
    return [first, str(TIES[recipe.ties])]
