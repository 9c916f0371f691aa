"""How often something may be done from one address. Counts live in the cache for one window, by a keyed hash.

When the cache is away nothing is refused: losing a report is worse than letting a few too many through.
"""

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

HOUR = 3600


class Throttled(Exception):
    """Too many from this address; try again after ``retry_after`` seconds."""

    def __init__(self, retry_after: int) -> None:
        super().__init__()
        self.retry_after = retry_after


def address_of(request: HttpRequest) -> str:
    """The sender's address: the last one that a trusted proxy wrote down, else that of the connection."""
    forwarded = [
        part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",") if part.strip()
    ]
    proxies = settings.TRUSTED_PROXIES
    if proxies and len(forwarded) >= proxies:
        return forwarded[-proxies]
    return request.META.get("REMOTE_ADDR", "")


def count(*, act: str, request: HttpRequest, limit: int, window: int = HOUR) -> None:
    """Count one ``act`` of the sender; raise ``Throttled`` above ``limit`` per ``window`` seconds. 0: no limit."""
    if not limit:
        return
    sender = salted_hmac("trajecten.throttle", address_of(request)).hexdigest()[:32]
    key = f"throttle:{act}:{sender}"
    if cache.add(key, 1, window):
        return
    try:
        counted = cache.incr(key)
    except ValueError:  # the window ended in between, or the cache is away
        return
    if counted is not None and counted > limit:
        raise Throttled(retry_after=window)
