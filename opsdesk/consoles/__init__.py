"""Screens of the kernel packages, which have no doors of their own, and the registration of the kernel's duties."""
