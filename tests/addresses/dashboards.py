"""Dashboards, and what a coordinator manages."""

from tests.addresses.row import Keys, Row, Things

# fmt: off
PORTAL: list[Row] = []
MUNICIPALITY: list[Row] = [
    Row("desk", "L..+++..+"),
    Row("dashboard", "L..x+x..+"),
    Row("management", "L..x+x..+"),
]
# fmt: on


def keys(things: Things) -> Keys:
    return {}
