"""Colours of the bands: a light-to-dark scale that people with any kind of colour blindness can order.

Source: ColorBrewer 2.0, YlOrBr with nine classes (C. Brewer, M. Harrower, Pennsylvania State University).
"""

from typing import Final

SCALE: Final = (
    *("#ffffe5", "#fff7bc", "#fee391", "#fec44f", "#fe9929"),
    *("#ec7014", "#cc4c02", "#993404", "#662506"),
)
UNKNOWN: Final = "#9ecae1"
"""Blue: no step of the scale, and none that a colour-blind reader would take for one by its lightness."""
OUTLINE: Final = "#525252"


def colours(count: int) -> list[str]:
    """Return as many colours, from the lightest to the darkest; neighbours among more than nine share one."""
    if count == 1:
        return [SCALE[0]]
    return [SCALE[position * (len(SCALE) - 1) // (count - 1)] for position in range(count)]
