"""The signed part of a survey's address: nobody can guess or change it."""

from django.core.signing import BadSignature, Signer

from opsdesk.common.errors import NotFound
from opsdesk.common.links import outside

_SIGNER = Signer(salt="support.survey", sep=".")


def token_of(public_id: str) -> str:
    """The token of a survey."""
    return _SIGNER.sign(public_id)


def survey_named(token: str) -> str:
    """The public id that the token names. Raises: NotFound."""
    try:
        return _SIGNER.unsign(token)
    except BadSignature:
        raise NotFound() from None


def link_of(public_id: str) -> str:
    """Where the customer answers."""
    return outside(f"/s/{token_of(public_id)}/")
