"""Carriers: their tables, the choice of one for a parcel, labels, ratings, claims."""
