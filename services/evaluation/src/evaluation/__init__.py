"""Monitoring, indicator values, quality criteria, evaluations, programme reporting."""
