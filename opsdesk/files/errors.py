"""Why a file is not kept."""

from opsdesk.common.errors import DomainError, Malformed, TooLarge, Unsupported
from opsdesk.common.text import mark


class FileTooLarge(TooLarge):
    """It has more bytes than its purpose allows."""

    code = "file_too_large"
    message = mark("The file is larger than %(limit)s MB.")


class UnsupportedFile(Unsupported):
    """Its content, or its name, is not of a kind that its purpose allows."""

    message = mark("A file of this kind is not taken here. Possible are: %(kinds)s.")


class InvalidFileName(Malformed):
    """Its name could not be shown to anybody."""

    code = "invalid_file_name"
    message = mark("The file's name contains characters that are not allowed.")


class StorageUnavailable(DomainError):
    """The disk is full or cannot be written."""

    code = "storage_unavailable"
    message = mark("Files cannot be stored for the moment; try again later.")
