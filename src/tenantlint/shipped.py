"""Where the shipped `policies/` tree is: inside the installed package, or at the root of a checkout."""

from __future__ import annotations

from functools import cache
from pathlib import Path


@cache
def policies() -> Path:
    """The folder that holds checks/, lib/, schemas/ and retired.toml.

    The wheel carries it as `tenantlint/policies`; an editable install finds the checkout's.
    """
    here = Path(__file__).resolve().parent
    for candidate in (here / "policies", here.parent.parent / "policies"):
        if (candidate / "schemas").is_dir():
            return candidate
    raise FileNotFoundError(f"no policies/ folder beside {here}")
