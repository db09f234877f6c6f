"""What a review is about, and the steps of its answer."""

import re

from catalog.enums.quality import FeedbackReason as R
from opsdesk.common.lifecycle import Lifecycle, Transition
from support.enums.reviews import ReviewState as S

BEST = 5
_REPLY = "support.reply_productreview"
REVIEW_LIFECYCLE = Lifecycle(Transition("reply", (S.NEW, S.REPLIED), S.REPLIED, permission=_REPLY, sop="S14"))
_WORDS = (  # the first that is found names the reason
    (R.SIZE, r"尺码|尺寸|偏大|偏小|太大|太小|size|too (?:big|small)"),
    (R.COLOUR, r"色差|颜色|colou?r"),
    (R.DAMAGED, r"破损|碎|裂|压坏|damaged|broken"),
    (R.NOT_AS_DESCRIBED, r"不符|不一样|图片|假|not as (?:described|shown)"),
    (R.USAGE, r"不会用|难用|说明书|hard to use|manual"),
    (R.QUALITY, r"质量|做工|掉漆|异味|开线|坏了|quality"),
)


def reason_of(text: str) -> R:
    """What the buyer speaks of, by the first word that says it.

    >>> reason_of("尺码偏小，做工不错").value, reason_of("很好").value
    ('size', 'other')
    """
    return next((reason for reason, words in _WORDS if re.search(words, text, re.IGNORECASE)), R.OTHER)
