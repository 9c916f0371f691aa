"""The Open311 server with a page for developers, and the keys that let others in."""

from collections.abc import Iterator

from django.urls import URLPattern, path

from buurtschouw.views.open311 import calls, keys, pages, reading, sending
from buurtschouw.views.open311.documents import CONTENT_TYPES

CALLS = (
    ("discovery", "discovery", reading.Discovery),
    ("v2/services", "services", reading.Services),
    ("v2/services/<str:code>", "service", reading.ServiceDefinition),
    ("v2/requests", "requests", sending.Requests),
    ("v2/requests/<str:number>", "request", reading.OneRequest),
    ("v2/tokens/<str:token>", "token", reading.Token),
    ("v2/servicerequestupdates", "updates", sending.Updates),
)


def _calls() -> Iterator[URLPattern]:
    """Each call has an address for each form of its answer."""
    for route, name, call in CALLS:
        for form in CONTENT_TYPES:
            address = f"open311/{route}.{form}"
            yield path(address, call.as_view(), {"form": form}, name=f"open311-{name}-{form}")


KEY = "werk/koppelingen/open311/<int:pk>/"

urlpatterns = [
    path("open311/", pages.developers, name="open311"),
    *_calls(),
    path("open311/<path:rest>", calls.Nothing.as_view(), name="open311-nothing"),
    path("werk/koppelingen/open311/", keys.KeyListView.as_view(), name="open311-keys"),
    path("werk/koppelingen/open311/nieuw/", keys.KeyNewView.as_view(), name="open311-key-new"),
    path(KEY, keys.KeyPage.as_view(), name="open311-key"),
    path(f"{KEY}vernieuwen/", keys.RenewView.as_view(), name="open311-key-renew"),
    path(f"{KEY}intrekken/", keys.RevokeView.as_view(), name="open311-key-revoke"),
]
