"""Handing a shift over: what is open, written down and signed by both sides. Owns HandoverNote, HandoverLine.

Ours: shift handover note.
"""
