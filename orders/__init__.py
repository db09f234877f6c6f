"""Orders from the storefront to settlement: intake, checks, rounds, fulfilment, parcels and their troubles.

Owns customers, orders and all that hangs on them. Stock is asked of the catalog; promotions and support come above.
"""
