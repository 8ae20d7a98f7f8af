"""The 22 counties and cities (直轄市及縣市): codes, short names, and where each stands.

Sources: the codes of `people/data/places.json`; the codes of the Ministry of the Interior (行政區域
代碼) by which boundary files name them; the tiles are our own arrangement, neighbours beside
neighbours where five columns allow it.
"""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class County:
    """One county or city.

    Args:
        code: as in `places.json`.
        official: the Ministry's.
        short: its English name in two lines at most, for a tile.
        tile: column and row.
        side: where its label stands on a map: west, east, or in an inset of its own.
    """

    code: str
    official: str
    zh: str
    en: str
    short: tuple[str, ...]
    tile: tuple[int, int]
    side: Literal["west", "east", "inset"]

    @property
    def brief(self) -> str:
        """Its English name without City or County where it is the only one of that name."""
        return " ".join(self.short).replace("- ", "")


COUNTIES: tuple[County, ...] = (
    County("TPE", "63000", "臺北市", "Taipei City", ("Taipei",), (3, 0), "east"),
    County("NWT", "65000", "新北市", "New Taipei City", ("New", "Taipei"), (3, 1), "east"),
    County("TAO", "68000", "桃園市", "Taoyuan City", ("Taoyuan",), (2, 1), "west"),
    County("TXG", "66000", "臺中市", "Taichung City", ("Taichung",), (2, 3), "west"),
    County("TNN", "67000", "臺南市", "Tainan City", ("Tainan",), (2, 6), "west"),
    County("KHH", "64000", "高雄市", "Kaohsiung City", ("Kaohsiung",), (3, 6), "west"),
    County("KEE", "10017", "基隆市", "Keelung City", ("Keelung",), (4, 0), "east"),
    County("HSZ", "10018", "新竹市", "Hsinchu City", ("Hsinchu", "City"), (1, 2), "west"),
    County("CYI", "10020", "嘉義市", "Chiayi City", ("Chiayi", "City"), (1, 6), "west"),
    County("HSQ", "10004", "新竹縣", "Hsinchu County", ("Hsinchu", "County"), (2, 2), "west"),
    County("MIA", "10005", "苗栗縣", "Miaoli County", ("Miaoli",), (1, 3), "west"),
    County("CHA", "10007", "彰化縣", "Changhua County", ("Changhua",), (1, 4), "west"),
    County("NAN", "10008", "南投縣", "Nantou County", ("Nantou",), (2, 4), "east"),
    County("YUN", "10009", "雲林縣", "Yunlin County", ("Yunlin",), (1, 5), "west"),
    County("CYQ", "10010", "嘉義縣", "Chiayi County", ("Chiayi", "County"), (2, 5), "west"),
    County("PIF", "10013", "屏東縣", "Pingtung County", ("Pingtung",), (3, 7), "east"),
    County("ILA", "10002", "宜蘭縣", "Yilan County", ("Yilan",), (3, 2), "east"),
    County("HUA", "10015", "花蓮縣", "Hualien County", ("Hualien",), (3, 4), "east"),
    County("TTT", "10014", "臺東縣", "Taitung County", ("Taitung",), (3, 5), "east"),
    County("PEN", "10016", "澎湖縣", "Penghu County", ("Penghu",), (0, 5), "inset"),
    County("KIN", "09020", "金門縣", "Kinmen County", ("Kinmen",), (0, 3), "inset"),
    County("LIE", "09007", "連江縣", "Lienchiang County", ("Lien-", "chiang"), (0, 0), "inset"),
)
BY_CODE = {one.code: one for one in COUNTIES}
BY_OFFICIAL = {one.official: one for one in COUNTIES}
