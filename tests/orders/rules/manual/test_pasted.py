"""Addresses as customers paste them."""

import pytest

from orders.rules.manual.pasted import read

NANSHAN = ["张三", "13800138000", "广东省", "深圳市", "南山区", "科技园路1号", ""]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("张三 13800138000 广东省深圳市南山区科技园路1号", NANSHAN),
        ("广东深圳市南山区科技园路1号，张三，13800138000", NANSHAN),
        ("13800138000\n广东省 深圳市 南山区 科技园路1号\n张三", NANSHAN),
        (
            "收货人: 李四\n手机号码: 139 0013 9000\n所在地区: 浙江省杭州市西湖区\n详细地址: 文三路2号3栋",
            ["李四", "139 0013 9000", "浙江省", "杭州市", "西湖区", "文三路2号3栋", ""],
        ),
        (
            "上海市浦东新区世纪大道100号，王五，+86 13812345678",
            ["王五", "+86 13812345678", "上海市", "上海市", "浦东新区", "世纪大道100号", ""],
        ),
        (
            "重庆重庆市市辖区渝中区解放碑1号 钱七 0512-88888888",
            ["钱七", "0512-88888888", "重庆市", "重庆市", "渝中区", "解放碑1号", ""],
        ),
        (
            "新疆维吾尔自治区伊犁哈萨克自治州伊宁市解放路3号,买买提,13999999999 835000",
            ["买买提", "13999999999", "新疆维吾尔自治区", "伊犁哈萨克自治州", "伊宁市", "解放路3号", "835000"],
        ),
        (
            "张三，13800138000，广东省东莞市长安镇振安路1号",
            ["张三", "13800138000", "广东省", "东莞市", "", "长安镇振安路1号", ""],
        ),
        (
            "张三 邮编：518000 电话：13800138000 地址：广东省深圳市南山区科技园路1号",
            [*NANSHAN[:6], "518000"],
        ),
    ],
)  # fmt: skip
def test_what_is_clear_is_read(text: str, parts: list[str]) -> None:
    found = read(text)

    address = found.address
    assert [address.recipient, address.phone_written, address.province, address.city, address.district, address.street,
            address.postal_code] == parts  # fmt: skip
    assert found.unclear == ()


@pytest.mark.parametrize(
    ("text", "unclear"),
    [
        ("", ("phone", "recipient", "province", "city", "district", "street")),
        ("hello", ("phone", "province", "city", "district", "street")),
        ("张三 广东省深圳市南山区科技园路1号", ("phone",)),
        ("张三 13800138000 13900139000 广东省深圳市南山区科技园路1号", ("phone",)),
        ("13800138000 138 0013 8000 张三 广东省深圳市南山区科技园路1号", ()),
        ("李四 王五 13800138000 浙江省杭州市西湖区文三路2号", ("recipient",)),
        ("13800138000 浙江省杭州市西湖区文三路2号", ("recipient",)),
        ("赵六 13800138000 江苏省昆山市前进路5号", ("district",)),
        ("广东 深圳 南山区 科技园 张三 13800138000", ("recipient", "city", "district", "street")),
        ("张三 13800138000 深圳市南山区科技园路1号", ("province", "city", "district", "street")),
        ("张三 13800138000 广东省深圳市南山区", ("district",)),
    ],
)
def test_what_is_not_clear_is_named_and_not_guessed(text: str, unclear: tuple[str, ...]) -> None:
    assert read(text).unclear == unclear
