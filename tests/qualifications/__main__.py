"""`scripts/qualifications`: write data/reference/kwalificaties anew, or say whether that is needed."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from qualifications.packaged import differing, written


def main() -> None:
    """Read the arguments and write the files, or compare them; exit code 1 where they differ."""
    parser = argparse.ArgumentParser(prog="scripts/qualifications", description=__doc__)
    parser.add_argument("reference", type=Path, help="the folder with kd_mz_2016/ and crebo/")
    parser.add_argument("--check", action="store_true", help="only compare")
    asked = parser.parse_args()
    if asked.check:
        sys.exit(1 if differing(asked.reference) else 0)
    print("\n".join(map(str, written(asked.reference))))


main()
