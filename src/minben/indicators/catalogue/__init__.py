"""Units that are known by name (比較單位名錄): countries, the counties of Taiwan, groups of countries.

    resolve("Republic of Korea").code        # "KOR"
    resolve("桃園縣", at="2018")              # None: the name ended in 2014
    nearest("republic of  korea")            # "Republic of Korea": to suggest, never to assume

Codes and names of countries are those of ISO 3166 by way of pycountry, Chinese ones as Taiwan
writes them; other names and their time are data of our own in ``data/``.
"""

from minben.indicators.catalogue.names import nearest, resolve, units
from minben.indicators.catalogue.unit import Name, Unit, UnitKind

__all__ = ["Name", "Unit", "UnitKind", "nearest", "resolve", "units"]
