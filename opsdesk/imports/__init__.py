"""Imports from xlsx and csv: uploaded, previewed row by row, then written as a whole or only what is good.

Owns ImportFile and ImportRow, and the register of importers: an app above writes one Importer in its wiring (definitions)
and gets the whole screen.
"""
