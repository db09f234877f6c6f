"""The text message gateway: one signed JSON message a text, over HTTP."""

import json
from datetime import datetime

from django.conf import settings

from opsdesk.notifications.models import Notice
from opsdesk.notifications.parameters import SMS_LENGTH, SMS_TIME
from opsdesk.notifications.rules import Sent, read_status
from opsdesk.outbound import client
from opsdesk.outbound.client import Call
from opsdesk.outbound.signing import signed
from opsdesk.parameters.queries import value

_LIMIT = 100_000  # bytes of one answer


def is_set_up() -> bool:
    """True when there is a gateway."""
    return bool(settings.SMS_URL)


def send_text(notice: Notice, text: str, *, now: datetime) -> Sent:
    """Hand one text to the gateway; never raises.

    Providers that only send templates find one by `kind` and fill it with `params`. SOP: O13
    """
    message = {
        "id": notice.dedupe_key,
        "to": notice.address,
        "text": text[: value(SMS_LENGTH)],
        "kind": notice.kind,
        "params": notice.params,
        "language": notice.language,
    }
    body = json.dumps(message, ensure_ascii=False).encode()
    headers = signed(body, key=notice.dedupe_key, timestamp=str(int(now.timestamp())), secret=settings.SMS_SECRET)
    try:
        call = Call(settings.SMS_URL, value(SMS_TIME).total_seconds(), _LIMIT, method="POST", body=body, headers=headers)
        return read_status(client.send(call).status)
    except client.Failed as failure:
        return Sent(failure.reason.value)
