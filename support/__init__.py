"""Customer service: tickets of every channel, their clocks, what was promised, what customers say, and their care.

Owns tickets and the profiles of customers. Orders, returns and parcels are asked of orders; promotions stands beside.
"""
