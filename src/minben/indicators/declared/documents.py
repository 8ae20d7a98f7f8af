"""A source with its units and indicators in one JSON document (指標架構文件).

An agency's or a county's own framework is such a document; docs/how/indicator-registry.md tells its
form. What is said in two languages stands as ``{"zh": …, "en": …}``.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields
from typing import Any

from minben.indicators.declared import forming
from minben.indicators.declared.drafts import Framework, IndicatorDraft, Layout, UnitDraft
from minben.indicators.declared.fields import Entry
from minben.indicators.declared.statements import CLAIM, claim_of
from minben.indicators.engine.faults import Fault, Faulty
from minben.indicators.engine.strict import parsed

FORMAT = "minben-source-1"
MOST_BYTES = 2_000_000
PARTS = frozenset({"format", "source", "units", "groups", "indicators", "claims", "layout"})
LAYOUT = frozenset(one.name for one in fields(Layout))
TWO_LANGUAGES = (
    "title",
    "name",
    "definition",
    "unit",
    "dimension",
    "base",
    "notes",
    "note",
    "words",
)
Json = Mapping[str, Any]  # Any: JSON values


def framework(name: str, content: bytes) -> Framework:
    """What a document declares. Raises Faulty with every fault; nothing is declared then."""
    reader = _Reader()
    document = _opened(name, content)
    if document.get("format") != FORMAT:
        raise Faulty([Fault("format", "no_format", f"is not '{FORMAT}'")])
    top = reader.entry(document, "", PARTS)
    top.refuse_others(PARTS)
    source = reader.entry(document.get("source"), "source", forming.SOURCE)
    layout = reader.entry(document.get("layout", {}), "layout", LAYOUT)
    made = Framework(
        source=forming.source_of(source),
        agency=source.text("agency"),
        units=tuple(reader.unit(one) for one in reader.listed(document, "units", forming.UNIT)),
        groups=tuple(
            forming.group_of(one) for one in reader.listed(document, "groups", forming.GROUP)
        ),
        indicators=reader.indicators(document),
        claims=tuple(claim_of(one) for one in reader.listed(document, "claims", CLAIM)),
        layout=_layout(layout),
    )
    reader.finish()
    return made


def indicators(name: str, content: bytes) -> tuple[IndicatorDraft, ...]:
    """The indicators of a JSON list, or of a whole document. Raises Faulty."""
    document = _opened(name, content)
    if document.get("format") == FORMAT:
        return framework(name, content).indicators
    reader = _Reader()
    reader.entry(document, "", PARTS).refuse_others(frozenset({"indicators"}))
    found = reader.indicators(document)
    reader.finish()
    if not found:
        raise Faulty([Fault(name, "no_rows", "declares no indicator")])
    return found


def _opened(name: str, content: bytes) -> Json:
    if len(content) > MOST_BYTES:
        raise Faulty([Fault(name, "too_large", f"is larger than {MOST_BYTES} bytes")])
    document = parsed(name, content)
    if isinstance(document, list):
        return {"indicators": document}
    if not isinstance(document, dict):
        raise Faulty([Fault(name, "no_format", "is neither an object nor a list")])
    return document


class _Reader:
    """Walks a document, and gathers the faults of all its parts."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []

    def entry(self, value: object, place: str, known: frozenset[str]) -> Entry:
        """An object of the document, its texts in two languages laid side by side."""
        faults: list[Fault] = []
        if not isinstance(value, dict):
            faults.append(Fault(place, "no_object", "is missing or no object"))
            value = {}
        entry = Entry(_flat(value, known), _placed(place), faults)
        self.entries.append(entry)
        return entry

    def listed(
        self, holder: Mapping[str, object], name: str, known: frozenset[str], place: str = ""
    ) -> list[Entry]:
        """The objects of a list; none if it is left out."""
        path = f"{place}.{name}" if place else name
        found = holder.get(name, [])
        if not isinstance(found, list):
            self.entry(None, path, known)
            return []
        return [self.entry(one, f"{path}[{n}]", known) for n, one in enumerate(found)]

    def unit(self, entry: Entry) -> UnitDraft:
        """A unit with what belongs to it."""
        place = entry.place("")
        aliases = self.listed(_named(entry.values), "aliases", forming.ALIAS, place)
        groups = self.listed(_member(entry.values), "groups", forming.MEMBER, place)
        return forming.unit_of(entry, aliases, groups, _words(entry, "relations"))

    def indicators(self, document: Json) -> tuple[IndicatorDraft, ...]:
        """All indicators of the document."""
        return tuple(
            forming.indicator_of(
                one,
                _words(one, "relations"),
                self.listed(one.values, "breaks", forming.BREAK, one.place("")),
            )
            for one in self.listed(document, "indicators", forming.INDICATOR)
        )

    def finish(self) -> None:
        """Raises Faulty if anything was wrong."""
        faults = [fault for one in self.entries for fault in one.faults]
        if faults:
            raise Faulty(faults)


def _flat(value: Json, known: frozenset[str]) -> dict[str, Any]:
    """``title: {zh, en}`` as ``title_zh`` and ``title_en``."""
    found: dict[str, Any] = {}
    for name, told in value.items():
        if name in TWO_LANGUAGES and f"{name}_zh" in known and isinstance(told, dict):
            found |= {f"{name}_{language}": text for language, text in told.items()}
        else:
            found[name] = told
    return found


def _placed(place: str) -> Callable[[str], str]:
    return lambda name: ".".join(filter(None, (place, name))) or "document"


def _named(values: Json) -> Json:
    """An alias that always held may be a text alone."""
    return _objects(values, "aliases", lambda text: {"name": text})


def _member(values: Json) -> Json:
    """A group may be written ``family:code``."""

    def split(text: str) -> Json:
        family, _, code = text.partition(":")
        return {"family": family, "code": code}

    return _objects(values, "groups", split)


def _objects(values: Json, name: str, made: Callable[[str], Json]) -> Json:
    told = values.get(name, [])
    if isinstance(told, list):
        told = [made(one) if isinstance(one, str) else one for one in told]
    return {name: told}


def _words(entry: Entry, name: str) -> Sequence[str]:
    told = entry.values.get(name, [])
    if not isinstance(told, list) or not all(isinstance(one, str) for one in told):
        entry.fault(name, "no_list", "is no list of texts")
        return ()
    return told


def _layout(entry: Entry) -> Layout:
    entry.refuse_others(LAYOUT)
    columns = entry.values.get("columns", {})
    if not isinstance(columns, dict) or not all(isinstance(one, str) for one in columns.values()):
        entry.fault("columns", "no_object", "is no object of texts: column by indicator")
        columns = {}
    decimal = entry.text("decimal") or "."
    if decimal not in (".", ","):
        entry.fault("decimal", "no_choice", f"'{decimal}' is neither a point nor a comma")
        decimal = "."
    return Layout(
        unit=entry.text("unit"),
        period=entry.text("period"),
        indicator=entry.text("indicator"),
        value=entry.text("value"),
        decimal=decimal,
        columns=columns,
        leave_out=frozenset(_words(entry, "leave_out")),
        default_period=entry.period("default_period", needed=False),
    )
