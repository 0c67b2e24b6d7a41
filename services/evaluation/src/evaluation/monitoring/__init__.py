"""What is to be reported of each indicator, when and by whom; what was reported; how far the plan is."""
