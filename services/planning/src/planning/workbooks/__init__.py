"""A plan as a workbook, CSV or JSON: taken out, worked on, and brought back as a checked change."""
