from django.contrib import admin
from django.urls import include, path

from trajecten.views import errors

handler404 = "trajecten.views.errors.not_found"

urlpatterns = [
    path("admin/", admin.site.urls),
    path("account/password/<path:page>", errors.not_here, name="no-passwords"),
    path("account/", include("allauth.urls")),
    path("", include("trajecten.urls")),
    path("<slug:gemeente>/", include("buurtschouw.urls")),
    path("<slug:gemeente>/begroting/", include("budget.urls")),
]

handler400 = "trajecten.views.errors.bad_request"
