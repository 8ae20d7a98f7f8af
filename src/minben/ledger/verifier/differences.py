"""What can be wrong (差異), told in one line in both languages."""

_TOLD = {
    # The source and its keys.
    "missing": ("缺少檔案", "a file is missing"),
    "too_big": ("檔案大得不合理", "a file is unreasonably big"),
    "broken_file": ("檔案損壞", "a file is broken"),
    "broken_note": ("檢查點格式不符", "a checkpoint is not well formed"),
    "signature": ("檢查點簽章不符", "a checkpoint is not signed with the log's key"),
    "replaced_key": (
        "已更換的舊金鑰又簽了檢查點",
        "a key that was replaced has signed a later checkpoint",
    ),
    "other_key": ("金鑰與先前記住的不同", "the key is not the one that was remembered"),
    "other_log": ("這是另一個帳本", "this is another log"),
    # The tree.
    "size_backwards": ("檢查點的條目數倒退", "a checkpoint has fewer leaves than the one before"),
    "time_backwards": ("檢查點的時間倒退", "a checkpoint is older than the one before"),
    "no_time": ("檢查點沒有時間", "a checkpoint does not tell its time"),
    "not_listed": (
        "最新檢查點不在檢查點清單",
        "the newest checkpoint is not among the listed ones",
    ),
    "bundle": ("條目區塊損壞", "a bundle of entries is broken"),
    "tile": ("雜湊區塊與條目不符", "a tile does not hold the hashes of its entries"),
    "root": ("樹根與檢查點不符", "the root is not the one that was signed"),
    "shrunk": ("帳本比先前驗證時短", "the log is shorter than when it was last verified"),
    "older": (
        "檢查點比先前驗證時舊",
        "the checkpoint is older than the one last verified",
    ),
    "forked": (
        "帳本與先前驗證過的不同",
        "the log is not the one that was verified before",
    ),
    "stale": ("最新檢查點太舊", "the newest checkpoint is too old"),
    "witness": ("缺少見證人副署", "a witness's cosignature is missing"),
    "stamp": ("時戳不符", "a time stamp does not fit"),
    "receipt": ("收據與帳本不符", "a receipt does not fit the log"),
    # Entries.
    "spelling": ("條目格式不符", "an entry is not in its one spelling"),
    "kind": (
        "不認得的條目種類（較新的驗證器也許認得）",
        "an entry of an unknown kind (a newer verifier may know it)",
    ),
    "field": ("條目欄位不符", "a field of an entry is not as the schema says"),
    "back_dated": ("條目倒填日期", "an entry is back-dated"),
    "ahead": ("條目的時間晚於其檢查點", "an entry lies after its checkpoint"),
    "not_filed": ("條目所屬案件從未立案", "an entry of a case that was never filed"),
    "filed_twice": ("案件立案兩次", "a case was filed twice"),
    "opening_twice": (
        "同一案件的期初餘額記了兩次",
        "the opening balance of a case is stated twice",
    ),
    "opening_late": (
        "事後才補記的期初餘額",
        "an opening balance of what was not there before the log began",
    ),
    "taken_over_late": (
        "在帳本內已有歷史的案件，事後改稱承接自他處",
        "a case that has its history in the log is said to come from elsewhere",
    ),
    "double": ("同一人重複附議", "one person endorsed the same case twice"),
    "outside_window": ("附議在附議期間之外", "an endorsement outside its window"),
    "not_endorsement": (
        "註銷或回復的不是該案的附議",
        "what is struck out or restored is no endorsement of that case",
    ),
    "struck_twice": ("附議重複註銷", "an endorsement is struck out twice"),
    "not_struck": ("回復未註銷的附議", "an endorsement is restored that was not struck out"),
    "reached_early": ("未達門檻卻成案", "reached without the endorsements"),
    "reached_twice": ("重複成案", "reached twice"),
    "reached_at": ("成案時間不符", "reached at another instant than that of the endorsement"),
    "not_reached": ("已達門檻卻未成案", "the threshold was crossed but nothing was declared"),
    # Deadlines.
    "deadline_twice": ("同一期限重複起算", "a deadline began while one of its kind was running"),
    "deadline_unknown": ("期限從未起算", "a deadline that never began"),
    "due": ("期限計算不符", "a deadline is not due when the rules say"),
    "extension": (
        "延長不合規定：限正式回應、一次、屆滿前、不逾最長期限",
        "an extension that the rules do not allow: once, of an answer, in time, and no longer",
    ),
    "missed_early": ("期限未到卻記為逾期", "told as missed at another instant than it was due"),
    "missed_silent": ("逾期未記載", "a deadline passed unmet and the log does not say so"),
    "outcome": ("期限結果不符", "a deadline ended as it cannot have ended"),
    # Claims.
    "claims_ahead": (
        "平臺宣稱的範圍超過檢查點",
        "the platform's claims speak of more leaves than were signed",
    ),
    "claim": ("平臺宣稱與重新計算不符", "what the platform claims is not what was recounted"),
}


class Difference(Exception):
    """The first thing that is not as it must be.

    Args:
        code: which, a key of the table above.
        where: place, such as ``leaf 12`` or ``case 7, count``.
        expected, found: what should be there and what is, if that helps.
    """

    def __init__(
        self, code: str, where: object = "", *, expected: object = "", found: object = ""
    ) -> None:
        self.code, self.where = code, str(where)
        self.expected, self.found = str(expected), str(found)
        super().__init__(self.line)

    @property
    def line(self) -> str:
        """Everything in one line, in Chinese and English."""
        zh, en = _TOLD[self.code]
        parts = [f"[{self.code}] {zh} · {en}"]
        if self.where:
            parts.append(_plain(self.where))
        if self.expected:
            parts.append(f"應為 expected {_plain(self.expected)}")
        if self.found:
            parts.append(f"實為 found {_plain(self.found)}")
        return "; ".join(parts)

    def told(self) -> dict[str, str]:
        """The same for machines."""
        return {
            "code": self.code,
            "where": self.where,
            "expected": self.expected,
            "found": self.found,
        }


class SourceAway(Exception):
    """The source cannot be read at all: no such folder, no answer. Says nothing about the log."""


def _plain(text: str) -> str:
    """Without what would break the line, or the reader's terminal."""
    short = text if len(text) <= 200 else f"{text[:200]}…"
    return "".join(c if c.isprintable() else "\ufffd" for c in short)
