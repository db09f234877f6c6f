"""Use cases that need two sibling apps. Nearly empty, and meant to be."""
