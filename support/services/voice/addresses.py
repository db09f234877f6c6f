"""Where customers find the page of a survey."""

from django.conf import settings
from django.urls import reverse

from support.models import Survey
from support.rules.voice.token import token_of


def survey_address(survey: Survey) -> str:
    """The whole address of a survey's page, with its signed token. SOP: S11"""
    path = reverse("survey_page", args=[survey_token(survey)])
    return _origin() + path


def _origin() -> str:
    """The public address of this system; without one, its first host name."""
    if settings.PUBLIC_URL:
        return str(settings.PUBLIC_URL).rstrip("/")
    return f"{'https' if settings.HTTPS else 'http'}://{(settings.ALLOWED_HOSTS or ['localhost'])[0]}"


def survey_token(survey: Survey) -> str:
    """The signed last part of a survey's address. SOP: S11"""
    return token_of(survey.public_id, settings.SECRET_KEY)
