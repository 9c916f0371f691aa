"""The core's part of the demo."""

from trajecten.demo import people, telling, trajectories


def load() -> None:
    """Make what is not there yet."""
    people.load()
    trajectories.load()
    telling.load()
