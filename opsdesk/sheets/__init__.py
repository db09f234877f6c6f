"""Reading tables that people upload, and writing tables that people download: xlsx and csv. Knows no shop and no database.

Doors for the floors above: `read_table` and `open_table` (table), `write_xlsx` and `write_csv` (writing).
"""
