"""Build ``data/raw/published`` from ``data/raw/sources``: real figures in the product's own form.

Run ``python -m scripts.build_published`` after a change to a source or to a table in
``scripts/published``; a second run writes the same files.
"""

import sys
from pathlib import Path

from scripts.published.assemble import assemble
from scripts.published.write import write_submission

PUBLISHED = Path(__file__).parents[1] / "data" / "raw" / "published"


def build(directory: Path) -> list[Path]:
    """Write every submission into ``directory`` and return the paths."""
    directory.mkdir(parents=True, exist_ok=True)
    return [write_submission(submission, directory) for submission in assemble()]


if __name__ == "__main__":
    paths = build(PUBLISHED)
    size = sum(path.stat().st_size for path in paths)
    sys.stdout.write(f"{len(paths)} files, {size / 1e6:.1f} MB in {PUBLISHED}\n")
