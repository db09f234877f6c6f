"""Which addresses a storefront may have."""

import pytest

from catalog.rules.quality.addresses import page_address, template_problem


@pytest.mark.parametrize(
    ("template", "problem"),
    [
        ("https://shop.example.com/{code}", ""),
        ("http://shop.example.com:8080/item?id={external_id}", ""),
        ("ftp://shop.example.com/{code}", "The address begins with http:// or https://."),
        ("shop.example.com/{code}", "The address begins with http:// or https://."),
        ("https:///{code}", "The address begins with http:// or https://."),
        ("https://shop.example.com:99999/{code}", "This is no address."),
        ("https://[::1/{code}", "This is no address."),
        ("https://u:p@shop.example.com/{code}", "The address may not contain a user name."),
        ("https://shop.example.com/", "The address must contain {code} or {external_id}."),
        ("https://shop.example.com/{code}/{sku}", "Only {code} and {external_id} may stand in braces."),
        ("https://{code}.example.com/{code}", "Only the path may contain {code} or {external_id}."),
    ],
)
def test_a_template_is_judged(template: str, problem: str) -> None:
    assert template_problem(template) == problem


def test_codes_cannot_leave_their_place_in_the_address() -> None:
    address = page_address("https://s.example.com/p/{code}?n={external_id}", code="../a?b#c", external_id="&x=1")

    assert address == "https://s.example.com/p/..%2Fa%3Fb%23c?n=%26x%3D1"
