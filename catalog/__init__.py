"""Products, listings and stock: what the shops sell and how much of it there is.

Owns categories, products, SKUs, selection, images, prices, warehouses, stock with its ledger and lots, reservations,
alerts, purchases and receipts, counts, what is looked at after publication, and store pages. Knows nothing of orders: a
reservation names its owner by text. Door for the apps above: services, queries, enums, errors.
"""
