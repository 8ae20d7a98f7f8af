"""How a survey was drawn and what is to be estimated of it (抽樣設計說明), as a JSON document.

``weight``, ``strata``, ``clusters`` and ``populations`` name columns; ``fit`` holds known totals
(one entry: post-stratification 事後分層; several: raking 反覆加權); ``estimate`` what is asked.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, Literal, cast, get_args

from minben.indicators.engine.faults import Fault, Faulty
from minben.indicators.reading.documents import document
from minben.indicators.surveys.design import Lonely
from minben.indicators.surveys.intervals import How

What = Literal["mean", "total", "share"]
KEYS = {
    "weight", "strata", "clusters", "populations", "lonely", "nonresponse",
    "fit", "trim", "level", "interval", "estimate",
}  # fmt: skip
BETWEEN = " | "  # joins the cells of several columns into one label


@dataclass(frozen=True)
class Fit:
    """Known totals of the cells of one column, or of several columns crossed."""

    columns: tuple[str, ...]
    totals: dict[object, float]


@dataclass(frozen=True)
class Asked:
    """One thing to estimate.

    Args:
        column: of the answers.
        what: mean or total of numbers, or the share of those whose answer is one of `answers`.
        answers: of a share.
        among: a column and its values: who the question was for; None: everybody.
    """

    column: str
    what: What
    answers: tuple[str, ...] = ()
    among: tuple[str, tuple[str, ...]] | None = None


@dataclass(frozen=True)
class Document:
    """A whole document; every name is a column of the answers."""

    asked: tuple[Asked, ...]
    weight: str = ""
    strata: str = ""
    clusters: tuple[str, ...] = ()
    populations: tuple[str, ...] = ()
    lonely: Lonely = "refuse"
    nonresponse: tuple[str, ...] = ()
    fits: tuple[Fit, ...] = ()
    trim: float | None = None
    level: float = 0.95
    interval: How = "wilson"


class _Reader:
    """Takes values out of a document and gathers what is wrong with them."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.faults: list[Fault] = []

    def fault(self, where: str, code: str, text: str) -> None:
        self.faults.append(Fault(f"{self.name}, {where}", code, text))

    def keys(self, where: str, told: dict[str, Any], known: Collection[str]) -> None:
        for key in sorted(set(told) - set(known)):
            text = f"is not known here; known are {', '.join(sorted(known))}"
            self.fault(f"{where}.{key}".lstrip("."), "unknown_key", text)

    def text(self, where: str, told: Any) -> str:  # Any: JSON
        if isinstance(told, str) and told.strip():
            return told.strip()
        self.fault(where, "not_text", "must be a text, such as the name of a column")
        return ""

    def texts(self, where: str, told: Any) -> tuple[str, ...]:
        if not isinstance(told, list):
            self.fault(where, "not_list", "must be a list")
            return ()
        return tuple(
            str(one)
            if isinstance(one, int) and not isinstance(one, bool)
            else self.text(where, one)
            for one in told
        )

    def one_of(self, where: str, told: Any, choices: Collection[str]) -> str:
        if isinstance(told, str) and told in choices:
            return told
        self.fault(where, "not_known", f"must be one of {', '.join(sorted(choices))}")
        return next(iter(choices))

    def number(self, where: str, told: Any, low: float, high: float) -> float:
        if isinstance(told, (int, float)) and not isinstance(told, bool) and low < told < high:
            return float(told)
        self.fault(where, "number", f"must be a number above {low:g} and below {high:g}")
        return low


def _object(name: str, content: bytes) -> dict[str, Any]:  # Any: JSON
    try:
        return dict(document(name, content))
    except Faulty as error:
        if error.faults[0].code != "unknown_format":
            raise
        raise Faulty([Fault(name, "no_object", "must be an object")]) from None


def document_of(name: str, content: bytes) -> Document:
    """The document in a file. Raises Faulty, with every fault and its place."""
    told = _object(name, content)
    reader = _Reader(name)
    reader.keys("", told, KEYS)
    found = Document(
        asked=tuple(
            _asked(reader, f"estimate[{at}]", one)
            for at, one in enumerate(_objects(reader, "estimate", told.get("estimate", [])))
        ),
        weight=reader.text("weight", told["weight"]) if "weight" in told else "",
        strata=reader.text("strata", told["strata"]) if "strata" in told else "",
        clusters=reader.texts("clusters", told.get("clusters", [])),
        populations=reader.texts("populations", told.get("populations", [])),
        lonely=cast(
            Lonely, reader.one_of("lonely", told.get("lonely", "refuse"), get_args(Lonely))
        ),
        nonresponse=reader.texts("nonresponse", told.get("nonresponse", [])),
        fits=tuple(
            _fit(reader, f"fit[{at}]", one)
            for at, one in enumerate(_objects(reader, "fit", told.get("fit", [])))
        ),
        trim=reader.number("trim", told["trim"], 1, 1e6) if "trim" in told else None,
        level=reader.number("level", told.get("level", 0.95), 0.5, 1),
        interval=cast(
            How, reader.one_of("interval", told.get("interval", "wilson"), get_args(How))
        ),
    )
    _refuse_whole(reader, found)
    if reader.faults:
        raise Faulty(reader.faults)
    return found


def _refuse_whole(reader: _Reader, found: Document) -> None:
    if not found.asked:
        reader.fault("estimate", "nothing_asked", "must name at least one thing to estimate")
    if len(found.populations) > max(len(found.clusters), 1):
        reader.fault("populations", "too_many", "has more entries than there are stages")
    if found.trim is not None and not found.fits:
        reader.fault("trim", "nothing_fitted", "is for weights that are fitted; there is no fit")


def _objects(reader: _Reader, where: str, told: Any) -> list[dict[str, Any]]:  # Any: JSON
    if isinstance(told, list) and all(isinstance(one, dict) for one in told):
        return told
    reader.fault(where, "not_objects", "must be a list of objects")
    return []


def _asked(reader: _Reader, where: str, told: dict[str, Any]) -> Asked:
    reader.keys(where, told, {"column", "what", "answers", "among"})
    what = cast(What, reader.one_of(f"{where}.what", told.get("what", "mean"), get_args(What)))
    answers = reader.texts(f"{where}.answers", told.get("answers", []))
    if (what == "share") != bool(answers):
        text = "a share needs answers that count, and nothing else takes any"
        reader.fault(f"{where}.answers", "answers", text)
    among = None
    if "among" in told:
        inner = told["among"] if isinstance(told["among"], dict) else {}
        reader.keys(f"{where}.among", inner, {"column", "values"})
        values = reader.texts(f"{where}.among.values", inner.get("values"))
        among = (reader.text(f"{where}.among.column", inner.get("column")), values)
    return Asked(reader.text(f"{where}.column", told.get("column")), what, answers, among)


def _fit(reader: _Reader, where: str, told: dict[str, Any]) -> Fit:
    reader.keys(where, told, {"columns", "totals"})
    totals = told.get("totals")
    if not isinstance(totals, dict) or not totals:
        reader.fault(f"{where}.totals", "not_object", "must hold the total of every cell")
        totals = {}
    columns = reader.texts(f"{where}.columns", told.get("columns"))
    if not columns:
        reader.fault(f"{where}.columns", "nothing", "must name at least one column")
    sizes: dict[object, float] = {
        label: reader.number(f"{where}.totals.{label}", size, 0, 1e12)
        for label, size in totals.items()
    }
    return Fit(columns, sizes)
