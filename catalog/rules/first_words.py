"""The words that every installation starts with: superlatives and promises that the Advertising Law forbids. Pure data.

The list is a beginning: the product supervisor keeps it up to date in the back-office.
SOP: C13
"""

from catalog.enums.listings import Severity, WordKind
from catalog.rules.wording import Word

_SUPERLATIVES = (
    "国家级",
    "世界级",
    "最高级",
    "最佳",
    "顶级",
    "极品",
    "全网第一",
    "全国第一",
    "销量第一",
    "史上最低价",
    "全网最低价",
    "独一无二",
    "绝无仅有",
)
_PROMISES = (
    "包治百病",
    "根治",
    "药到病除",
    "无任何副作用",
    "零风险",
    "永久有效",
    "百分百有效",
    "100%有效",
    "国家领导人推荐",
    "国家免检",
)
_BANNED = ("假一赔命", "高仿", "A货", "刷单", "好评返现")

FIRST_WORDS: tuple[Word, ...] = (
    *(Word(text, Severity.ERROR, WordKind.FALSE_CLAIM) for text in _SUPERLATIVES),
    *(Word(text, Severity.ERROR, WordKind.FALSE_CLAIM) for text in _PROMISES),
    *(Word(text) for text in _BANNED),
    Word("大麻", allowed_in=("大麻烦", "大麻哈鱼", "大麻黄")),
)
