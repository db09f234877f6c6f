"""Writing down what customers like and allow, and that two of them are one person."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.core.signing import BadSignature, Signer
from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Coalesce

from opsdesk.audit.services import Change, record
from opsdesk.common.actors import ANYBODY, Actor
from opsdesk.common.errors import Invalid, Issue, NotFound
from opsdesk.common.links import outside
from opsdesk.common.locking import lock_one
from opsdesk.common.text import mark
from support.models import CustomerProfile, ProfileMember
from support.queries.care.profiles import customer_of

KIND = "customer_profile"
CHANGE, MERGE = "support.change_customerprofile", "support.merge_customerprofile"
MOST_TAGS, LONGEST_TAG, TWO = 10, 30, 2
_SIGNER = Signer(salt="support.opt_out", sep=".")


@dataclass(frozen=True)
class Liking:
    """What a customer likes, how they are reached, and what they allow; `how` says how they consented."""

    preferences: str
    tags: Sequence[str]
    contact_by: str
    best_time: str
    allows_email: bool
    allows_sms: bool
    how: str = ""


@transaction.atomic(savepoint=False)
def write_profile(*, customer: str, liking: Liking, actor: Actor, now: datetime) -> CustomerProfile:
    """Write down what a customer (``cus_...``) likes and allows. A new consent says how it was given.

    Raises: NotFound, Forbidden, Invalid.
    SOP: S15, S17
    """
    actor.require(CHANGE)
    customer_id = customer_of(customer, actor)
    row = _profile(customer_id)
    tags = sorted({tag.strip() for tag in liking.tags if tag.strip()})
    more = (liking.allows_email and not row.allows_email) or (liking.allows_sms and not row.allows_sms)
    _check(tags, how=liking.how, more=more)
    row.preferences, row.tags = liking.preferences.strip(), tags
    row.contact_by, row.best_time = liking.contact_by, liking.best_time.strip()
    row.allows_email, row.allows_sms = liking.allows_email, liking.allows_sms
    if more:
        row.consent_at, row.consent_how, row.opted_out_at = now, liking.how.strip(), None
    row.save()
    after = {"tags": tags, "allows_email": row.allows_email, "allows_sms": row.allows_sms, "note": row.consent_how}
    record(Change("support.profile_written", KIND, row.public_id, after=after), actor=actor, now=now)
    return row


@transaction.atomic(savepoint=False)
def merge_profiles(*, customer: str, other: str, reason: str, actor: Actor, now: datetime) -> CustomerProfile:
    """Say that two customers are one person: what is known of them stands on one page from now on. What either does not
    allow is not allowed.

    Raises: NotFound, Forbidden, Invalid (no reason, the same person already).
    SOP: S15
    """
    actor.require(MERGE)
    first, second = customer_of(customer, actor), customer_of(other, actor)
    if not reason.strip():
        issue = Issue("/reason", "required", mark("A reason is required."))
        raise Invalid(issue.message, code=issue.code, issues=[issue])
    for key in sorted({first, second}):
        _profile(key)
    found = list(CustomerProfile.objects.filter(members__customer__in=[first, second]).distinct().order_by("pk"))
    if len(found) < TWO:
        issue = Issue("/other", "same_person", mark("They are one person already."))
        raise Invalid(issue.message, code=issue.code, issues=[issue])
    keep, drop = found
    ProfileMember.objects.filter(profile=drop).update(profile=keep)
    CustomerProfile.objects.filter(Q(pk=drop.pk) | Q(merged_into=drop)).update(
        merged_into=keep, allows_email=False, allows_sms=False
    )
    keep.tags = sorted({*keep.tags, *drop.tags})[:MOST_TAGS]
    keep.preferences = "; ".join(one for one in (keep.preferences, drop.preferences) if one)[:500]
    asked = [one for one in (keep, drop) if one.consent_at or one.opted_out_at]
    keep.allows_email = bool(asked) and all(one.allows_email for one in asked)
    keep.allows_sms = bool(asked) and all(one.allows_sms for one in asked)
    if keep.consent_at is None:
        keep.consent_at, keep.consent_how = drop.consent_at, drop.consent_how
    keep.opted_out_at = None if keep.allows_email or keep.allows_sms else keep.opted_out_at or drop.opted_out_at
    keep.save()
    after = {"from": drop.public_id, "customer": other}
    change = Change("support.profiles_merged", KIND, keep.public_id, after=after, reason=reason.strip())
    record(change, actor=actor, now=now)
    return keep


@transaction.atomic(savepoint=False)
def opt_out(*, token: str, now: datetime) -> None:
    """Whoever holds the link of a broadcast wants no more of them. Raises: NotFound. SOP: S17"""
    named = CustomerProfile.objects.filter(public_id=opted(token))
    person = named.values_list(Coalesce("merged_into", "pk"), flat=True)
    row = lock_one(CustomerProfile.objects.filter(pk__in=person))
    if row.opted_out_at is None:
        row.allows_email = row.allows_sms = False
        row.opted_out_at = now
        row.save(update_fields=["allows_email", "allows_sms", "opted_out_at"])
        record(Change("support.opted_out", KIND, row.public_id), actor=ANYBODY, now=now)


def opted(token: str) -> str:
    """The profile that a link names. Raises: NotFound."""
    try:
        return _SIGNER.unsign(token)
    except BadSignature:
        raise NotFound() from None


def opt_out_link(profile: CustomerProfile) -> str:
    """Where this person says that they want no more."""
    return outside(f"/s/out/{_SIGNER.sign(profile.public_id)}/")


def _profile(customer_id: int) -> CustomerProfile:
    """The locked profile of a customer, made when there is none."""
    member = ProfileMember.objects.filter(customer=customer_id).first()
    if member is None:
        row = CustomerProfile.objects.create()
        member, fresh = ProfileMember.objects.get_or_create(customer_id=customer_id, defaults={"profile": row})
        if not fresh:
            row.delete()
    return lock_one(CustomerProfile.objects.filter(pk=member.profile_id))


def _check(tags: Sequence[str], *, how: str, more: bool) -> None:
    issues = []
    if len(tags) > MOST_TAGS or any(len(tag) > LONGEST_TAG for tag in tags):
        message = mark("At most %(most)s tags of %(longest)s characters.")
        issues.append(Issue("/tags", "too_many", message, {"most": MOST_TAGS, "longest": LONGEST_TAG}))
    if more and not how.strip():
        issues.append(Issue("/how", "required", mark("Say how the customer consented.")))
    if issues:
        raise Invalid(issues[0].message, code=issues[0].code, issues=issues, **dict(issues[0].params))
