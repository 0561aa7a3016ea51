"""Where a request comes from, as coarse as throttling needs it."""

from ipaddress import IPv6Address, ip_address, ip_network

from flask import request

V6_PREFIX = 64
"""What one customer is given (RFC 6177): within it an address costs nothing."""


def network() -> str:
    """The reader's address, or its network where addresses cost nothing; empty when unknown."""
    return of(request.remote_addr or "")


def of(address: str) -> str:
    """The network of an address; empty for what is not one."""
    try:
        known = ip_address(address.partition("%")[0])
    except ValueError:
        return ""
    if isinstance(known, IPv6Address):
        mapped = known.ipv4_mapped
        wide = ip_network((int(known), V6_PREFIX), strict=False)
        return str(mapped) if mapped else str(wide)
    return str(known)
