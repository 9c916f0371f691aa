"""Drawn pictures that stand in for residents' photos, so that pages with photos can be seen in the demo."""

from random import Random

from buurtschouw.demo.pictures import in_park, in_street
from buurtschouw.demo.pictures.scene import Scene

SUBJECTS = {**in_street.SUBJECTS, **in_park.SUBJECTS}


def drawn(subject: str, name: str) -> bytes:
    """A JPEG of a subject; the same name gives the same picture. Raises KeyError for an unknown subject."""
    scene = Scene(Random(name))  # noqa: S311
    SUBJECTS[subject](scene)
    return scene.jpeg()
