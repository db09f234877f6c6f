"""What is not said to customers."""

from support.models import Phrase
from support.rules.knowledge.wording import Rule


def rules() -> list[Rule]:
    """The phrases in force. One statement. SOP: S19"""
    rows = Phrase.objects.filter(active=True).order_by("phrase").values_list("phrase", "instead")
    return [Rule(phrase, instead) for phrase, instead in rows]
