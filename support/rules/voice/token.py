"""The last part of a survey's address: what survey it is, and a signature by which it cannot be guessed. Pure."""

import base64
import hashlib
import hmac
import re

_SHAPE = re.compile(r"(svy_[0-9A-HJKMNP-TV-Z]{26})-([A-Za-z0-9_-]{22})", re.ASCII)
_BYTES = 16


def token_of(survey_id: str, secret: str) -> str:
    """The token of a survey; only who knows the secret can make it. SOP: S11"""
    return f"{survey_id}-{_signature(survey_id, secret)}"


def survey_of(token: str, secret: str) -> str:
    """The survey that the token was made for; empty for one that was not made by us. SOP: S11"""
    found = _SHAPE.fullmatch(token)
    if found and hmac.compare_digest(found[2], _signature(found[1], secret)):
        return found[1]
    return ""


def _signature(survey_id: str, secret: str) -> str:
    key = hashlib.sha256(b"support.survey" + secret.encode()).digest()
    digest = hmac.new(key, survey_id.encode(), hashlib.sha256).digest()[:_BYTES]
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
