"""Descriptions of cooperation: themes, results and the baseline of quality that both parties agreed on."""
