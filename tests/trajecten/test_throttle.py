"""How often something may be done from one address."""

import uuid
from typing import Any
from unittest import mock

import pytest
from django.test import RequestFactory
from redis import Redis

from trajecten.domain import throttle


def sent_by(address: str, **headers: str) -> Any:
    return RequestFactory().get("/", REMOTE_ADDR=address, headers=headers)


@pytest.fixture
def act() -> str:
    """An act that no other test counts."""
    return f"act-{uuid.uuid4()}"


def test_up_to_the_limit_it_is_allowed_and_then_refused(act: str) -> None:
    allowance = throttle.Allowance(act, sent_by("10.0.0.1"), limit=2)
    allowance.spend()
    allowance.spend()
    with pytest.raises(throttle.Throttled) as refused:
        allowance.spend()
    assert refused.value.retry_after == throttle.HOUR


def test_another_address_and_another_act_have_their_own(act: str) -> None:
    throttle.Allowance(act, sent_by("10.0.0.1"), limit=1).spend()
    throttle.Allowance(act, sent_by("10.0.0.2"), limit=1).spend()
    throttle.Allowance(f"{act}-other", sent_by("10.0.0.1"), limit=1).spend()


def test_what_is_given_back_can_be_spent_again(act: str) -> None:
    allowance = throttle.Allowance(act, sent_by("10.0.0.1"), limit=1)
    allowance.spend()
    allowance.give_back()
    allowance.spend()
    with pytest.raises(throttle.Throttled):
        allowance.spend()


def test_giving_back_what_was_never_spent_gives_nothing_extra(act: str) -> None:
    allowance = throttle.Allowance(act, sent_by("10.0.0.1"), limit=1)
    allowance.give_back()
    allowance.spend()
    with pytest.raises(throttle.Throttled):
        allowance.spend()


def test_no_limit_counts_nothing(act: str) -> None:
    with mock.patch.object(throttle, "get_redis_connection") as redis:
        allowance = throttle.Allowance(act, sent_by("10.0.0.1"), limit=0)
        allowance.spend()
        allowance.give_back()
    assert redis.mock_calls == []


def test_redis_that_is_away_refuses_nothing(act: str) -> None:
    away = Redis(unix_socket_path="/nowhere/redis.sock")
    allowance = throttle.Allowance(act, sent_by("10.0.0.1"), limit=1)
    with mock.patch.object(throttle, "get_redis_connection", return_value=away):
        for _ in range(3):
            allowance.spend()


def test_two_limits_are_asked_in_one_trip_and_the_one_that_is_spent_is_named(act: str) -> None:
    many = throttle.Allowance(act, sent_by("10.0.0.1"), limit=5)
    few = throttle.Allowance(f"{act}-mail", "bewoner@example.org", limit=1)
    with mock.patch.object(
        Redis, "execute_command", autospec=True, side_effect=Redis.execute_command
    ) as sent:
        throttle.spend(many, few)
    assert sent.call_count == 1
    with pytest.raises(throttle.Throttled) as refused:
        throttle.spend(many, few)
    assert refused.value.act == f"{act}-mail"


def test_a_mail_address_is_the_same_in_capitals_and_is_not_in_the_key(act: str) -> None:
    small, large = (
        throttle.Allowance(act, address, limit=1) for address in ("a@example.org", "A@Example.org")
    )
    assert small.key == large.key
    assert "example" not in small.key


@pytest.mark.parametrize(
    ("address", "counted_as"),
    [
        ("10.0.0.1", "10.0.0.1"),
        ("2001:db8:0:1::1", "2001:db8:0:1::/64"),
        ("2001:db8:0:1:ffff:1:2:3", "2001:db8:0:1::/64"),
        ("2001:db8:0:2::1", "2001:db8:0:2::/64"),
        ("::ffff:10.0.0.1", "10.0.0.1"),
        ("", ""),
        ("geen adres", "geen adres"),
    ],
)
def test_who_has_a_network_of_ipv6_is_one_sender(address: str, counted_as: str) -> None:
    assert throttle.sender_of(sent_by(address)) == counted_as


def test_the_address_is_not_in_the_key(act: str) -> None:
    assert "10.0.0.1" not in throttle.Allowance(act, sent_by("10.0.0.1"), limit=1).key


@pytest.mark.parametrize(
    ("proxies", "forwarded", "found"),
    [
        (0, "1.1.1.1", "10.0.0.1"),
        (1, "1.1.1.1, 2.2.2.2", "2.2.2.2"),
        (2, "1.1.1.1, 2.2.2.2, 3.3.3.3", "2.2.2.2"),
        (2, "1.1.1.1", "10.0.0.1"),
        (1, "", "10.0.0.1"),
    ],
)
def test_only_trusted_proxies_say_where_a_request_came_from(
    settings: Any, proxies: int, forwarded: str, found: str
) -> None:
    settings.TRUSTED_PROXIES = proxies
    assert throttle.address_of(sent_by("10.0.0.1", **{"X-Forwarded-For": forwarded})) == found
