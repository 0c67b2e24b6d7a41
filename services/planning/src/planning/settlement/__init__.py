"""What becomes of each comment: its disposition, the change that it led to, the approval of them all."""
