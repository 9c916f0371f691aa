"""Figures that come in: upload, progress, what was refused, and the council's programmes."""

from django.urls import URLPattern, path

from budget.views import deliveries, programmes

urlpatterns: list[URLPattern] = [
    path("werk/cijfers/", deliveries.DeliveriesView.as_view(), name="deliveries"),
    path("werk/cijfers/aanleveren/", deliveries.DeliveryNewView.as_view(), name="delivery-new"),
    path("werk/cijfers/cbs/", deliveries.DeliveryStatisticsView.as_view(), name="delivery-statistics"),
    path("werk/cijfers/<int:pk>/", deliveries.DeliveryView.as_view(), name="delivery"),
    path("werk/cijfers/programmas/", programmes.ProgrammesView.as_view(), name="council-programmes"),
    path(
        "werk/cijfers/programmas/nieuw/",
        programmes.ProgrammeView.as_view(),
        name="council-programme-new",
    ),
    path(
        "werk/cijfers/programmas/bestand/",
        programmes.ProgrammesFileView.as_view(),
        name="council-programmes-file",
    ),
    path("werk/cijfers/programmas/<int:pk>/", programmes.ProgrammeView.as_view(), name="council-programme"),
    path(
        "werk/cijfers/programmas/weghalen/",
        programmes.RemoveProgrammeView.as_view(),
        name="council-programme-remove",
    ),
]
