"""The states of articles and of scores, and the steps between them."""

from opsdesk.common.lifecycle import Lifecycle, Transition
from support.enums.knowledge import ArticleState as A
from support.enums.knowledge import ToneState as T

_WRITE, _PUBLISH, _SCORE = "support.write_article", "support.publish_article", "support.score_tone"

ARTICLE_LIFECYCLE = Lifecycle(
    Transition("rewrite", (A.DRAFT, A.PUBLISHED, A.RETIRED), None, permission=_WRITE, sop="S7"),
    Transition("publish", (A.DRAFT, A.PUBLISHED, A.RETIRED), A.PUBLISHED, permission=_PUBLISH, sop="S7"),
    Transition("keep", {A.PUBLISHED}, None, permission=_PUBLISH, sop="S7"),
    Transition("retire", {A.PUBLISHED}, A.RETIRED, permission=_PUBLISH, sop="S7"),
)
TONE_LIFECYCLE = Lifecycle(
    Transition("score", {T.OPEN}, T.DONE, permission=_SCORE, sop="S19"),
    Transition("talk_over", {T.COACHING}, T.DONE, permission=_SCORE, sop="S19"),
)
