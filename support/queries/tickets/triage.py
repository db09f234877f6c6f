"""Named reads of triage rules, teams and who is free."""

from django.db.models import QuerySet

from opsdesk.accounts.models import User
from opsdesk.accounts.queries import holders
from opsdesk.accounts.roles import Role
from support.models import Team, TriageRule
from support.rules.tickets.triage import Rule, words_of


def rules() -> list[Rule]:
    """The rules in force, in their order."""
    rows = TriageRule.objects.filter(active=True).order_by("position", "id")
    return [
        Rule(row.channel, words_of(row.words), row.order_state, row.stage, row.type, row.priority, row.team_id) for row in rows
    ]


def agents(shop_id: int) -> QuerySet[User]:
    """Who may be given tickets of a shop."""
    return (holders(Role.CUSTOMER_SERVICE, shop_id) | holders(Role.OPERATIONS_SUPERVISOR, shop_id)).distinct()


def members(team_id: int, shop_id: int) -> list[int]:
    """The agents of a team who see the shop, the team being active."""
    team = Team.objects.filter(pk=team_id, active=True)
    return list(agents(shop_id).filter(pk__in=team.values("members")).order_by("pk").values_list("pk", flat=True))
