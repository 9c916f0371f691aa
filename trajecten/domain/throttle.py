"""How often something may be done from one address. Counts live in Redis for one window, by a keyed hash.

When Redis is away nothing is refused: losing a report is worse than letting a few too many through.
"""

import ipaddress
import logging

from django.conf import settings
from django.http import HttpRequest
from django.utils.crypto import salted_hmac
from django_redis import get_redis_connection
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)

MINUTE = 60
HOUR = 3600
# Who has an address of IPv6 has all of its network.
IPV6_NETWORK = 64

# ARGV: how many more, then the window of each key in seconds. Answers the new counts, never below 0.
_COUNT = """
local counts = {}
for i, key in ipairs(KEYS) do
  redis.call('SET', key, 0, 'EX', ARGV[i + 1], 'NX')
  counts[i] = redis.call('INCRBY', key, ARGV[1])
  if counts[i] < 0 then
    redis.call('INCRBY', key, -counts[i])
    counts[i] = 0
  end
end
return counts
"""


class Throttled(Exception):
    """Too many of this act; try again after ``retry_after`` seconds."""

    def __init__(self, act: str, *, retry_after: int) -> None:
        super().__init__(act)
        self.act = act
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


def sender_of(request: HttpRequest) -> str:
    """Who is counted as one sender: an address of IPv4, or the network that an address of IPv6 is in."""
    address = address_of(request)
    try:
        parsed = ipaddress.IPv6Address(address)
    except ValueError:
        return address
    if parsed.ipv4_mapped:
        return str(parsed.ipv4_mapped)
    return str(ipaddress.IPv6Network((int(parsed), IPV6_NETWORK), strict=False))


class Allowance:
    """How often ``act`` may be done in ``window`` seconds: by a request's sender, or with a mail address.

    A limit of 0 allows all.
    """

    def __init__(self, act: str, of: HttpRequest | str, limit: int, window: int = HOUR) -> None:
        whose = of.lower() if isinstance(of, str) else sender_of(of)
        self.act = act
        self.key = f"throttle:{act}:{salted_hmac('trajecten.throttle', whose).hexdigest()[:32]}"
        self.limit = limit
        self.window = window

    def spend(self) -> None:
        """Count one act; raise ``Throttled`` when that is one too many."""
        spend(self)

    def give_back(self) -> None:
        """Take one act back, because it was done before and counted then."""
        give_back(self)


def spend(*allowances: Allowance) -> None:
    """Count one act of each, in one trip to Redis; raise ``Throttled`` for the first that is one too many."""
    limited = [allowance for allowance in allowances if allowance.limit]
    for allowance, count in zip(limited, _changed(limited, 1), strict=True):
        if count > allowance.limit:
            raise Throttled(allowance.act, retry_after=allowance.window)


def give_back(*allowances: Allowance) -> None:
    """Take back one act of each, because it was done before and counted then."""
    _changed([allowance for allowance in allowances if allowance.limit], -1)


def _changed(limited: list[Allowance], by: int) -> list[int]:
    """The new counts; all 0 while Redis is away."""
    if not limited:
        return []
    keys = [allowance.key for allowance in limited]
    windows = [allowance.window for allowance in limited]
    try:
        return get_redis_connection().eval(_COUNT, len(keys), *keys, by, *windows)
    except RedisError:
        logger.warning("throttle_away")
        return [0] * len(limited)
