"""What budgetmonitoring has to be fast at, a module a subject."""

from typing import Any

from benchmarks.budget import importing


def measure(*, seconds: float, clients: int, size: int | None = None) -> list[dict[str, Any]]:
    """All subjects after each other; ``size`` is the number of municipalities. Each says what its rows are."""
    return [*importing.measure(municipalities=size or importing.MUNICIPALITIES)]
