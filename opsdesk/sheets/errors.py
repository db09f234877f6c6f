"""Why a table cannot be read."""

from opsdesk.common.errors import Invalid, Malformed, Unsupported
from opsdesk.common.text import mark


class UnsupportedTable(Unsupported):
    """It is not a workbook or a text table that is read here."""

    message = mark("This is not an .xlsx workbook or a .csv file that can be read: %(why)s")


class UnknownEncoding(Malformed):
    """The characters of a csv file cannot be told."""

    code = "unknown_encoding"
    message = mark("The characters cannot be read. Save the file as CSV UTF-8, or as .xlsx.")


class TableTooLarge(Invalid):
    """More than can be read safely."""

    code = "file_too_large"
    message = mark("The workbook unpacks to more than can be read. Copy the rows into a new workbook.")


class UnsafeXml(Invalid):
    """The workbook declares document types or entities."""

    code = "unsafe_xml"
    message = mark("The workbook contains definitions that are not allowed. Save it anew with a spreadsheet program.")


OLD_OR_LOCKED = mark("it is an old .xls workbook, or protected by a password. Save it as .xlsx without password.")
DAMAGED = mark("it is damaged.")
MACROS = mark("it contains macros. Save it as .xlsx.")
NESTED = mark("it contains other files.")
NOT_A_WORKBOOK = mark("its content is not a workbook.")
NOT_A_TEXT = mark("its content is not a text table.")
OTHER_NAME = mark("its name must end in .xlsx or .csv.")
