"""What keeps a stocktake from being finished."""

from catalog.rules.counting.variances import Counted, unfinished


def test_every_line_is_counted_and_every_variance_explained() -> None:
    lines = [
        Counted("A", 5, 5),
        Counted("B", 5, 4, "lost"),
        Counted("C", 5, 6),
        Counted("D", 5, None),
        Counted("E", None, None),
    ]
    assert [(issue.pointer, issue.code, dict(issue.params)) for issue in unfinished(lines)] == [
        ("/C/reason", "reason_required", {"sku": "C", "pieces": 1}),
        ("/D/counted", "not_counted", {"sku": "D"}),
        ("/E/counted", "not_counted", {"sku": "E"}),
    ]
    assert [line.variance for line in lines] == [0, -1, 1, 0, 0]
