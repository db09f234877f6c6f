"""Addresses that may be read: which template makes a page's address. Pure."""

from urllib.parse import quote, urlsplit

from opsdesk.common.text import mark

CODE, EXTERNAL_ID = "{code}", "{external_id}"


def template_problem(template: str) -> str:
    """What is wrong with the template of a product page's address, as a message id; empty when it can be used."""
    filled = page_address(template, code="x", external_id="x")
    try:
        parts = urlsplit(filled)
        port = parts.port
    except ValueError:
        return mark("This is no address.")
    if parts.scheme not in ("http", "https") or not parts.hostname:
        return mark("The address begins with http:// or https://.")
    if parts.username or parts.password or port == 0:
        return mark("The address may not contain a user name.")
    if "{" in filled or "}" in filled:
        return mark("Only {code} and {external_id} may stand in braces.")
    if urlsplit(template).netloc != parts.netloc:
        return mark("Only the path may contain {code} or {external_id}.")
    if filled == template:
        return mark("The address must contain {code} or {external_id}.")
    return ""


def page_address(template: str, *, code: str, external_id: str) -> str:
    """The address of one product's page."""
    return template.replace(CODE, quote(code, safe="")).replace(EXTERNAL_ID, quote(external_id, safe=""))
