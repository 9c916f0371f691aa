"""Figures that come in: upload, progress, what was refused, and the council's programmes."""

from django.urls import URLPattern, path

from budget.views import deliveries, programmes

urlpatterns: list[URLPattern] = [
    path("begroting/cijfers/", deliveries.DeliveriesView.as_view(), name="deliveries"),
    path("begroting/cijfers/aanleveren/", deliveries.DeliveryNewView.as_view(), name="delivery-new"),
    path("begroting/cijfers/cbs/", deliveries.DeliveryStatisticsView.as_view(), name="delivery-statistics"),
    path("begroting/cijfers/<int:pk>/", deliveries.DeliveryView.as_view(), name="delivery"),
    path("begroting/cijfers/programmas/", programmes.ProgrammesView.as_view(), name="council-programmes"),
    path(
        "begroting/cijfers/programmas/nieuw/",
        programmes.ProgrammeView.as_view(),
        name="council-programme-new",
    ),
    path(
        "begroting/cijfers/programmas/bestand/",
        programmes.ProgrammesFileView.as_view(),
        name="council-programmes-file",
    ),
    path(
        "begroting/cijfers/programmas/<int:pk>/", programmes.ProgrammeView.as_view(), name="council-programme"
    ),
]
