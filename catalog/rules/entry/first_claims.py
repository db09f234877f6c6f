"""The patterns that every installation starts with. Pure data; the product supervisor keeps it up to date.

SOP: C13
"""

from catalog.enums.listings import Severity
from catalog.rules.entry.claims import Claim

_TECHNICAL = ("最大功率", "最大容量", "最大承重", "最大直径", "最小直径", "最高温度", "最低温度", "最高转速", "最高水温")

FIRST_CLAIMS: tuple[Claim, ...] = (
    Claim("[全亚][国网球洲]*第[一1]", Severity.ERROR, may_override=True),
    Claim("最[好优强高低大小新先]", allowed_in=_TECHNICAL),
    Claim("100%*[有效纯满治]|百分之百*[有效纯满治]"),
    Claim("治疗*[病症炎癌瘤]|治愈|疗效", Severity.ERROR),
    Claim("#[天日周]*见效|#[天日周]*[根痊][除愈]", Severity.ERROR),
    Claim("无效*退款|无毒*副作用"),
    Claim("史上*最|史上*第[一1]"),
    Claim("国家*[专特]供|[军警]队专供", Severity.ERROR),
)
