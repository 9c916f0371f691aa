"""Browsers in which somebody is signed in."""

from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from allauth.mfa.utils import is_mfa_enabled
from django.http import HttpRequest
from django.test import Client

from trajecten.rules import is_staff_anywhere


def browser_of(user: Any) -> Client:
    """Who works with residents' data has a second factor, and has used it."""
    if is_staff_anywhere(user) and not is_mfa_enabled(user):
        TOTP.activate(user, generate_totp_secret())
    browser = browser_with_one_factor(user)
    if is_mfa_enabled(user):
        use_second_factor(browser, user)
    return browser


def browser_with_one_factor(user: Any) -> Client:
    browser = Client()
    browser.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return browser


def use_second_factor(browser: Client, user: Any) -> None:
    """As the page does that asks for it."""
    request = HttpRequest()
    request.session = browser.session
    record_authentication(request, user, "mfa")
    request.session.save()
