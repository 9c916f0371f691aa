"""Parts of addresses that Django has no converter for."""


class TokenConverter:
    """A token in an address: letters, digits, ``-``, ``_`` and ``.``; whatever else comes is not found."""

    regex = r"[A-Za-z0-9_.-]+"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value
