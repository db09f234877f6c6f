"""Every sentence that a person sees exists in 简体 and 繁體."""

import pytest
from django.utils import translation
from django.utils.translation import gettext

from scripts import messages


@pytest.fixture(scope="module")
def source():
    return messages.extracted()


@pytest.mark.parametrize("language", [messages.SIMPLIFIED, messages.TRADITIONAL])
def test_the_catalog_is_complete_and_compiled(language, source):
    catalog = messages.merged(language, source)
    assert messages.problems(catalog) == []
    po = messages.po_bytes(catalog)
    assert messages.path_of(language).read_bytes() == po
    assert messages.path_of(language, "mo").read_bytes() == messages.mo_bytes(po, language)


@pytest.mark.parametrize(
    ("language", "shipped", "refused", "frame"),
    [
        ("zh-hans", "已发货", "库存不足。", "输入以搜索"),
        ("zh-hant", "已發貨", "庫存不足。", "輸入以搜尋"),
        ("en", "Shipped", "There is not enough stock.", "Type to search"),
    ],
)
def test_the_running_program_speaks_it(language, shipped, refused, frame):
    with translation.override(language):
        assert [gettext(text) for text in ("Shipped", "There is not enough stock.", "Type to search")] == [
            shipped,
            refused,
            frame,
        ]
