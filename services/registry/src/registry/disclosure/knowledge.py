"""What can be computed from a release: sums of published cells, added and subtracted."""

from collections.abc import Sequence

import numpy as np
from scipy import sparse
from scipy.sparse.linalg import lsqr

from registry.disclosure.system import Mark, Released

_EXACT = 1e-12
_NONE_LEFT = 1e-6


def is_known(released: Released, cells: Sequence[int]) -> bool:
    """Return whether the sum of the cells is a combination of published ones.

    Atoms that are published themselves count as known; of the others the sum must lie in the space of
    the published sums (least squares, nothing left over).
    """
    published = released.table.parts[np.flatnonzero(released.marks == Mark.PUBLISHED)]
    alone = np.diff(published.indptr) == 1
    unknown = np.ones(published.shape[1], dtype=bool)
    unknown[published.indices[published.indptr[:-1][alone]]] = False
    asked = np.asarray(released.table.parts[list(cells)].sum(axis=0), dtype=float).ravel()[unknown]
    if not asked.any():
        return True
    sums = sparse.csr_array(published[~alone][:, np.flatnonzero(unknown)], dtype=float)
    if not sums.nnz:
        return False
    left_over = lsqr(sparse.csr_array(sums.T), asked, atol=_EXACT, btol=_EXACT)[3]
    return bool(left_over < _NONE_LEFT)
