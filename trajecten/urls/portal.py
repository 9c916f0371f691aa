"""Addresses of the portal itself: front pages, health, and what maps and forms ask."""

from django.conf import settings
from django.urls import include, path

from trajecten.views import areas, demo, health, home, mail_choice, my_overview, pages, photos, search, theme

in_municipality = [
    path("", home.municipality, name="municipality"),
    path("overzicht/", my_overview.my_overview, name="my-overview"),
    path("overzicht/buurt/", my_overview.home_area, name="home-area"),
    path("thema.css", theme.stylesheet, name="municipality-theme"),
    path("gebieden.geojson", areas.boundaries, name="area-boundaries"),
    path("ondergrond.geojson", areas.background, name="background"),
    path("adressen", areas.addresses, name="addresses"),
    path("adres-bij", areas.address_near, name="address-near"),
    path("geen-mail/<token:token>/", mail_choice.mail_choice, name="mail-choice"),
    path("zoeken/", search.search, name="search"),
    path("foto/<uuid:photo>/<slug:size>.jpg", photos.photo, name="photo"),
]

outside = [
    path("", home.root, name="home"),
    path("gezond/live", health.live, name="health-live"),
    path("gezond/klaar", health.ready, name="health-ready"),
    path(".well-known/security.txt", health.security_txt, name="security-txt"),
    path("robots.txt", pages.robots, name="robots-txt"),
    path("taal/", include("django.conf.urls.i18n")),
    path("toegankelijkheid/", pages.accessibility, name="accessibility"),
    path("privacy/", pages.privacy, name="privacy"),
    path("over/", pages.about, name="about"),
]
if settings.DEMO:
    outside += [
        path("postbus/", demo.mailbox, name="mailbox"),
        path("postbus/<token:message>/", demo.message, name="mailbox-message"),
        path("postbus/<token:message>/html/", demo.message_html, name="mailbox-html"),
        path("stijl/", demo.styleguide, name="styleguide"),
    ]
