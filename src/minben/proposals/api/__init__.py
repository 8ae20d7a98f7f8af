"""Proposals for machines (提議之開放資料介面): the JSON twin of every public page of them."""

from ninja import Router

from minben.proposals.api.entered import router as entered
from minben.proposals.api.invalidated import router as invalidated
from minben.proposals.api.lists import router as lists
from minben.proposals.api.one import router as one
from minben.proposals.api.others import router as others

router = Router(tags=["proposals"])
router.add_router("", lists)
router.add_router("", one)
router.add_router("", others)
router.add_router("", invalidated)
router.add_router("", entered)

__all__ = ["router"]
