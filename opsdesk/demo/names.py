"""Made-up buyers and where they live. No real person, number or house is meant."""

from dataclasses import dataclass
from random import Random

_SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧"
_FIRST = "子雨思佳梦晓志建文明家欣一宇浩俊若嘉诗梓"
_SECOND = "涵轩怡琪婷宁杰豪凡然彤萱瑶晨阳琳妍哲睿"
_PLACES = (
    ("广东省", "深圳市", "南山区", "518000"),
    ("广东省", "广州市", "天河区", "510000"),
    ("广东省", "佛山市", "顺德区", "528300"),
    ("浙江省", "杭州市", "西湖区", "310000"),
    ("浙江省", "宁波市", "鄞州区", "315100"),
    ("江苏省", "南京市", "玄武区", "210000"),
    ("江苏省", "苏州市", "吴中区", "215100"),
    ("上海市", "上海市", "浦东新区", "200120"),
    ("北京市", "北京市", "朝阳区", "100020"),
    ("四川省", "成都市", "武侯区", "610000"),
    ("湖北省", "武汉市", "洪山区", "430070"),
    ("湖南省", "长沙市", "岳麓区", "410000"),
    ("福建省", "厦门市", "思明区", "361000"),
    ("山东省", "青岛市", "市南区", "266000"),
    ("陕西省", "西安市", "雁塔区", "710000"),
)
_ROADS = ("云杉", "青禾", "望湖", "松语", "白鹭", "星河", "晴川", "听雨", "山茶", "银杏")
_YARDS = ("雅苑", "花园", "小区", "公馆", "新村")


@dataclass(frozen=True)
class Buyer:
    """A customer with a phone number (E.164) and an address."""

    number: int
    name: str
    phone: str
    province: str
    city: str
    district: str
    street: str
    postal_code: str


def a_buyer(chance: Random, number: int) -> Buyer:
    """The buyer of that number."""
    province, city, district, postal_code = chance.choice(_PLACES)
    street = (
        f"{chance.choice(_ROADS)}路{chance.randint(1, 300)}号{chance.choice(_ROADS)}{chance.choice(_YARDS)}"
        f"{chance.randint(1, 20)}栋{chance.randint(1, 32)}0{chance.randint(1, 4)}室"
    )
    name = chance.choice(_SURNAMES) + chance.choice(_FIRST) + chance.choice(["", chance.choice(_SECOND)])
    return Buyer(number, name, f"+861380000{number % 10_000:04d}", province, city, district, street, postal_code)
