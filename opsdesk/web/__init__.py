"""The site's root: my work, navigation, search, health, the schema, and the start-up commands."""
