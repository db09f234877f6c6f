"""Judgement by a second person, pinned to what was seen. Owns ReviewRequest.

The apps that need a review request one and carry out the decision in the same service; here lives the four-eyes rule,
in code and as constraints of the database.
"""
