"""The four-eyes rule. Pure: no role, flag or superuser passes it."""


def is_independent(*, reviewer: int | None, author: int | None, last_editor: int | None, previous: int | None) -> bool:
    """True when the reviewer is a person who neither wrote nor last edited the content nor judged the stage before.

    SOP: C13
    """
    return reviewer is not None and reviewer not in {author, last_editor, previous}
