"""Who does something: a member of staff, an API client, or the system itself."""

from dataclasses import dataclass, field
from enum import StrEnum

from opsdesk.common.errors import Forbidden


class ActorKind(StrEnum):
    STAFF = "staff"
    CLIENT = "client"
    SYSTEM = "system"


@dataclass(frozen=True)
class Actor:
    """The one who acts, with what they may do and where.

    `permissions` and `shop_ids` are None for "all". `roles` are role codes, empty for clients.
    """

    kind: ActorKind
    label: str
    id: int | None = None
    permissions: frozenset[str] | None = field(default=frozenset(), repr=False)
    shop_ids: frozenset[int] | None = frozenset()
    roles: frozenset[str] = frozenset()
    request_id: str = ""

    def can(self, permission: str) -> bool:
        """True when the actor holds the permission (``app.codename``)."""
        return self.permissions is None or permission in self.permissions

    def require(self, permission: str) -> None:
        """Raises: Forbidden, when the actor does not hold the permission."""
        if not self.can(permission):
            raise Forbidden(extra={"permission": permission})

    def sees_shop(self, shop_id: int) -> bool:
        """True when the shop's business is this actor's business."""
        return self.shop_ids is None or shop_id in self.shop_ids

    @property
    def staff_id(self) -> int | None:
        """The user's primary key, None for clients and the system."""
        return self.id if self.kind is ActorKind.STAFF else None


ANYBODY = Actor(kind=ActorKind.SYSTEM, label="customer")  # who holds a signed link; may do nothing else
SYSTEM = Actor(kind=ActorKind.SYSTEM, label="system", permissions=None, shop_ids=None)
