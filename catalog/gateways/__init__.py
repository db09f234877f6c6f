"""The places where the catalog talks to the outside; never inside a transaction."""
