"""The tags and service commitments that every installation starts with. Pure data.

SOP: C8, C9
"""

FIRST_TAGS: tuple[tuple[str, str], ...] = (("hot", "热销"), ("new", "新品"), ("discount", "折扣"))
FIRST_COMMITMENTS: tuple[tuple[str, str, str], ...] = (
    ("return-7d", "7天无理由退换", "签收后7天内，商品完好即可无理由退换。"),
    ("free-shipping", "包邮", "本商品包邮，偏远地区除外。"),
    ("ship-24h", "24小时发货", "付款后24小时内发货。"),
    ("ship-48h", "48小时发货", "付款后48小时内发货。"),
    ("return-freight", "运费险", "退换货时，首重运费由本店承担。"),
    ("genuine", "正品保证", "本店所售均为正品，支持验货。"),
    ("breakage", "破损包赔", "签收时发现破损，本店补发或退款。"),
    ("exchange-15d", "15天换货", "签收后15天内出现质量问题可换货。"),
    ("warranty", "全国联保", "凭购物凭证享受全国联保服务。"),
)
