"""Finding images that look alike by index: the 64 bits of a hash in four bands of 16. Pure.

Two hashes that differ in at most three bits share at least one whole band.
"""

BANDS, BITS = 4, 16
_ALL = (1 << 64) - 1


def bands(dhash: int) -> list[int]:
    """The four bands, each marked with its place so that equal bits elsewhere do not meet."""
    bits = dhash & _ALL
    return [place << BITS | (bits >> place * BITS & (1 << BITS) - 1) for place in range(BANDS)]


def distance(one: int, other: int) -> int:
    """In how many bits two hashes differ."""
    return ((one ^ other) & _ALL).bit_count()
