"""What a method is made of: pure Python, so no database here."""

from collections.abc import Iterator

import pytest

from trajecten import registry
from trajecten.method import Method, Step, Unmet


def too_few(members: int) -> Iterator[Unmet]:
    if members < 12:
        yield Unmet("few", "%(n)s members is too few.", {"n": members})


def odd(members: int) -> Iterator[Unmet]:
    if members % 2:
        yield Unmet("odd", "100% sure that this is odd.")


GROUP = Step("group", "Group", allows=frozenset({"invite"}), gates=(too_few, odd))
TOPICS = Step("topics", "Topics", allows=frozenset({"add", "react"}))


def method(*steps: Step) -> Method:
    return Method(key="made-up", name="Made up", summary="", source="nowhere", steps=steps)


@pytest.mark.parametrize(("members", "keys"), [(11, ["few", "odd"]), (10, ["few"]), (13, ["odd"]), (12, [])])
def test_every_gate_says_every_reason(members: int, keys: list[str]) -> None:
    assert [reason.key for reason in GROUP.unmet(members)] == keys


def test_a_reason_is_a_sentence_with_its_numbers() -> None:
    assert [str(reason) for reason in GROUP.unmet(3)] == [
        "3 members is too few.",
        "100% sure that this is odd.",
    ]


def test_steps_follow_each_other() -> None:
    made = method(GROUP, TOPICS)
    assert (made.step("topics"), made.position("topics")) == (TOPICS, 1)
    assert made.position("group") == 0


def test_a_step_of_another_method_is_unknown() -> None:
    with pytest.raises(KeyError):
        method(GROUP).step("topics")


@pytest.mark.parametrize("steps", [(), (GROUP, GROUP)])
def test_a_method_without_steps_or_with_the_same_step_twice_is_refused(steps: tuple[Step, ...]) -> None:
    with pytest.raises(ValueError, match="made-up"):
        method(*steps)


def test_a_key_that_another_method_has_is_refused() -> None:
    known = registry.methods()[0]
    twin = Method(key=known.key, name="Twin", summary="", source="nowhere", steps=(GROUP,))
    with pytest.raises(ValueError, match=known.key):
        registry.register_method(twin, standings=lambda trajectories: {})
    assert registry.method(known.key) is known


def test_a_key_that_another_message_has_is_refused() -> None:
    known = registry.messages()[0]
    twin = registry.Message(known.key, known.app, "", "", known.category, known.context)
    with pytest.raises(ValueError, match=known.key):
        registry.register_messages([twin])
    assert registry.message(known.key) is known
