"""The tools of the ticket desk: triage rules, macros, questions to departments, links, who is looking, raw mail."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from opsdesk.accounts.roles import Role
from opsdesk.common.records import PublicIdField, Record
from support.enums.desk import LinkKind, MailState, TaskState
from support.enums.tickets import Channel, Priority, Stage, TicketType


class TriageRule(Record):
    """What a new ticket is about and who gets it; the first rule in order that fits decides.

    `words` are separated by lines or commas, one of them suffices. An empty condition fits everything, an empty result
    leaves what is known.
    SOP: S5
    """

    position = models.PositiveSmallIntegerField(_("order of rules"), default=100)
    name = models.CharField(_("name"), max_length=60, unique=True)
    channel = models.CharField(_("channel"), max_length=10, choices=Channel, blank=True)
    words = models.TextField(_("words in the text"), max_length=1000, blank=True)
    order_state = models.CharField(_("state of the order"), max_length=20, blank=True)
    stage = models.CharField(_("stage"), max_length=10, choices=Stage, blank=True)
    type = models.CharField(_("type"), max_length=20, choices=TicketType, blank=True)
    priority = models.CharField(_("priority"), max_length=10, choices=Priority, blank=True)
    team = models.ForeignKey("support.Team", models.PROTECT, null=True, related_name="+", verbose_name=_("team"))
    active = models.BooleanField(pgettext_lazy("rule", "in force"), default=True)

    class Meta(Record.Meta):
        verbose_name = _("triage rule")
        verbose_name_plural = _("triage rules")
        default_permissions = ("view", "change")
        ordering = ("position", "id")

    def __str__(self) -> str:
        return self.name


class Macro(Record):
    """A canned reply; {customer_name}, {order_number}, {tracking_number} and {carrier} are filled in. SOP: S2"""

    title = models.CharField(_("title"), max_length=80, unique=True)
    body = models.TextField(_("text"), max_length=5000)
    active = models.BooleanField(pgettext_lazy("macro", "in force"), default=True)

    class Meta(Record.Meta):
        verbose_name = _("canned reply")
        verbose_name_plural = _("canned replies")
        default_permissions = ("view", "change")
        ordering = ("title",)

    def __str__(self) -> str:
        return self.title


class DepartmentTask(Record):
    """A question of a ticket to another department; its answer brings the ticket back. SOP: S6"""

    public_id = PublicIdField(prefix="tsk")
    ticket = models.ForeignKey("support.Ticket", models.PROTECT, related_name="tasks", verbose_name=_("ticket"))
    role = models.CharField(_("department"), max_length=30, choices=Role)
    question = models.TextField(_("question"), max_length=2000)
    asked_by = models.CharField(pgettext_lazy("question", "asked by"), max_length=150)
    asked_at = models.DateTimeField(pgettext_lazy("question", "asked"))
    due_at = models.DateTimeField(_("due"))
    state = models.CharField(_("state"), max_length=10, choices=TaskState, default=TaskState.OPEN)
    answer = models.TextField(_("answer"), max_length=2000, blank=True)
    answered_by = models.CharField(_("answered by"), max_length=150, blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True)

    class Meta(Record.Meta):
        verbose_name = _("question to a department")
        verbose_name_plural = _("questions to departments")
        default_permissions = ("view",)
        permissions = [("answer_task", _("Answer customer service's questions"))]
        constraints = [
            models.CheckConstraint(condition=~Q(state="answered") | ~Q(answer=""), name="department_task_answered"),
        ]
        indexes = [models.Index(fields=["state", "-id"], name="department_task_state")]

    def __str__(self) -> str:
        return str(self.public_id)


class TicketLink(Record):
    """What else a ticket speaks of. SOP: S2"""

    ticket = models.ForeignKey("support.Ticket", models.PROTECT, related_name="links", verbose_name=_("ticket"))
    kind = models.CharField(_("kind"), max_length=15, choices=LinkKind)
    target = models.CharField(_("number"), max_length=60)
    label = models.CharField(_("name"), max_length=200)
    ended_at = models.DateTimeField(null=True)  # when we saw that a linked return had ended

    class Meta(Record.Meta):
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["ticket", "kind", "target"], name="ticket_link_once")]
        indexes = [
            models.Index(fields=["kind", "target"], name="ticket_link_target"),
            models.Index(fields=["id"], name="ticket_link_to_follow", condition=Q(kind="return", ended_at=None)),
        ]

    def __str__(self) -> str:
        return self.label


class Viewing(models.Model):
    """Somebody has a ticket open on their workbench. SOP: S2"""

    ticket = models.ForeignKey("support.Ticket", models.CASCADE, related_name="+")
    user = models.ForeignKey("accounts.User", models.CASCADE, related_name="+")
    seen_at = models.DateTimeField()

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["ticket", "user"], name="viewing_once")]


class RawMail(Record):
    """A mail as it came in, kept before anything is read of it. SOP: S1"""

    public_id = PublicIdField(prefix="mai")
    shop = models.ForeignKey("shops.Shop", models.PROTECT, related_name="+", verbose_name=_("shop"))
    message_id = models.CharField(_("Message-ID"), max_length=250)
    raw = models.BinaryField()
    came_at = models.DateTimeField(_("came in"))
    state = models.CharField(_("state"), max_length=10, choices=MailState, default=MailState.WAITING)
    reason = models.CharField(_("why"), max_length=300, blank=True)
    taken_as = models.ForeignKey("support.Message", models.PROTECT, null=True, related_name="+")

    class Meta(Record.Meta):
        verbose_name = _("mail")
        verbose_name_plural = _("mails")
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["shop", "message_id"], name="raw_mail_once")]

    def __str__(self) -> str:
        return str(self.public_id)


class MailOut(models.Model):
    """How often a reply was tried by e-mail, and when it is tried again. SOP: S1"""

    message = models.OneToOneField("support.Message", models.PROTECT, related_name="mail")
    attempts = models.PositiveSmallIntegerField(default=0)
    send_after = models.DateTimeField()

    class Meta:
        default_permissions = ()
