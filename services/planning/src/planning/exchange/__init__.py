"""The hierarchy of a plan as catalogues of strategies know it: given out, and taken into a draft."""
