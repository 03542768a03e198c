"""The features of many files with Ray, by the Python package egemaps, which has to be installed on every node.

    python with_ray.py files.txt results/ 1000

files.txt has a path a line, as every node sees it; 1000 is the number of parts, some hundred files each; results/ gets Parquet files, one
or more for each part. What cannot be read is a row of NaN and a warning.
"""

import sys
from pathlib import Path

import egemaps
import pandas as pd
import ray


def features(part: pd.DataFrame) -> pd.DataFrame:
    # One thread: Ray starts a task for each core.
    smile = egemaps.Smile(num_workers=1, on_error="nan")
    return smile.process_files(part["file"]).reset_index()


def main(files: str, results: str, parts: str) -> None:
    rows = [{"file": name} for name in Path(files).read_text().splitlines()]
    data = ray.data.from_items(rows, override_num_blocks=int(parts))
    data.map_batches(features, batch_format="pandas", batch_size=None).write_parquet(results)


if __name__ == "__main__":
    main(*sys.argv[1:])
