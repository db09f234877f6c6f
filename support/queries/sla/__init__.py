"""Named reads of clocks, policies, promises and loads."""
