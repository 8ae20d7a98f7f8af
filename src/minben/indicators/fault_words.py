"""Faults and remarks in the reader's language (錯誤與提醒之文字): where, and why.

What the readers of files find is told in English, precisely; in Chinese a sentence of its kind
stands, with the words of the file it is about. What the registry finds is told alike in both.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from minben.base.presentation import is_chinese
from minben.indicators.engine.faults import Fault
from minben.indicators.taking.noted import Noted

QUOTED = re.compile(r"'([^']*)'|\"([^\"]*)\"|“([^”]*)”")
LINE = re.compile(r"^line (\d+)(?:, column (.*))?$", re.DOTALL)
CELL = re.compile(r"^sheet (.*), cell ([A-Z]+\d+)$", re.DOTALL)
IN_PERIODS = re.compile(r"^ in (\S+)(?: and (\d+) more periods)?$")

# What the registry says itself; the places are those of `taking.noted`.
REGISTRY: Final[dict[str, str | Promise]] = {
    "unit_unknown": _("“%(name)s” is no unit that is known."),
    "unit_unknown_near": _(
        "“%(name)s” is no unit that is known; the nearest name is “%(nearest)s”."
    ),
    "unit_ambiguous": _("“%(name)s” may mean any of %(units)s."),
    "unit_not_then": _("“%(name)s” did not mean %(unit)s in %(period)s."),
    "indicator_unknown": _("“%(name)s” is no indicator of this source."),
    "indicator_unknown_near": _(
        "“%(name)s” is no indicator of this source; the nearest is “%(nearest)s”."
    ),
    "column_absent": _("No file has the column “%(name)s” of the indicator %(indicator)s."),
    "period_missing": _("Names no period; say which one applies to rows without."),
    "no_period": _("“%(period)s” is no period: write 2019, 2019-Q3 or 2019-07."),
    "status_unknown": _("“%(status)s” is no status of an observation."),
    "status_against_value": _("Has a value, and is marked “%(status)s”: missing or withheld."),
    "observed_twice": _("%(unit)s %(period)s of %(indicator)s stands at %(other)s too."),
    "too_many_rows": _("These are more than %(most)s observations; split the import."),
    "nothing_stated": _("There is no observation in these files."),
    "left_out": _("The column “%(name)s” holds text and is not taken."),
    "direction_differs": _(
        "“%(name)s”: the file says that %(file)s, the registry that %(registry)s."
    ),
    # What is noticed of numbers; the places are those of `reading.remarks`.
    "aggregate_among_units": _(
        "“%(name)s” is a group of countries among countries: it would be ranked."
    ),
    "out_of_range": _(
        "%(count)s of %(n)s values are not within %(low)s to %(high)s, such as %(value)s (%(unit)s)."
    ),
    "ratio_not_percent": _("All %(n)s values lie between 0 and 1, though told in per cent."),
    "percent_not_ratio": _(
        "%(count)s of %(n)s values are above 1, such as %(value)s (%(unit)s), though a ratio."
    ),
    "percent_and_ratio": _(
        "%(count)s values up to %(small)s stand among %(rest)s from %(large)s: shares among per cents?"
    ),
    "identical_series": _(
        "Equals %(other)s in all %(n)s places both have, such as %(value)s (%(unit)s)."
    ),
    "identical_mostly": _(
        "Equals %(other)s in %(count)s of %(n)s places both have, such as %(value)s (%(unit)s)."
    ),
    "identical_value": _(
        "%(value)s (%(unit)s) equals %(other)s in the same period to the last digit."
    ),
    "identical_periods": _("All %(n)s values of %(period)s equal those of %(other)s."),
    "base_mismatch": _(
        "Counts “%(base)s”, and %(other)s counts “%(other_base)s”: not to be compared as they are."
    ),
    "direction_doubtful": _(
        "Goes against the others of %(dimension)s (correlation %(r)s): is its direction right?"
    ),
    "few_values": _("Has only %(count)s different values among %(n)s."),
    "no_variance": _("All %(n)s values are %(value)s%(periods)s."),
    "outliers": _(
        "%(count)s of %(n)s values lie far from the others in %(period)s, such as %(value)s (%(unit)s)."
    ),
    "misplaced_mark": _("%(value)s is %(factor)s times what %(unit)s has in other periods."),
}

# What readers of files find, by kind.
FILES: Final[dict[str, str | Promise]] = {
    "text_in_number": _("There is text where a number belongs."),
    "decimal_comma": _("The decimal mark of this file is a point, and here stands a comma."),
    "decimal_point": _("The decimal mark of this file is a comma, and here stands a point."),
    "grouped": _("Write numbers without marks between thousands."),
    "formula_error": _("Here stands an error of a formula."),
    "formula_unsaved": _(
        "Here stands a formula whose value was not saved: open the file and save it."
    ),
    "merged": _(
        "Cells were merged here, and which of them it is cannot be told: undo the merging."
    ),
    "number_too_large": _("The number is too large to compute with."),
    "sheet_hidden": _("The sheet is hidden, so that nobody sees it: show or delete it."),
    "date_in_number": _("Here stands a date where a number belongs."),
    "cell_twice": _("There are two values for one unit, period and indicator."),
    "key_twice": _("There are two values for one unit, period and indicator."),
    "cells": _("The row has more or fewer cells than the header."),
    "unit_missing": _("The row names no unit."),
    "indicator_missing": _("The row names no indicator."),
    "no_unit": _("There is no column of units; call it unit, or say below what it is called."),
    "no_value": _("There is no column of values."),
    "column_missing": _("A column is missing."),
    "column_twice": _("Two columns bear the same name."),
    "no_header": _("There are no names of columns in the first row."),
    "no_rows": _("There is a header and no rows."),
    "no_count": _("This is no number of answers: a whole number, not below zero."),
    "no_error": _("This is no standard error: a number not below zero."),
    "not_utf8": _("The file is not UTF-8 text: save it as “CSV UTF-8”."),
    "no_csv": _("The file is no whole CSV file."),
    "no_json": _("The file is no whole JSON file."),
    "no_workbook": _("The file is no workbook of the form .xlsx, or it is broken."),
    "unknown_format": _("The form of this file is not known."),
    "broken_archive": _("The archive is broken."),
    "locked_archive": _("The file is locked by a password: save it without."),
    "too_large": _("The file is too large."),
    "too_many": _("The file holds too much: split it."),
    "size": _("The file does not hold as many values as it says."),
    "resource_absent": _("The package names a file that is not there: upload all of them."),
    "remote": _("The package names a file that is elsewhere: only files that came along are read."),
    "measures_mixed": _("One column holds values of different units of measurement."),
    "row_deletes": _("The row takes back what was published before; withdraw that import instead."),
    # What is declared of sources, units and indicators.
    "field_missing": _("This field is needed."),
    "field_unknown": _("There is no such field."),
    "too_long": _("The text is too long."),
    "no_text": _("Here belongs a text."),
    "no_list": _("Here belongs a list of texts."),
    "no_object": _("Here belongs an object, or it is missing."),
    "no_code": _("A code has letters, digits, full stop, hyphen and underscore only."),
    "no_choice": _("This is none of the words that can stand here."),
    "no_truth": _("Here belongs yes or no."),
    "no_whole_number": _("Here belongs a whole number."),
    "no_day": _("Here belongs a day: write it as 2019-04-18."),
    "no_span": _("The upper limit is not above the lower one."),
    "ends_before": _("The last day is not after the first."),
    "no_address": _("This is no web address: begin with https://."),
    "no_format": _("This is no document of the form that is described."),
    "stands_twice": _("This stands twice."),
    "of_another_source": _("This is an indicator of another source."),
    "scale_in_use": _("The scale cannot change while there are observations: declare another."),
    "group_unknown": _("Nobody declared this group."),
    "name_taken": _("Another unit bears this name."),
    # What is declared of statements.
    "figure_absent": _("There is no figure of this: choose another, or import it first."),
    "figure_needless": _("Nothing that is flat has a number: leave it empty, or choose points."),
    "earlier_needless": _("Being highest is said of one period: leave this empty."),
    "earlier_not_before": _("This is not before the period it is compared with."),
    "not_there": _("This is not there."),
    "unit_not_yours": _("This unit is there already, and administrators change it."),
    "agency_unknown": _("There is no such agency."),
    "agency_not_yours": _("Services of an agency are registered by its officers and leads."),
    "no_service": _("This belongs to services only."),
}


@dataclass(frozen=True, slots=True)
class Told:
    """A fault or remark as a row of a table."""

    file: str
    place: str
    text: str
    code: str


def told(faults: Iterable[Fault], files: Iterable[str] = ()) -> list[Told]:
    """Faults or remarks as rows: file, place in it, sentence, in the active language."""
    names = sorted(files, key=len, reverse=True)
    return [Told(*_split(one.where, names), said(one), one.code) for one in faults]


def said(fault: Fault) -> str:
    """Why, as a sentence in the active language."""
    if isinstance(fault, Noted) and fault.code in REGISTRY:
        return _noted(fault)
    if not is_chinese() or fault.code not in FILES:
        return fault.text[:1].upper() + fault.text[1:]
    words = ["".join(found) for found in QUOTED.findall(fault.text)]
    about = "、".join(f"「{word}」" for word in words if word)
    return f"{FILES[fault.code]}{about}"


def _noted(one: Noted) -> str:
    params = dict(one.params)
    if is_chinese():
        params |= {name: IN_PERIODS.sub(_in_chinese, told) for name, told in one.params}
    sentence = str(REGISTRY[one.code]) % params
    more = params.get("more", "0")
    if more == "0":
        return sentence
    return sentence + " " + gettext("(%(more)s more of this kind)") % {"more": more}


def _in_chinese(found: "re.Match[str]") -> str:
    period, more = found.groups()
    return f"（{period} 等 {int(more) + 1} 期）" if more else f"（{period}）"


def _split(where: str, names: Iterable[str]) -> tuple[str, str]:
    """File and place, as readers name them, the place in the active language."""
    file = next((one for one in names if where == one or where.startswith(f"{one}, ")), "")
    place = where[len(file) :].removeprefix(", ")
    if found := LINE.match(place):
        line, column = found.groups()
        if column:
            place = gettext("line %(line)s, column %(column)s") % {"line": line, "column": column}
        else:
            place = gettext("line %(line)s") % {"line": line}
    elif place.startswith("column "):
        place = gettext("column %(column)s") % {"column": place.removeprefix("column ")}
    elif found := CELL.match(place):
        place = gettext("sheet %(sheet)s, cell %(cell)s") % {"sheet": found[1], "cell": found[2]}
    return file, place
