"""Signing what is sent to other people's servers. Pure."""

import hashlib
import hmac


def signature(body: bytes, *, timestamp: str, secret: str) -> str:
    """HMAC-SHA256 of the time and the body, in hexadecimal digits."""
    return hmac.new(secret.encode(), timestamp.encode() + b"." + body, hashlib.sha256).hexdigest()


def signed(body: bytes, *, key: str, timestamp: str, secret: str) -> dict[str, str]:
    """The headers of a signed JSON message; the key makes taking it twice harmless."""
    return {
        "Content-Type": "application/json",
        "Idempotency-Key": key,
        "X-Opsdesk-Timestamp": timestamp,
        "X-Opsdesk-Signature": f"sha256={signature(body, timestamp=timestamp, secret=secret)}",
    }
