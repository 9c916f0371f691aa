"""Settings that every report asks for, remembered in this process for a moment (``MEMORY_SECONDS``).

Only for what changes rarely and may be that much out of date: which municipality an address means to a visitor
without a session, which walk takes reports and about what. Each caller gets a copy of its own.
"""

from collections.abc import Callable
from typing import TypeVar

from django.core.cache import caches

Thing = TypeVar("Thing")


def recall(key: str, make: Callable[[], Thing]) -> Thing:
    """What ``make`` gives, or gave a moment ago. None is not remembered, nor is what ``make`` raises."""
    memory = caches["memory"]
    if not memory.default_timeout:  # it would be remembered until the clock moves on
        return make()
    found = memory.get(key)
    if found is None:
        found = make()
        if found is not None:
            memory.set(key, found)
    return found
