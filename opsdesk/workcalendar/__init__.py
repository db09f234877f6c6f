"""Public holidays and make-up working days of China (调休). Owns CalendarDay, whose rows win over the library."""
