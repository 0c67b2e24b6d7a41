"""Colours of maps: told apart by everybody, whatever the kind of colour blindness."""

from itertools import pairwise

import numpy as np
import pytest

from registry.bands.palette import SCALE, UNKNOWN, colours

# Source: G. Machado, M. Oliveira, L. Fernandes (2009), severity 1.0, linear RGB.
BLINDNESS = {
    "none": np.eye(3),
    "protanopia": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "deuteranopia": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
    "tritanopia": np.array(
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]
    ),
}


def seen(colour: str, blindness: str) -> tuple[float, float, float]:
    """Return L*, a*, b* of a colour as it is seen."""
    code = np.array([int(colour[at : at + 2], 16) for at in (1, 3, 5)]) / 255
    linear = np.where(code <= 0.04045, code / 12.92, ((code + 0.055) / 1.055) ** 2.4)
    linear = np.clip(BLINDNESS[blindness] @ linear, 0, 1)
    to_xyz = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
    white = np.array([0.9505, 1.0, 1.089])
    x, y, z = np.cbrt(to_xyz @ linear / white)
    return float(116 * y - 16), float(500 * (x - y)), float(200 * (y - z))


@pytest.mark.parametrize("blindness", sorted(BLINDNESS))
@pytest.mark.parametrize("count", range(2, 6))
def test_each_band_is_visibly_darker_than_the_one_before(blindness: str, count: int) -> None:
    lightness = [seen(colour, blindness)[0] for colour in colours(count)]
    assert all(after < before - 4 for before, after in pairwise(lightness))


@pytest.mark.parametrize("blindness", sorted(BLINDNESS))
def test_up_to_nine_bands_stay_in_the_order_of_lightness(blindness: str) -> None:
    lightness = [seen(colour, blindness)[0] for colour in colours(9)]
    assert lightness == sorted(lightness, reverse=True)


@pytest.mark.parametrize("blindness", sorted(BLINDNESS))
def test_an_unknown_index_looks_like_none_of_the_four_bands(blindness: str) -> None:
    unknown = np.array(seen(UNKNOWN, blindness))
    distances = [np.linalg.norm(unknown - np.array(seen(each, blindness))) for each in colours(4)]
    assert min(distances) > 20


def test_the_scale_is_used_from_end_to_end() -> None:
    assert (colours(4)[0], colours(4)[-1], len(set(colours(9)))) == (SCALE[0], SCALE[-1], 9)
    assert colours(1) == [SCALE[0]]
