"""Whether the parts of a recipe belong together (計算方法之內部一致): its tree and its numbers."""

from collections import Counter

from minben.indicators.engine.faults import Fault
from minben.indicators.engine.recipe import Group, Indicator, Normalisation, Recipe, Share

MOST_LEVELS = 20
RESERVED = ("unit", "period", "indicator", "value")


def check(recipe: Recipe) -> list[Fault]:
    """Everything that is wrong between the parts of a recipe."""
    checker = _Checker(recipe)
    checker.tree()
    checker.scales()
    checker.weights()
    checker.favours()
    checker.overrides()
    return checker.faults


class _Checker:
    def __init__(self, recipe: Recipe) -> None:
        self.recipe = recipe
        self.members: tuple[Indicator | Group, ...] = (*recipe.indicators, *recipe.groups)
        self.faults: list[Fault] = []

    def wrong(self, where: str, code: str, text: str) -> None:
        self.faults.append(Fault(where, code, text))

    def tree(self) -> None:
        """Every member has one place, there is no circle, and every group has members."""
        for code, count in Counter(one.code for one in self.members).items():
            if count > 1:
                self.wrong(code, "code_twice", "stands more than once")
        parents = {group.code: group.parent for group in self.recipe.groups}
        for one in self.members:
            if one.parent not in parents and (isinstance(one, Indicator) or one.parent):
                text = f"belongs to {one.parent!r}, which is no group"
                self.wrong(one.code, "parent_unknown", text)
            if one.code != one.code.strip():
                self.wrong(one.code, "code_blank", "has blanks around it; columns are read without")
            if isinstance(one, Indicator) and one.code in RESERVED:
                text = "is what data calls a column of its own; name the indicator otherwise"
                self.wrong(one.code, "code_reserved", text)
        for code in parents:
            path, at = [code], parents[code]
            while at in parents and at not in path and len(path) <= MOST_LEVELS:
                path.append(at)
                at = parents[at]
            if len(path) > MOST_LEVELS:
                self.wrong(code, "too_deep", f"stands more than {MOST_LEVELS} levels down")
            elif at == code:
                told = " in ".join((*path, code))
                self.wrong(code, "cycle", f"belongs to itself by way of its parents: {told}")
        for group in self.recipe.groups:
            if not self.recipe.children[group.code]:
                self.wrong(group.code, "group_empty", "has no members")
        if not self.recipe.results:
            self.wrong("groups", "no_result", "one group must belong to no other")

    def scales(self) -> None:
        for indicator in self.recipe.indicators:
            if indicator.direction not in (1, -1):
                self.wrong(indicator.code, "direction", "direction must be 1 or -1")
        for one in self.members:
            if one.normalisation:
                self.scale(one.code, one.normalisation)
        if any(not one.normalisation for one in self.recipe.indicators):
            self.scale("normalise", self.recipe.normalisation)

    def scale(self, where: str, scale: Normalisation) -> None:
        if scale.low_to >= scale.high_to:
            self.wrong(where, "scale", "low_to must be below high_to")
        if scale.method == "goalposts":
            if scale.low is None or scale.high is None or scale.low >= scale.high:
                self.wrong(where, "goalposts", "low and high must be there, low below high")
            elif scale.log and scale.low <= 0:
                self.wrong(where, "goalposts_log", "a logarithm needs goalposts above zero")
        if scale.method == "target" and not (scale.high and scale.high > 0):
            self.wrong(where, "target", "high is the target and must be above zero")
        for name in _idle(scale):
            text = f"{scale.method} does not use {name}: take it out, or choose another method"
            self.wrong(where, "option_idle", text)
        if scale.reference is not None and (scale.method != "minmax" or scale.log):
            self.wrong(where, "reference", "a reference belongs to minmax without a logarithm")

    def weights(self) -> None:
        for one in self.members:
            if one.weight < 0:
                self.wrong(one.code, "weight_negative", "weight must not be negative")
        for group in self.recipe.groups:
            members = self.recipe.children[group.code]
            if members and sum(one.weight for one in members) <= 0:
                self.wrong(group.code, "weights_zero", "the weights of its members sum to zero")

    def favours(self) -> None:
        """Groups under benefit of the doubt: a plain sum, and bounds that leave room."""
        for group in self.recipe.groups:
            mean, weighing, _ = self.recipe.rules(group)
            if weighing != "bod":
                continue
            if mean != "arithmetic":
                text = f"benefit of the doubt is a weighted sum; {mean} means have no such weights"
                self.wrong(group.code, "bod_mean", text)
            shares = [one.share or self.recipe.share for one in self.recipe.children[group.code]]
            self.room(group.code, shares)

    def room(self, where: str, shares: list[Share]) -> None:
        if any(share.low > share.high for share in shares):
            self.wrong(where, "share", "low must not be above high")
        elif sum(share.low for share in shares) > 1 + 1e-9:
            self.wrong(where, "share", "the least shares of its members are more than the whole")
        elif shares and sum(share.high for share in shares) < 1 - 1e-9:
            self.wrong(where, "share", "the greatest shares of its members are less than the whole")

    def overrides(self) -> None:
        known = {group.code for group in self.recipe.groups}
        for n, override in enumerate(self.recipe.overrides):
            if override.code not in known:
                self.wrong(f"overrides[{n}]", "code_unknown", f"{override.code!r} is no group")
            if not override.reason.strip():
                self.wrong(f"overrides[{n}]", "reason_missing", "must say why")
        places = [(one.unit, one.period, one.code) for one in self.recipe.overrides]
        for place, count in Counter(places).items():
            if count > 1:
                n = len(places) - 1 - places[::-1].index(place)
                self.wrong(f"overrides[{n}]", "override_twice", "is about what another is about")


def _idle(scale: Normalisation) -> list[str]:
    """Options that are given and that the method would overlook: whoever gave them meant something."""
    method, usual = scale.method, Normalisation()
    scaled = method in ("minmax", "goalposts", "zscore")
    there = {
        "low": scale.low is not None and method != "goalposts",
        "high": scale.high is not None and method not in ("goalposts", "target"),
        "log": scale.log and method not in ("minmax", "goalposts"),
        "low_to": scale.low_to != usual.low_to and not scaled,
        "high_to": scale.high_to != usual.high_to and not scaled,
    }
    return [name for name, given in there.items() if given]
