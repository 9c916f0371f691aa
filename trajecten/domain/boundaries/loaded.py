"""The outcome of loading."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Loaded:
    """Numbers of rows; ``left_out`` counts features that were rightly not loaded, such as sea."""

    new: int
    changed: int
    unchanged: int
    left_out: int = 0
