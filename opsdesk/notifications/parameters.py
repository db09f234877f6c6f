"""The numbers of telling customers."""

from typing import Any

from opsdesk.common.text import mark
from opsdesk.parameters.definitions import Parameter, Unit, count, span

SMS_TIME = span("notices.sms_time", mark("A text message gateway is waited for"), 5, Unit.SECONDS, 1, 30, "O13")
SMS_LENGTH = count("notices.sms_length", mark("Longest text message"), 134, Unit.CHARACTERS, 70, 500, "O13")

PARAMETERS: list[Parameter[Any]] = [SMS_TIME, SMS_LENGTH]
