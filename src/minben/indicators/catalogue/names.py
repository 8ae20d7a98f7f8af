"""Whom a name means (名稱比對): exactly, at a time; and what may have been meant."""

import gettext
import json
from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from typing import Any

from minben.indicators.catalogue.spelling import folded, trimmed
from minben.indicators.catalogue.unit import KINDS, Name, Unit, UnitKind

NEAR = 0.75  # share of letters in common, of which a spelling is worth suggesting
LONGEST_CODE = 3  # letters of a code, whose case counts
SHORT = ("City", "County")
SHORT_ZH = ("市", "縣")
Known = Mapping[str, list[tuple[Name, Unit]]]


def resolve(name: str, at: str | None = None, kind: UnitKind | None = None) -> Unit | None:
    """The unit that is called so, or None.

    Case, blanks, accents and punctuation are overlooked: “Cabo verde” is no other country. A letter
    that is missing is not, and neither is the case of codes: “is” is not Iceland.

    Args:
        name: a code, a name, or another known spelling.
        at: a period in which the name must have held; None for any time.
        kind: of units; None looks among countries, then counties, then groups of countries.
    """
    bare = trimmed(name)
    for one in (kind,) if kind else KINDS:
        coded = _by_code(one).get(bare)
        if coded and (at is None or Name(bare, "", coded.until).held(at)):
            return coded
        if coded:
            continue
        known = _known(one)
        told = known.get(bare) or known.get(_loosely(one, bare), [])
        for spelling, unit in told:
            if at is None or spelling.held(at):
                return unit
    return None


def _loosely(kind: UnitKind, name: str) -> str:
    """The known spelling that differs only in case, blanks, accents and punctuation; or nothing."""
    key = folded(name)
    return "" if key.isascii() and len(key) <= LONGEST_CODE else _folded(kind).get(key, "")


def nearest(name: str, kind: UnitKind | None = None) -> str | None:
    """The known spelling that is most like a name, or None if none is. To suggest, not to assume."""
    for one in (kind,) if kind else KINDS:
        if found := _folded(one).get(folded(name)):
            return found
    every = {
        key: told for one in ((kind,) if kind else KINDS) for key, told in _folded(one).items()
    }
    close = get_close_matches(folded(name), every, 1, NEAR)
    return every[close[0]] if close else None


def units(kind: UnitKind | None = None) -> tuple[Unit, ...]:
    """Every unit, those of the past among them."""
    return tuple(unit for one in ((kind,) if kind else KINDS) for unit in _units(one))


@cache
def _units(kind: UnitKind) -> tuple[Unit, ...]:
    return tuple(_countries() if kind == "country" else _listed(kind))


@cache
def _by_code(kind: UnitKind) -> Mapping[str, Unit]:
    """By code alone, which most data has, and which needs no spellings."""
    return {unit.code: unit for unit in _units(kind)}


@cache
def _known(kind: UnitKind) -> Known:
    found: dict[str, list[tuple[Name, Unit]]] = {}
    for unit in _units(kind):
        for name in unit.names:
            found.setdefault(name.text, []).append((name, unit))
    return found


@cache
def _folded(kind: UnitKind) -> Mapping[str, str]:
    """What a folded spelling stands for: the spelling nearest to how the platform writes it."""
    found: dict[str, str] = {}
    for unit in _units(kind):
        for name in unit.names:
            found.setdefault(folded(name.text), name.text)
    return found


def _data(name: str) -> Mapping[str, Any]:  # Any: JSON values
    text = (files("minben.indicators.catalogue") / "data" / f"{name}.json").read_text("utf-8")
    told: dict[str, Any] = json.loads(text)
    del told["about"]
    return told


def _countries() -> Iterator[Unit]:
    """Those of ISO 3166, with our own names; then those ISO has not or no longer."""
    import pycountry  # takes some 50 ms to load, and is needed only where names are looked up

    chinese = gettext.translation("iso3166-1", pycountry.LOCALES_DIR, languages=["zh_TW"])
    own = dict(_data("countries"))
    for one in pycountry.countries:
        said = own.pop(one.alpha_3, {})
        common, official = getattr(one, "common_name", ""), getattr(one, "official_name", "")
        zh_iso, en_iso = chinese.gettext(one.name), common or one.name
        codes = [one.alpha_3, one.alpha_2]
        spelt = [zh_iso, one.name, common, official]
        yield _unit("country", codes, said, said.get("zh", zh_iso), said.get("en", en_iso), spelt)
    for code, said in own.items():
        yield _unit("country", [code], said, said["zh"], said["en"], [])


def _listed(kind: UnitKind) -> Iterator[Unit]:
    """Counties and groups of countries, which stand in our own data whole."""
    told = _data("counties" if kind == "county" else "aggregates")
    today = [_cut(said["zh"]) for said in told.values() if "until" not in said]
    for code, said in told.items():
        short = _cut(said["zh"]), _cut(said["en"])
        alone = kind == "county" and "until" not in said and today.count(short[0]) == 1
        yield _unit(kind, [code], said, said["zh"], said["en"], short if alone else ())


def _cut(name: str) -> str:
    """臺北 of 臺北市, Taipei of Taipei City."""
    for ending in (*SHORT_ZH, *(f" {one}" for one in SHORT)):
        name = name.removesuffix(ending)
    return name


def _unit(
    kind: UnitKind,
    codes: list[str],
    said: Mapping[str, Any],  # Any: JSON values
    zh: str,
    en: str,
    spelt: Iterable[str],
) -> Unit:
    told = [one if isinstance(one, dict) else {"name": one} for one in said.get("names", ())]
    names = [Name(text) for text in (zh, en, *spelt) if text]
    names += [Name(one["name"], one.get("since", ""), one.get("until", "")) for one in told]
    return Unit(codes[0], kind, zh, en, tuple(codes[1:]), tuple(names), said.get("until", ""))
