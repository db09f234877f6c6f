"""What a table may be at most.

Technical limits, not numbers of the SOP: they keep one upload from taking the memory or the time of everybody, so they
are constants of the code and not parameters that a desk can change.
"""

MAX_ROWS = 100_000  # data rows; the header is not counted
MAX_COLUMNS = 200  # the widest template has about 60; a sheet of 2,000 columns is a mistake
MAX_CELL = 32_767  # characters, what a cell of Excel can hold
MAX_UNPACKED = 50_000_000  # bytes of all parts of an xlsx together; 100,000 rows of 15 columns are about 45 MB
MAX_RATIO = 100  # unpacked to packed; office documents stay below 30, bombs begin at 250
MAX_ENTRIES = 200  # parts of an xlsx; real ones have about 15
MAX_DEPTH = 30  # nesting of its XML; real ones stay below 15
MAX_HELD = 20_000  # XML elements of one row or one text, which the reader keeps in memory at once
MAX_LOOSE = 200_000  # XML elements of one part outside rows and texts, kept in memory as well
MAX_EXACT = 10**15  # Excel keeps 15 digits of a number; what is longer has lost its end already
