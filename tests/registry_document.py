"""A county's framework as a document: what tests of the registry declare."""

import json
from typing import Any

DOCUMENT: dict[str, Any] = {  # Any: JSON values
    "format": "minben-source-1",
    "source": {
        "code": "yunlin-digital",
        "publisher": "雲林縣政府",
        "title": {"zh": "雲林縣數位發展指標", "en": "Digital development of Yunlin"},
        "published_on": "2025-06-30",
        "licence": "OGDL-Taiwan-1.0",
        "open_terms": True,
    },
    "groups": [{"family": "area", "code": "coast", "name": {"zh": "沿海", "en": "Coast"}}],
    "units": [
        {
            "code": "YUN-kouhu",
            "kind": "practice",
            "name": {"zh": "口湖鄉", "en": "Kouhu Township"},
            "aliases": ["Kouhu", {"name": "舊口湖", "valid_until": "2020-01-01"}],
            "groups": ["area:coast"],
        },
        {
            "code": "YUN-douliu",
            "kind": "practice",
            "name": {"zh": "斗六市", "en": "Douliu City"},
        },
    ],
    "indicators": [
        {
            "code": "yl.online",
            "title": {"zh": "個人上網率", "en": "Individuals online"},
            "scale": "percent",
            "direction": 1,
            "domain": "opportunity",
            "dimension": {"zh": "連網", "en": "Access"},
            "base": {"zh": "12歲以上民眾", "en": "People aged 12 and over"},
            "low": 0,
            "high": 100,
            "decimals": 1,
            "relations": ["G2C"],
            "breaks": [{"period": "2022", "note": {"zh": "雙底冊", "en": "Dual frame"}}],
        },
        {
            "code": "yl.fraud",
            "title": {"zh": "遭遇網路詐騙比率", "en": "Met fraud online"},
            "scale": "percent",
            "direction": -1,
            "domain": "risk",
            "dimension": {"zh": "安全", "en": "Safety"},
        },
    ],
}


def document(**changed: Any) -> bytes:  # Any: JSON values
    """The document as a file, with some of its parts replaced."""
    return json.dumps(DOCUMENT | changed, ensure_ascii=False).encode()
