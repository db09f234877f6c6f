"""The feed of events that storefronts, warehouses and carriers follow. Owns Event; deliveries read from it."""
