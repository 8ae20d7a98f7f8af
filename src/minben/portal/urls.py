from django.urls import URLPattern, path

from minben.portal.views import about, clock, clock_feeds, handling, home, ledger, my, styleguide
from minben.proposals import feeds

app_name = "portal"
urlpatterns: list[URLPattern] = [
    path("", home.home, name="home"),
    path("my/", my.my, name="my"),
    path("my/data.json", my.my_data, name="my_data"),
    path("cases/<str:number>/", handling.handling, name="handling"),
    path("clock/", clock.clock, name="clock"),
    path("clock/duties.ics", clock_feeds.clock_ics, name="clock_ics"),
    path("clock/duties.atom", clock_feeds.clock_atom, name="clock_atom"),
    path("cases/<str:number>/duties.ics", clock_feeds.case_ics, name="case_ics"),
    path("about/", about.about, name="about"),
    path("about/rules/", about.rules, name="rules"),
    path("about/accessibility/", about.accessibility, name="accessibility"),
    path("about/privacy/", about.privacy, name="privacy"),
    path("about/licence/", about.licence, name="licence"),
    path("ledger/", ledger.overview, name="ledger"),
    path("ledger/leaf/<int:index>/", ledger.leaf, name="ledger_leaf"),
    path("ledger/receipt/", ledger.receipt, name="ledger_receipt"),
    path("feeds/", about.feed_list, name="feeds"),
    path("feeds/<slug:kind>/", feeds.feed, name="feed"),
    path("styleguide/", styleguide.styleguide, name="styleguide"),
    path("styleguide/proposal/", styleguide.proposal, name="styleguide_proposal"),
]
