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


class Allowance:
    """How often ``act`` may be done from the sender's address in ``window`` seconds. A limit of 0 allows all."""

    def __init__(self, act: str, request: HttpRequest, limit: int, window: int = HOUR) -> None:
        sender = salted_hmac("trajecten.throttle", address_of(request)).hexdigest()[:32]
        self.key = f"throttle:{act}:{sender}"
        self.limit = limit
        self.window = window

    def spend(self) -> None:
        """Count one act; raise ``Throttled`` when that is one too many."""
        if self.limit and (self._change(1) or 0) > self.limit:
            raise Throttled(retry_after=self.window)

    def give_back(self) -> None:
        """Take one act back, because it was done before and counted then."""
        if self.limit:
            self._change(-1)

    def _change(self, by: int) -> int | None:
        try:
            return cache.incr(self.key, by)
        except ValueError:  # the first of this window
            cache.add(self.key, max(by, 0), self.window)
            return by
