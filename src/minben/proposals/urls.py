from django.urls import URLPattern, path

from minben.proposals.views import (
    codrafting,
    count,
    ending,
    endorsing,
    feed,
    invalidated,
    lists,
    page,
    receipts,
    register,
    starting,
    submitting,
    talking,
    writing,
)

app_name = "proposals"

_of_one: list[URLPattern] = [
    path("proposals/<slug:number>/", page.page, name="page"),
    path("proposals/<slug:number>/count.json", count.count, name="count"),
    path("proposals/<slug:number>/feed/", feed.page_feed, name="page_feed"),
    path("proposals/<slug:number>/endorse/", endorsing.endorse, name="endorse"),
    path("proposals/<slug:number>/endorsed/", receipts.endorsed, name="endorsed"),
    path("proposals/<slug:number>/receipt/", receipts.receipt, name="receipt"),
    path("proposals/<slug:number>/receipt.json", receipts.receipt_file, name="receipt_file"),
    path("proposals/<slug:number>/receipts/", receipts.proposer_receipts, name="receipts"),
    path(
        "proposals/<slug:number>/receipts.json",
        receipts.proposer_receipts_file,
        name="receipts_file",
    ),
    path("proposals/<slug:number>/ledger/", receipts.ledger_lines, name="ledger"),
    path("proposals/<slug:number>/endorsements/", endorsing.endorsements, name="endorsements"),
    path(
        "proposals/<slug:number>/endorsements.csv",
        endorsing.endorsements_csv,
        name="endorsements_csv",
    ),
    path("proposals/<slug:number>/comment/", talking.comment, name="comment"),
    path("proposals/<slug:number>/comments/", talking.comments, name="comments"),
    path(
        "proposals/<slug:number>/comments/<int:comment>/report/",
        talking.comment_report,
        name="comment_report",
    ),
    path("proposals/<slug:number>/withdraw/", ending.withdraw, name="withdraw"),
    path("proposals/<slug:number>/appeal/", ending.appeal, name="appeal"),
    path("proposals/<slug:number>/invalidated/", invalidated.invalidated, name="invalidated"),
    path(
        "proposals/<slug:number>/invalidated/appeal/",
        invalidated.appeal,
        name="invalidation_appeal",
    ),
    path("register/invalidated/", invalidated.register, name="invalidated_register"),
    path("register/hidden/", register.hidden_register, name="hidden_register"),
    path("register/hidden/<slug:number>/", register.hidden_entry_page, name="hidden_entry"),
]

_lists: list[URLPattern] = [
    path("proposals/", lists.proposal_list, name="list"),
]

_writing: list[URLPattern] = [
    path("propose/", starting.start, name="propose"),
    path("propose/similar/", writing.similar, name="similar"),
    path("propose/<uuid:draft_id>/save/", writing.save, name="draft_save"),
    path("propose/<uuid:draft_id>/agency-list/", writing.agency_list, name="agency_list"),
    path("propose/<uuid:draft_id>/discard/", starting.discard, name="discard"),
    path("propose/<uuid:draft_id>/co-drafting/", codrafting.open_draft, name="codraft_open"),
    path("propose/<uuid:draft_id>/similar/", writing.similar_step),
    path("propose/<uuid:draft_id>/check/", submitting.check),
    path("propose/<uuid:draft_id>/done/", submitting.done),
    path("propose/<uuid:draft_id>/<slug:step>/", writing.step, name="draft_step"),
    path("co-drafting/", codrafting.codrafts, name="codrafts"),
    path("co-drafting/<uuid:draft_id>/", codrafting.codraft, name="codraft"),
    path("co-drafting/<uuid:draft_id>/suggest/", codrafting.suggest, name="suggest"),
]

urlpatterns: list[URLPattern] = [*_lists, *_of_one, *_writing]
