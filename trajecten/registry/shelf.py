"""Where entries are registered by a key, each key once."""

from collections.abc import Iterable
from typing import TypeVar

Key = TypeVar("Key")
Entry = TypeVar("Entry")


class Shelf(dict[Key, Entry]):
    """Entries by their keys, in the order in which they were registered."""

    def put(self, key: Key, entry: Entry) -> None:
        """Register an entry; the same one again is harmless. Raises ValueError when another has the key."""
        if self.setdefault(key, entry) is not entry:
            raise ValueError(f"{key} is registered twice.")

    def put_all(self, entries: Iterable[tuple[Key, Entry]]) -> None:
        """Register all of these. Raises ValueError when another has one of the keys."""
        for key, entry in entries:
            self.put(key, entry)
