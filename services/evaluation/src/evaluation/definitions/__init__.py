"""The catalogue of indicators: what each one counts, in editions that are never rewritten."""
