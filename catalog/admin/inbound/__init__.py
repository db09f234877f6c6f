"""The browser door of purchasing, goods receipt, locations, transfers and write-offs."""

from catalog.admin.inbound import adjustments, locations, lots, purchases, receipts, transfers

__all__ = ["adjustments", "locations", "lots", "purchases", "receipts", "transfers"]
