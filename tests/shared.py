"""Figures and files that are too large, or not ours, to be kept with the code: PORTAL_SHARED, or beside the project."""

import os
from pathlib import Path

import pytest

SHARED = Path(os.environ.get("PORTAL_SHARED") or Path(__file__).parents[2] / "shared")
DATA = SHARED / "data" if (SHARED / "data").is_dir() else SHARED
METHODS = DATA / "methods"

needs_methods = pytest.mark.skipif(
    not METHODS.is_dir(), reason="the cases of the methods (PORTAL_SHARED) are not on this machine"
)
