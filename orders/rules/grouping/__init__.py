"""Orders that share a parcel, and orders that need several."""
