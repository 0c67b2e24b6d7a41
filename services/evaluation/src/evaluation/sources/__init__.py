"""What values were made of: corrected inputs, newer figures."""
