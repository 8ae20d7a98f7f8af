"""Addresses of the log for machines; they have no language and never change."""

from django.urls import URLPattern, path

from minben.ledger.views import log, recount

app_name = "ledger"
urlpatterns: list[URLPattern] = [
    path("checkpoint", log.checkpoint, name="checkpoint"),
    path("tile/<path:rest>", log.tile, name="tile"),
    path("log.vkey", log.log_vkey, name="log_vkey"),
    path("receipt.vkey", log.receipt_vkey, name="receipt_vkey"),
    path("checkpoints.jsonl", log.checkpoints, name="checkpoints"),
    path("timestamps/<int:size>.tsr", log.timestamp, name="timestamp"),
    path("timestamps.json", recount.timestamps, name="timestamps"),
    path("schema.json", recount.schema, name="schema"),
    path("cases.json", recount.cases, name="cases"),
    path("claims.json", recount.claims, name="claims"),
    path("verify.html", recount.verify_page, name="verify"),
]
