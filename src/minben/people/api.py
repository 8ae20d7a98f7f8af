"""Governments, agencies and counties for machines (機關與縣市之開放資料介面). No persons."""

from datetime import date
from typing import Any

from ninja import Router, Schema
from ninja.params.functions import Query

from minben.base.access import Request
from minben.base.api import Name
from minben.people import queries

router = Router(tags=["places and agencies"])


class Government(Schema):
    """A government that takes proposals."""

    code: str
    name: Name


class Agency(Schema):
    """An agency, its government, the agency above it, and its former names."""

    code: str
    name: Name
    government: str
    parent: str
    aliases: list[str]
    topics: list[str]
    valid_from: date | None
    valid_until: date | None


class Township(Schema):
    """A township or district."""

    name: Name


class County(Schema):
    """A county or city with its townships, in the official order."""

    name: Name
    townships: list[Township]


@router.get("/governments", response=list[Government], summary="Governments")
def governments(request: Request) -> list[dict[str, Any]]:
    """The governments that take proposals here."""
    return [
        {"code": row.code, "name": {"zh": row.name_zh, "en": row.name_en}}
        for row in queries.jurisdictions()
    ]


@router.get("/agencies", response=list[Agency], summary="Agencies")
def agencies(
    request: Request,
    government: str = Query(
        "", max_length=20, description="code of a government, see /governments"
    ),
) -> list[dict[str, Any]]:
    """The agencies that exist now, of one government or all."""
    return [
        {
            "code": row.code,
            "name": {"zh": row.name_zh, "en": row.name_en},
            "government": row.jurisdiction.code,
            "parent": row.parent.code if row.parent else "",
            "aliases": row.aliases,
            "topics": row.topics,
            "valid_from": row.valid_from,
            "valid_until": row.valid_until,
        }
        for row in queries.all_agencies(request.at)
        if government in ("", row.jurisdiction.code)
    ]


@router.get("/counties", response=list[County], summary="Counties and townships")
def counties(request: Request) -> list[dict[str, Any]]:
    """The counties and townships people say they live in."""
    return [
        {
            "name": {"zh": county.name_zh, "en": county.name_en},
            "townships": [
                {"name": {"zh": zh, "en": en}}
                for zh, en in zip(county.townships, county.townships_en, strict=True)
            ],
        }
        for county in queries.counties()
    ]
