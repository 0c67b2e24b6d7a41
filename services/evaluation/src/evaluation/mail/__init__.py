"""Mail: whose address is whose, how each wants to be written to, and the letters that wait to be sent."""
