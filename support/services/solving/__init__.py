"""Giving customers a solution, and hearing from them that it is one."""
