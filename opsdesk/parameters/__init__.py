"""Every number that the SOP gives, as a typed parameter with unit, bounds and requirement id.

Apps define theirs in their leaf room ``parameters.py`` and register them in their wiring; supervisors override them
with a reason. Owns ParameterOverride, whose rows are the history.
"""
