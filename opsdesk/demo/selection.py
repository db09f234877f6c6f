"""The demo company's selection of goods: suppliers, lists in every state, competitors, search terms, market research."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from random import Random

from catalog.enums.selection import AssessmentAspect, ComplaintRecord, DocumentKind, NoteKind
from catalog.queries.listing_facts import path_of
from catalog.queries.selection.market import research_of
from catalog.services.selection import competitors, decisions, documents, lines, lists, research, suppliers, terms
from catalog.services.selection.competitors import CompetitorDetails
from catalog.services.selection.documents import Paper
from catalog.services.selection.lines import LineDetails
from catalog.services.selection.lists import ListDetails
from catalog.services.selection.suppliers import SupplierDetails
from catalog.services.selection.terms import TermCount
from opsdesk.accounts.models import User
from opsdesk.accounts.queries import staff_actor
from opsdesk.accounts.roles import Role
from opsdesk.common.actors import Actor
from opsdesk.duties.definitions import SHOP_TIME
from opsdesk.shops.enums import Platform

_DAY, _WEEK = timedelta(days=1), timedelta(days=7)
SUPPLIERS = (  # code, name, days until its quality report expires (None: it has none)
    ("yw-homeware", "义乌暖居日用品有限公司", 400),
    ("nt-textile", "南通云锦家纺有限公司", 18),
    ("cz-ceramic", "潮州青釉陶瓷厂", -6),
    ("zs-lighting", "中山明照灯饰有限公司", 700),
    ("tz-plastic", "台州美收塑料制品厂", None),
)
TERMS = (  # term, searches a day, results, growth of the last week in percent
    ("保温杯", 320, 24, 12),
    ("折叠水壶", 96, 0, 60),
    ("冰丝凉席", 210, 3, 85),
    ("磁吸置物架", 74, 0, 40),
    ("纯棉四件套", 180, 16, -8),
    ("香薰灯", 66, 5, 4),
)


@dataclass(frozen=True)
class Desk:
    """Who writes and who decides, on which day."""

    writer: Actor
    decider: Actor
    now: datetime

    @property
    def today(self) -> date:
        return self.now.astimezone(SHOP_TIME).date()


def make_selection(*, shops: list[str], skus: list[str], chance: Random, now: datetime) -> None:
    """Everything that the selection desk has on its table."""
    desk = Desk(_actor(Role.PRODUCT_SPECIALIST), _actor(Role.PRODUCT_SUPERVISOR), now)
    known = _suppliers(desk)
    _terms(shops, desk, chance)
    _lists(known, desk)
    _competitors(skus, desk)
    _research(desk)


def _suppliers(desk: Desk) -> dict[str, int]:
    """Suppliers with documents that are valid, about to expire, expired and lacking; one is suspended."""
    found = {}
    for number, (code, name, left) in enumerate(SUPPLIERS, start=1):
        details = SupplierDetails(name, contact=f"业务部 0579-8000{number:04d}")
        pk = found[code] = suppliers.add_supplier(code=code, details=details, actor=desk.writer, now=desk.now).pk
        licence = Paper(f"9133{number:014d}", desk.today - 900 * _DAY)
        kind = DocumentKind.BUSINESS_LICENCE
        documents.add_document(supplier_id=pk, kind=kind, paper=licence, actor=desk.writer, now=desk.now)
        if left is not None:
            paper = Paper(f"QT-{number:04d}", desk.today - 300 * _DAY, desk.today + left * _DAY)
            kind = DocumentKind.QUALITY_REPORT
            documents.add_document(supplier_id=pk, kind=kind, paper=paper, actor=desk.writer, now=desk.now)
        for aspect, score in ((AssessmentAspect.QUALITY, 5 - number % 3), (AssessmentAspect.DELIVERY, 3 + number % 3)):
            suppliers.assess_supplier(
                supplier_id=pk,
                aspect=aspect,
                score=score,
                reason="季度评估",
                assessed_on=desk.today - 20 * _DAY,
                actor=desk.decider,
                now=desk.now,
            )
    _put_aside(found["zs-lighting"], desk)
    suppliers.suspend_supplier(supplier_id=found["tz-plastic"], reason="未提供质检报告", actor=desk.decider, now=desk.now)
    return found


def _put_aside(supplier_id: int, desk: Desk) -> None:
    """An authorisation that was renewed, and a licence that nobody needs any more."""
    begun, ends = desk.today - 400 * _DAY, desk.today + 2 * _DAY
    kind, paper = DocumentKind.BRAND_AUTHORISATION, Paper("BA-2025", begun, ends)
    old = documents.add_document(supplier_id=supplier_id, kind=kind, paper=paper, actor=desk.writer, now=desk.now)
    newer = Paper("BA-2026", desk.today, desk.today + 365 * _DAY)
    documents.renew_document(document_id=old.pk, paper=newer, actor=desk.writer, now=desk.now)
    kind, paper = DocumentKind.PRODUCTION_LICENCE, Paper("XK-0441", begun, ends)
    licence = documents.add_document(supplier_id=supplier_id, kind=kind, paper=paper, actor=desk.writer, now=desk.now)
    documents.retire_document(document_id=licence.pk, reason="不再采购须许可的灯具", actor=desk.writer, now=desk.now)


def _line(idea: str, category: str, supplier: int | None, price: int, cost: int, **more: object) -> LineDetails:
    values: dict[str, object] = {
        "platforms": (Platform.TMALL, Platform.DOUYIN),
        "expected_monthly_sales": 400,
        "turnover_days": 30,
        "competitor_price": Decimal(price + 10),
        "trend_note": "近四周搜索量持续上升，夏季需求明确。",
        "sources": ("平台行业报告", "竞品店铺近30天销量"),
        "demand_score": 4,
        "quality_score": 4,
        "supplier_score": 4,
        "margin_score": 4,
        "quality_standard": "GB/T 29606",
        "complaint_record": ComplaintRecord.NONE,
    }
    placed = path_of(category)[-1].pk
    return LineDetails(idea, placed, supplier, price=Decimal(price), cost=Decimal(cost), **(values | more))  # type: ignore[arg-type]


def _lists(known: dict[str, int], desk: Desk) -> None:
    """One list in every state: decided, submitted and overdue, returned, closed, and a draft."""
    homeware, textile, light = known["yw-homeware"], known["nt-textile"], known["zs-lighting"]
    good = _line("316不锈钢折叠保温杯 500ml", "thermos", homeware, 129, 62)
    thin = _line("遮光双层小夜灯", "night-light", light, 49, 43, margin_score=1)
    complained = _line("一次性压缩袋 10只装", "vacuum-bag", homeware, 39, 15, complaint_record=ComplaintRecord.FOUND)
    season = _line("冰丝四件套 1.8m", "sheet-set", textile, 199, 98, turnover_days=60)
    past = Desk(desk.writer, desk.decider, desk.now - 9 * _DAY)

    decided = _list("夏季水具选品清单", [good, season, complained], past)
    lists.submit_list(list_id=decided[0], actor=desk.writer, now=past.now)
    verdicts = (("accept", ""), ("accept", "旺季备货，可接受周转稍慢"), ("reject", "有质量投诉记录"))
    for pk, (verdict, reason) in zip(decided[1], verdicts, strict=True):
        _decide(pk, verdict, reason, past)
    decisions.make_product(line_id=decided[1][0], actor=desk.writer, now=past.now + _DAY)

    overdue = _list("三季度灯具选品清单", [thin, _line("北欧落地灯", "floor-lamp", light, 259, 140)], past)
    lists.submit_list(list_id=overdue[0], actor=desk.writer, now=desk.now - 4 * _DAY)
    _decide(overdue[1][0], "postpone", "毛利偏低，待重新议价", desk)

    returned = _list("收纳用品选品清单", [LineDetails("磁吸厨房置物架")], past)
    lists.submit_list(list_id=returned[0], actor=desk.writer, now=desk.now - 2 * _DAY)
    lists.return_list(list_id=returned[0], reason="请补充供应商与评分", actor=desk.decider, now=desk.now - _DAY)

    closed = _list("春季清仓替换清单", [LineDetails("加厚浴室地垫")], past)
    lists.close_list(list_id=closed[0], reason="并入夏季清单", actor=desk.writer, now=past.now)

    draft = _list("下季度家纺选品清单", [_line("水洗棉夏凉被", "quilt", textile, 169, 82)], desk)
    terms.propose_term(term="折叠水壶", list_id=draft[0], actor=desk.writer, now=desk.now)


def _list(title: str, ideas: list[LineDetails], desk: Desk) -> tuple[int, list[int]]:
    details = ListDetails(title, desk.today, desk.today + 90 * _DAY, Decimal(300_000))
    pk = lists.create_list(details=details, actor=desk.writer, now=desk.now).pk
    return pk, [lines.add_line(list_id=pk, details=idea, actor=desk.writer, now=desk.now).pk for idea in ideas]


def _decide(line_id: int, verdict: str, reason: str, desk: Desk) -> None:
    decisions.decide_line(line_id=line_id, verdict=verdict, version=1, reason=reason, actor=desk.decider, now=desk.now)


def _terms(shops: list[str], desk: Desk, chance: Random) -> None:
    """Two weeks of figures; two terms find nothing."""
    counts = []
    for ago in range(14):
        for term, searches, results, growth in TERMS:
            found = searches * (100 + (growth if ago < 7 else 0)) // 100 + chance.randint(0, 9)
            clicks = found // 4 if results else 0
            counts.append(TermCount(shops[0], desk.today - ago * _DAY, term, found, results, clicks))
    terms.record_terms(counts=counts, actor=desk.writer, now=desk.now)


def _competitors(skus: list[str], desk: Desk) -> None:
    """Prices over four weeks: one moves, one undercuts us, one stays; a declined, an accepted and an open proposal."""
    plan = (
        ("暖物 折叠保温杯", skus[0], (99, 99, 89, 89)),
        ("简屋 马克杯", skus[3], (400, 399, 401, 9)),
        ("青禾 养生壶", skus[6], (500, 500, 499, 500)),
        ("拾光 收纳箱", skus[9], (600, 600, 480, 470)),
    )
    for number, (name, sku, prices) in enumerate(plan, start=1):
        details = CompetitorDetails(name, Platform.TMALL, f"https://shop.example.com/item/{number}", "竞品旗舰店", sku)
        competitor = competitors.add_competitor(details=details, actor=desk.writer, now=desk.now - 4 * _WEEK)
        for week, price in enumerate(prices):
            seen_at = desk.now - (len(prices) - week) * _WEEK + 2 * _DAY
            competitors.record_price(competitor_id=competitor.pk, price=Decimal(price), actor=desk.writer, now=seen_at)
        if number == 4:
            proposal = competitor.proposals.get(state="open")
            competitors.accept_proposal(proposal_id=proposal.pk, actor=desk.writer, now=desk.now - _DAY)
        elif number == 1:
            for proposal in competitor.proposals.filter(state="open"):
                competitors.decline_proposal(
                    proposal_id=proposal.pk, reason="短期促销，不跟价", actor=desk.writer, now=desk.now - _DAY
                )


def _research(desk: Desk) -> None:
    """Last week's research is done, this week's is open."""
    for slot in (desk.now - _WEEK, desk.now):
        research.open_research(slot=slot, now=slot)
    year, week, _day = (desk.today - _WEEK).isocalendar()
    done = research_of(f"{year}-W{week:02d}")
    assert done
    notes = (
        (NoteKind.TREND, "thermos", "折叠类水具搜索量周环比上升六成。", "平台热搜榜"),
        (NoteKind.PRICE, "sheet-set", "冰丝类价格带下移至 159–199 元。", "竞品价格巡查"),
    )
    for kind, category, text, source in notes:
        research.write_note(
            research_id=done.pk,
            kind=kind,
            category_id=path_of(category)[-1].pk,
            text=text,
            source=source,
            actor=desk.writer,
            now=desk.now - 5 * _DAY,
        )
    research.add_note(
        kind=NoteKind.INDUSTRY,
        category_id=None,
        text="新版家用纺织品标准将于明年实施。",
        source="行业协会公告",
        actor=desk.writer,
        now=desk.now,
    )


def _actor(role: Role) -> Actor:
    return staff_actor(User.objects.get(username=role.value))
