"""What budgetmonitoring has to be fast at, a module a subject."""

from typing import Any

from benchmarks.budget import explorer, importing, methods


def measure(*, seconds: float, clients: int, size: int | None = None) -> list[dict[str, Any]]:
    """All subjects after each other; ``size`` is the number of municipalities. Each says what its rows are."""
    municipalities = size or importing.MUNICIPALITIES
    return [
        *methods.measure(),
        *importing.measure(municipalities=municipalities),
        *explorer.measure(seconds=seconds, clients=clients, size=municipalities),
    ]
