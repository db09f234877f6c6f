"""The import of products: one SKU a row, the rows of one code are one product."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Annotated, Any

from pydantic import BeforeValidator, Field
from pydantic_core import PydanticCustomError

from catalog.enums.entry import AttributeKind
from catalog.enums.listings import ImageKind
from catalog.queries.entry.forms import attribute_columns, column_of, leaf_paths
from catalog.queries.entry.vocabulary import form_of, path_of
from catalog.rules.completeness import LEAF_LEVEL
from catalog.rules.content import ImageContent, ListingContent, SkuContent
from catalog.rules.entry.attributes import Attribute, pointer_of
from catalog.rules.entry.sheets import ProductLine
from catalog.services.entry.product_import import import_products
from opsdesk.common.errors import Issue, Malformed, NotFound
from opsdesk.common.text import mark
from opsdesk.doors.api.fields import Amount, Line, Paragraph
from opsdesk.doors.cells import Items, RowInput, Whole, reader
from opsdesk.imports.definitions import Column, Further, Importer

_ENTRIES = re.compile(r"[;；\n]+")
_PAIR = re.compile(r"\s*([^:：=＝]+?)\s*[:：=＝]\s*(.*\S)\s*", re.DOTALL)
SPECIFICATION = mark("Specification")
LONGEST = 500  # characters of a specification
_SPEC = "spec/"  # of the fields of columns of one specification
_PATH = re.compile(r"\s*[/>＞|]\s*")
_ADDRESS = re.compile(r"https?://[^\s/]+\S*")
_PRODUCT = ("title", "core_keyword", "supplier", "brand", "model_no", "usage", "precautions", "detail")
_SKU = ("cost", "price", "discount_price", "member_price", "competitor_price", "barcode", "alert_threshold")


def _pairs(cell: Any) -> Any:
    if not isinstance(cell, str):
        return cell
    found = [_PAIR.fullmatch(entry) for entry in _ENTRIES.split(cell) if entry.strip()]
    if not all(found):
        raise PydanticCustomError("invalid", mark("Write “name: value; name: value”."))
    return {match[1]: match[2] for match in found if match}


def _addresses(cell: Any) -> Any:
    found = cell.split() if isinstance(cell, str) else cell
    if isinstance(cell, str) and not all(_ADDRESS.fullmatch(address) for address in found):
        raise PydanticCustomError("invalid", mark("Addresses begin with http:// or https://; put a space between them."))
    return found


def _path(cell: Any) -> Any:
    return _PATH.split(cell.strip()) if isinstance(cell, str) else cell


Pairs = Annotated[dict[Annotated[str, Line(60)], Annotated[str, Line(500)]], BeforeValidator(_pairs), Field(max_length=100)]
Addresses = Annotated[list[Annotated[str, Line(500)]], BeforeValidator(_addresses), Field(max_length=30)]
Texts = Annotated[list[Annotated[str, Line(200)]], Items, Field(max_length=20)]
Names = Annotated[list[Annotated[str, Line(60)]], Items, Field(max_length=20)]


class ProductCells(RowInput):
    """One row of the table."""

    code: Annotated[str, Line(60)]
    title: Annotated[str, Line(120)] = ""
    core_keyword: Annotated[str, Line(60)] = ""
    category: Annotated[list[Annotated[str, Line(60)]], BeforeValidator(_path), Field(max_length=3)] = []
    supplier: Annotated[str, Line(120)] = ""
    brand: Annotated[str, Line(60)] = ""
    model_no: Annotated[str, Line(60)] = ""
    spec: Pairs = {}
    selling_points: Texts = []
    use_scenarios: Texts = []
    usage: Annotated[str, Paragraph(2000)] = ""
    precautions: Annotated[str, Paragraph(2000)] = ""
    detail: Annotated[str, Paragraph(20_000)] = ""
    main_images: Addresses = []
    detail_images: Addresses = []
    tags: Names = []
    commitments: Names = []
    shops: Names = []
    sku: Annotated[str, Line(60)] = ""
    options: Pairs = {}
    barcode: Annotated[str, Line(14), Field(pattern=r"^[0-9]*$")] = ""
    cost: Amount | None = None
    price: Amount | None = None
    discount_price: Amount | None = None
    member_price: Amount | None = None
    competitor_price: Amount | None = None
    alert_threshold: Annotated[Whole, Field(ge=0, le=1_000_000)] | None = None

    def images(self) -> Iterator[ImageContent]:
        """Main images first."""
        yield from (ImageContent(address, str(ImageKind.MAIN)) for address in self.main_images)
        yield from (ImageContent(address, str(ImageKind.DETAIL)) for address in self.detail_images)


_read = reader(ProductCells)


def _parse(cells: Mapping[str, str]) -> ProductLine:
    asked = {_name(field): cell for field, cell in cells.items() if field.startswith(_SPEC)}
    try:
        found = _read({field: cell for field, cell in cells.items() if not field.startswith(_SPEC)})
        spec = _merged(found.spec, asked)
    except Malformed as refusal:
        if code := cells.get("code"):
            return ProductLine(0, code, issues=refusal.issues)
        raise
    skus = [SkuContent(found.sku, options=found.options, **{name: getattr(found, name) for name in _SKU})]
    content = ListingContent(
        **{name: getattr(found, name) for name in _PRODUCT},
        spec=spec,
        selling_points=tuple(found.selling_points),
        use_scenarios=tuple(found.use_scenarios),
        tags=tuple(found.tags),
        commitments=tuple(found.commitments),
        shops=tuple(found.shops),
        images=tuple(found.images()),
        skus=tuple(skus) if found.sku else (),
    )
    return ProductLine(0, found.code, tuple(found.category), content, columns=tuple(asked))


def _name(field: str) -> str:
    return field.removeprefix(_SPEC).replace("~1", "/").replace("~0", "~")


def _merged(spec: Mapping[str, str], asked: Mapping[str, str]) -> dict[str, str]:
    """Both ways of giving specifications. Raises: Malformed, when a cell is too long or they differ."""
    issues = []
    for name, text in asked.items():
        if len(text) > LONGEST or "\n" in text:
            message = mark("At most %(limit_value)s characters on one line.")
            issues.append(Issue(pointer_of(name), "invalid", message, {"limit_value": LONGEST}))
        elif spec.get(name, text) != text:
            issues.append(Issue(pointer_of(name), "contradiction", mark("The column of specifications says otherwise.")))
    if issues:
        raise Malformed(issues=issues)
    return {**spec, **asked}


def _template(code: str) -> list[Column]:
    """The columns for products of one category: one for each specification that its form asks for."""
    path = path_of(code)
    if not path or path[-1].level != LEAF_LEVEL:
        raise NotFound()
    asked = [
        Column(column_of(item.name), SPECIFICATION, _example(item), (), item.required, item.name) for item in form_of(path)
    ]
    columns: list[Column] = []
    for column in PRODUCTS.columns:
        columns.append(replace(column, example=code) if column.field == "category" else column)
        if column.field == "spec":
            columns[-1:] = [replace(column, example=""), *asked] if asked else [column]
    return columns


def _example(item: Attribute) -> str:
    if item.kind == AttributeKind.CHOICE and item.choices:
        return item.choices[0]
    return f"500{item.unit}" if item.kind == AttributeKind.NUMBER else ""


PRODUCTS = Importer(
    code="catalog.products",
    title=mark("Products"),
    permission="catalog.add_listingrevision",
    columns=(
        Column("code", mark("Product code"), "CUP-001", ("商品编码", "货号", "商家编码"), required=True),
        Column("title", mark("Title"), "晨光保温杯 316不锈钢 500ml", ("商品标题", "商品名称", "标题")),
        Column("core_keyword", mark("Core keyword"), "保温杯", ("核心关键词", "关键词")),
        Column("category", mark("Category"), "厨房餐饮/水具杯壶/保温杯", ("类目", "商品类目")),
        Column("supplier", mark("Supplier"), "", ("供应商",)),
        Column("brand", mark("Brand"), "晨光", ("品牌",)),
        Column("model_no", mark("Model"), "CG-500", ("型号",)),
        Column("spec", SPECIFICATION, "容量: 500ml; 材质: 316不锈钢", ("规格", "规格参数", "参数")),
        Column("selling_points", mark("Selling points"), "双层真空；一键开盖", ("卖点",)),
        Column("use_scenarios", mark("Use scenarios"), "办公；户外", ("使用场景",)),
        Column("usage", mark("Usage"), "首次使用前请用温水清洗。", ("使用方法",)),
        Column("precautions", mark("Precautions"), "请勿放入微波炉。", ("注意事项",)),
        Column("detail", mark("Detail text"), "容量适中，便于携带。", ("详情", "详情文案")),
        Column("main_images", mark("Main images"), "https://img.example.com/1.jpg", ("主图",)),
        Column("detail_images", mark("Detail images"), "https://img.example.com/2.jpg", ("详情图",)),
        Column("tags", mark("Tags"), "新品", ("标签",)),
        Column("commitments", mark("Service commitments"), "7天无理由退换；包邮", ("服务承诺",)),
        Column("shops", mark("Shops"), "", ("店铺",)),
        Column("sku", mark("SKU"), "CUP-001-RED", ("规格编码", "SKU编码")),
        Column("options", mark("Options"), "颜色: 红", ("销售属性", "规格值")),
        Column("barcode", mark("Barcode"), "6901234567892", ("条码", "条形码", "国际条码")),
        Column("cost", mark("Cost"), "40.00", ("成本", "成本价", "进价")),
        Column("price", mark("Price"), "99.00", ("价格", "售价", "销售价")),
        Column("discount_price", mark("Discount price"), "89.00", ("折扣价",)),
        Column("member_price", mark("Member price"), "85.00", ("会员价",)),
        Column("competitor_price", mark("Competitor price"), "", ("竞品价",)),
        Column("alert_threshold", mark("Alert threshold"), "10", ("库存预警值", "预警值")),
    ),
    parse=_parse,
    run=import_products,
    sop="C3",
    key=("code", "sku"),
    group=("code",),
    further=Further(SPECIFICATION, attribute_columns, leaf_paths, _template, ("规格", "规格参数", "参数", "spec")),
)
