"""What people wrote and what they heard back, by theme and issue, from the files in ``data/``."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True)
class Issue:
    """One kind of trouble. ``where`` is the kind of place it is found at, ``course`` how it usually goes.

    ``walk_texts`` are only said by who walked along.
    ``words`` holds lists of texts by what they are for: a status, a verdict, ``redone``, ``notes``, ``extra``.
    """

    key: str
    where: str
    course: str
    weight: int
    photo: str
    texts: tuple[str, ...]
    walk_texts: tuple[str, ...]
    words: Mapping[str, tuple[Any, ...]]


@dataclass(frozen=True)
class Theme:
    """A theme with the icon, team and questions of its category, and its issues."""

    name: str
    icon: str
    team: str
    questions: tuple[Mapping[str, Any], ...]
    position: int
    issues: tuple[Issue, ...]

    def issue(self, key: str) -> Issue:
        """The issue with this key. Raises KeyError for another one."""
        for issue in self.issues:
            if issue.key == key:
                return issue
        raise KeyError(key)


@cache
def themes() -> tuple[Theme, ...]:
    """All themes in the order of their files."""
    files = sorted(DATA.glob("[0-9]*.toml"))
    return tuple(_theme(position, _read(file)) for position, file in enumerate(files, start=1))


@cache
def common() -> Mapping[str, tuple[str, ...]]:
    """Words that fit every theme."""
    return {name: tuple(texts) for name, texts in _read(DATA / "common.toml").items()}


def scripted() -> list[dict[str, Any]]:
    """The stories that are told as they are written, of the people with an account and a few others."""
    return _read(DATA / "stories.toml")["story"]


def _read(file: Path) -> dict[str, Any]:
    return tomllib.loads(file.read_text(encoding="utf-8"))


def _theme(position: int, read: dict[str, Any]) -> Theme:
    return Theme(
        name=read["name"],
        icon=read["icon"],
        team=read["team"],
        questions=tuple(read.get("questions", ())),
        position=10 * position,
        issues=tuple(_issue(issue, read["words"]) for issue in read["issue"]),
    )


def _issue(read: dict[str, Any], of_theme: dict[str, list[Any]]) -> Issue:
    """An issue has its own words, and those of its theme where it has none."""
    fields = {"key", "where", "course", "weight", "photo", "texts", "walk_texts"}
    own = {name: texts for name, texts in read.items() if name not in fields}
    return Issue(
        key=read["key"],
        where=read["where"],
        course=read["course"],
        weight=read.get("weight", 1),
        photo=read.get("photo", ""),
        texts=tuple(read["texts"]),
        walk_texts=tuple(read.get("walk_texts", ())),
        words={name: tuple(texts) for name, texts in {**of_theme, **own}.items()},
    )
