"""The ministry's yearly workbook of the Index: imported, computed, and compared with what it publishes."""
