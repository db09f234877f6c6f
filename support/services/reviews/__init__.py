"""Taking in what buyers say of goods, and answering it."""
