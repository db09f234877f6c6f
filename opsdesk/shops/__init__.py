"""The company's shops (sales channels). Owns Shop; every business row belongs to one."""
