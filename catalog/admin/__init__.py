"""The catalog's browser door."""

<<<<<<< HEAD
from catalog.admin import alerts, counting, listings, products, published_checks, stock, vocabulary

__all__ = ["alerts", "counting", "listings", "products", "published_checks", "stock", "vocabulary"]
=======
from catalog.admin import alerts, inbound, listings, pages, products, published_checks, stock, vocabulary

__all__ = ["alerts", "inbound", "listings", "pages", "products", "published_checks", "stock", "vocabulary"]
>>>>>>> inbound
