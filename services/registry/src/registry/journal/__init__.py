"""What was decided on whom: by whom, why, what it was before and after; nothing is ever changed here."""
