"""Where the name of another server leads: looked up once, and only to where the portal may go.

An official who fills in an address could otherwise have the portal ask a server within its own network. The
connection goes to the address that was looked up here, so what a second look-up would say does not count.
"""

import ipaddress
import socket
from functools import cache
from ssl import SSLContext

import httpx

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


class NotFound(Exception):
    """No server has this name."""


class Inside(Exception):
    """The name leads to an address within a private network, or to one that is no server at all."""


@cache
def certificates() -> SSLContext:
    """The authorities that a server may be known by. Read once a process: it takes longer than most calls."""
    return httpx.create_ssl_context(trust_env=False)


def address_of(host: str, port: int, *, inside_too: bool = False) -> str:
    """An address of this host, IPv4 before IPv6. Raises ``NotFound``, and ``Inside`` when any of them is not public.

    ``inside_too`` lets private addresses pass, for a demo on one machine.
    """
    found = looked_up(host, port)
    if not inside_too and not all(is_public(each) for each in found):
        raise Inside(host)
    return str(min(found, key=lambda each: (each.version, str(each))))


def looked_up(host: str, port: int) -> set[Address]:
    """All addresses of this host. Raises ``NotFound``."""
    try:
        rows = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise NotFound(host) from error
    return {ipaddress.ip_address(str(row[4][0]).partition("%")[0]) for row in rows}


def is_public(address: Address) -> bool:
    """Whether anybody on the internet can reach it; an IPv4 address in the form of IPv6 is judged as the first."""
    mapped = getattr(address, "ipv4_mapped", None)
    return (mapped or address).is_global and not (mapped or address).is_multicast
