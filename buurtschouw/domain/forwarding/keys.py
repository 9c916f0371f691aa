"""Keys of other systems, encrypted with what the installation keeps secret.

A key that was sealed under a SECRET_KEY that is not known any more can't be opened; then it is filled in again.
"""

import base64

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

PURPOSE = b"buurtschouw.forwarding.keys"


def seal(key: str) -> str:
    """The key as it may stand in the database; nothing stays nothing."""
    return _box().encrypt(key.encode()).decode() if key else ""


def opened(sealed: str) -> str | None:
    """The key; None when it can't be opened any more."""
    if not sealed:
        return ""
    try:
        return _box().decrypt(sealed.encode()).decode()
    except InvalidToken:
        return None


def _box() -> MultiFernet:
    """Seals with the first secret, and opens with any that is still valid."""
    return MultiFernet([_fernet(secret) for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)])


def _fernet(secret: str) -> Fernet:
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=PURPOSE).derive(secret.encode())
    return Fernet(base64.urlsafe_b64encode(derived))
