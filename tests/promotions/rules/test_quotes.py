"""What a customer pays."""

from decimal import Decimal

from promotions.rules.quotes import PricedPiece, payable, quote_lines

D = Decimal


def test_the_discount_price_holds_where_there_is_a_lower_one() -> None:
    prices = {"A": PricedPiece(D(10), D(8)), "B": PricedPiece(D(10), None), "C": PricedPiece(D(10), D(10))}
    lines = quote_lines([("A", 2), ("B", 1), ("C", 1)], prices)
    assert [(line.unit_price, line.source, line.amount) for line in lines] == [
        (D(8), "discount", D(16)), (D(10), "price", D(10)), (D(10), "price", D(10))]  # fmt: skip
    assert payable(lines, D(5)) == D(41)
    assert payable(lines, D(-50)) == D(0)
