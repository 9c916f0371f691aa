"""Addresses of the core. Those of a municipality begin with its name: /polderwijk/…"""

from django.conf import settings
from django.urls import include, path, register_converter

from trajecten.converters import TokenConverter
from trajecten.views import adviser, areas, catalogue, demo, health, home, mail_choice, pages, photos, theme
from trajecten.views.trajectories import public, staff

register_converter(TokenConverter, "token")

in_municipality = [
    path("", home.municipality, name="municipality"),
    path("overzicht/", home.my_overview, name="my-overview"),
    path("thema.css", theme.stylesheet, name="municipality-theme"),
    path("gebieden.geojson", areas.boundaries, name="area-boundaries"),
    path("ondergrond.geojson", areas.background, name="background"),
    path("adressen", areas.addresses, name="addresses"),
    path("adres-bij", areas.address_near, name="address-near"),
    path("geen-mail/<token:token>/", mail_choice.mail_choice, name="mail-choice"),
    path("foto/<uuid:photo>/<slug:size>.jpg", photos.photo, name="photo"),
    # Trajectories
    path("trajecten/", public.trajectories, name="trajectories"),
    path("trajecten/<int:pk>/", public.trajectory, name="trajectory"),
    path("werk/trajecten/", staff.TrajectoryListView.as_view(), name="staff-trajectories"),
    path("werk/trajecten/<int:pk>/", staff.TrajectoryPage.as_view(), name="staff-trajectory"),
    path("werk/trajecten/<int:pk>/beginnen/", staff.TrajectoryStartView.as_view(), name="trajectory-start"),
    path("werk/trajecten/<int:pk>/planning/", staff.TrajectoryPlanView.as_view(), name="trajectory-plan"),
    path(
        "werk/trajecten/<int:pk>/stap/afronden/",
        staff.TrajectoryStepCloseView.as_view(),
        name="trajectory-step-close",
    ),
    path(
        "werk/trajecten/<int:pk>/stap/overslaan/",
        staff.TrajectoryStepSkipView.as_view(),
        name="trajectory-step-skip",
    ),
    path(
        "werk/trajecten/<int:pk>/stap/heropenen/",
        staff.TrajectoryStepReopenView.as_view(),
        name="trajectory-step-reopen",
    ),
]

urlpatterns = [
    path("", home.root, name="home"),
    path("gezond/live", health.live, name="health-live"),
    path("gezond/klaar", health.ready, name="health-ready"),
    path(".well-known/security.txt", health.security_txt, name="security-txt"),
    path("robots.txt", pages.robots, name="robots-txt"),
    path("taal/", include("django.conf.urls.i18n")),
    path("advies/", adviser.trajectories, name="adviser"),
    path("trajecten/", catalogue.catalogue, name="catalogue"),
    path("trajecten/<slug:method>/", catalogue.offer, name="offer"),
    path("toegankelijkheid/", pages.accessibility, name="accessibility"),
    path("privacy/", pages.privacy, name="privacy"),
    path("over/", pages.about, name="about"),
]
if settings.DEMO:
    urlpatterns += [
        path("postbus/", demo.mailbox, name="mailbox"),
        path("postbus/<token:message>/", demo.message, name="mailbox-message"),
        path("postbus/<token:message>/html/", demo.message_html, name="mailbox-html"),
        path("stijl/", demo.styleguide, name="styleguide"),
    ]
urlpatterns += [path("<slug:gemeente>/", include(in_municipality))]
