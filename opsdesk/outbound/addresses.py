"""Which network addresses may be called. Pure."""

import ipaddress


def is_public(address: str) -> bool:
    """True for an address of the open internet: no loopback, private, link-local, shared, reserved or multicast one."""
    found = ipaddress.ip_address(address)
    mapped = getattr(found, "ipv4_mapped", None) or getattr(found, "sixtofour", None)
    if mapped is not None:
        found = mapped
    return found.is_global and not found.is_multicast
