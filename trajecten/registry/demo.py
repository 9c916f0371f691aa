"""What apps add to the demo, and to the country that is measured with."""

_demos: dict[str, str] = {}
_later: dict[str, str] = {}
_scales: dict[str, str] = {}


def register_demo(app: str, loader: str) -> None:
    """Register what an app adds to the demo: the dotted name of a function without arguments.

    It is imported only when the demo is loaded (``manage.py load_demo``), after the core's own part. It
    adds what is not there yet, so that calling it again changes nothing.
    """
    _demos[app] = loader


def register_later_demo(part: str, loader: str) -> None:
    """As ``register_demo``, for a part that goes on with what the core's demo tells of people and meetings.

    ``part`` is its name, of which there is one in all apps.
    """
    _later[part] = loader


def register_scale(app: str, loader: str) -> None:
    """Register what an app adds to the country that is measured with: the dotted name of a function.

    It is called for each municipality with a ``trajecten.scale.country.Town``, within its transaction and scope.
    """
    _scales[app] = loader


def demos() -> tuple[tuple[str, str], ...]:
    """Apps and the dotted names of their loaders, in the order in which they were registered."""
    return tuple(_demos.items())


def later_demos() -> tuple[tuple[str, str], ...]:
    """As ``demos``, of those that come last."""
    return tuple(_later.items())


def scales() -> tuple[tuple[str, str], ...]:
    """Apps and the dotted names of their parts of the measured country, in the order of registration."""
    return tuple(_scales.items())
