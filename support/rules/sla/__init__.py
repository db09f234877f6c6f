"""Service levels: targets, working time, escalation, budgets, staffing. Pure."""
