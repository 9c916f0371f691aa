"""What makes a link secret."""

import secrets


def new_token() -> str:
    """32 letters, digits, - and _: too many to try."""
    return secrets.token_urlsafe(24)
