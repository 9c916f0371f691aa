"""What one subject of budgetmonitoring adds to the shared pages; nothing, unless it says so."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from trajecten.registry import Menus, Result, Wait, Way


def nothing(*_about: Any) -> Iterable[Any]:
    """What a subject adds that has nothing to add there."""
    return ()


@dataclass(frozen=True)
class Part:
    """The functions are those of ``trajecten.registry.Pages``; ``waits`` is that of ``register_waits``."""

    ways: Callable[[Any], Iterable[Way]] = nothing
    results: Callable[[Any], Iterable[Result]] = nothing
    mine: Callable[[Any, Any], Iterable[Result]] = nothing
    waits: Callable[[Any], Iterable[Wait]] = nothing
    enrolled: Callable[[Any], Iterable[tuple[str, str]]] = nothing
    menus: Menus = field(default_factory=Menus)
