"""What sources of news push to us: the signature is checked, the raw body stored, then read; 2xx only after that.

The sources speak their own protocol, forms instead of JSON, so this door stands beside the REST views.
"""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from opsdesk.common import clock
from opsdesk.common.errors import Malformed
from opsdesk.common.text import mark
from opsdesk.doors.api.problems import plain_problem
from orders.enums.tracking import FeedSource, MessageState
from orders.errors import BadSignature
from orders.rules.tracking import kdniao
from orders.tasks.tracking import take_push


@csrf_exempt
@require_POST
def kdniao_push(request: HttpRequest) -> HttpResponse:
    """POST carriers/kdniao/push/: RequestData and its DataSign. SOP: O14"""
    data, sign = request.POST.get("RequestData", ""), request.POST.get("DataSign", "")
    key = settings.KDNIAO_KEY
    if not key or not kdniao.is_signed(data, sign, key=key):
        return plain_problem(request, BadSignature(), 401)
    now = clock.now()
    message = take_push(source=FeedSource.KDNIAO, body=data.encode(), now=now)
    if message.state == MessageState.UNREADABLE:
        refusal = Malformed(mark("The message is kept, but cannot be read: %(finding)s"), finding=message.finding)
        return plain_problem(request, refusal, 400)
    answer = {
        "EBusinessID": settings.KDNIAO_CUSTOMER,
        "UpdateTime": now.astimezone().strftime("%Y-%m-%d %H:%M:%S"),
        "Success": True,
        "Reason": "",
    }
    return JsonResponse(answer)
