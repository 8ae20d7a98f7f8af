"""Why a line of an archive is refused (退回事由), in both languages."""

from dataclasses import asdict, dataclass

MESSAGES: dict[str, tuple[str, str]] = {
    # the file
    "unreadable": ("檔案無法開啟：{detail}", "the file can't be opened: {detail}"),
    "unknown_file": (
        "看不出是提議或附議檔（.jsonl、.csv、.csv.gz）",
        "neither proposals nor endorsements (.jsonl, .csv, .csv.gz)",
    ),
    "empty_file": ("檔案是空的", "the file is empty"),
    "gzip_truncated": (
        "壓縮檔不完整，此行之後無法讀取",
        "the compressed file breaks off here; the rest is missing",
    ),
    "gzip_damaged": ("壓縮檔已損壞：{detail}", "the compressed file is damaged: {detail}"),
    "missing_column": ("標題列缺少欄位「{field}」", "the header lacks the column {field}"),
    # the line
    "not_utf8": ("不是 UTF-8 文字", "not text in UTF-8"),
    "line_too_long": ("一行超過 {most} 位元組", "a line of more than {most} bytes"),
    "not_json": ("不是有效的 JSON：{detail}", "not valid JSON: {detail}"),
    "not_object": ("不是 JSON 物件", "not a JSON object"),
    "quote_not_closed": ("引號沒有結尾", "a quotation mark is never closed"),
    "wrong_field_count": (
        "應有 {expected} 欄，實有 {found} 欄",
        "{found} fields instead of {expected}",
    ),
    # the field
    "missing_field": ("缺少此欄", "this field is missing"),
    "not_text": ("應為文字", "must be a text"),
    "not_list": ("應為清單", "must be a list"),
    "not_flag": ("應為 true 或 false，而非 {found}", "must be true or false, not {found}"),
    "not_number": ("應為整數，而非 {found}", "must be a whole number, not {found}"),
    "negative": ("不得小於 {least}：{found}", "must not be less than {least}: {found}"),
    "too_large": ("數字過大：{found}", "the number is too large: {found}"),
    "too_long": ("超過 {most} 字", "more than {most} characters"),
    "bad_date": ("不是日期或時間：{found}", "not a date or time: {found}"),
    "out_of_order": ("早於「{before}」", "earlier than {before}"),
    "in_future": ("在未來", "lies in the future"),
    # the matter
    "unknown_outcome": ("未知的結果：{found}", "an outcome that is not known: {found}"),
    "contradiction": ("與「{other}」矛盾", "contradicts {other}"),
    "no_rule_set": ("該日沒有施行中的規則集", "no rule set was in force on that day"),
    "no_calendar": (
        "工作日曆未涵蓋該日",
        "the calendar of working days does not cover that day",
    ),
    "duplicate_id": ("同一檔案中重複的提議", "the same proposal again in this file"),
    "unknown_proposal": ("沒有這件提議：{found}", "no such proposal: {found}"),
    "duplicate_number": ("同一提議中重複的編號 {found}", "number {found} twice for one proposal"),
    "before_window": ("早於附議開始", "earlier than the opening of endorsement"),
    "after_window": ("晚於附議截止", "later than the closing of endorsement"),
    # taken, but worth a look
    "shared_case_number": (
        "案號 {found} 已被另一件使用，改編為 {given}",
        "case number {found} belongs to another record too; filed as {given}",
    ),
    "empty_post": (
        "一則沒有文字的機關回應未收錄",
        "an agency's post without any text was left out",
    ),
    "counts_differ": (
        "檔案記 {told} 人附議，附議紀錄有 {counted} 筆；採後者",
        "the archive tells {told} endorsements and holds {counted}; the latter counts",
    ),
    "reached_elsewhere": (
        "檔案所載成案日 {told} 與第 {number} 筆附議之日 {counted} 不同；採前者",
        "the archive tells {told} as the day of reaching, endorsement no. {number} is of"
        " {counted}; the former is kept",
    ),
    "not_in_time_order": (
        "{found} 筆附議之編號與時間順序不合",
        "{found} endorsements whose numbers are not in the order of time",
    ),
}


class ArchiveFault(ValueError):
    """One field of one record can't be taken.

    Args:
        code: key of :data:`MESSAGES`.
        field: name of the field in the archive; empty for the whole line.
        params: what the message needs.
    """

    def __init__(self, code: str, field: str = "", **params: object) -> None:
        self.code, self.field, self.params = code, field, params
        super().__init__(sentence(code, field=field, **params))


@dataclass(frozen=True, slots=True)
class Reject:
    """A line that was refused, or taken with a remark.

    Args:
        line: number in its file, from 1; for a record of several lines the first.
        field: the field at fault, empty for the whole line.
        reason: code, stable for machines.
        message: the sentence in both languages.
    """

    line: int
    field: str
    reason: str
    message: str

    @classmethod
    def of(cls, line: int, fault: ArchiveFault) -> "Reject":
        """The fault, at its line."""
        return cls(line, fault.field, fault.code, str(fault))

    def as_dict(self) -> dict[str, object]:
        """JSON-ready."""
        return asdict(self)


def sentence(code: str, **params: object) -> str:
    """The message of `code` in both languages, Chinese first. KeyError for an unknown code."""
    zh, en = MESSAGES[code]
    shown = {name: _short(value) for name, value in params.items()}
    return f"{zh.format(**shown)} · {en.format(**shown)}"


def _short(value: object) -> str:
    text = str(value)
    return text if len(text) <= 60 else f"{text[:59]}…"
