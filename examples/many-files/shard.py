"""The features of a part of many files, by the Python package egemaps: part number PART of PARTS of a list of files, a path a line.

    seq 0 99 | parallel -j 8 python shard.py files.txt results/ {} 100      # GNU parallel, also with --sshlogin
    python shard.py files.txt results/ $SLURM_ARRAY_TASK_ID $SLURM_ARRAY_TASK_COUNT       # in an array job of Slurm

A part writes results/PART.parquet, and nothing if that is there; all parts together, in the order of their numbers, are the rows of a
single run. What cannot be read is a row of NaN and a warning.
"""

import os
import sys
from pathlib import Path

import egemaps


def main(files: str, results: str, number: str, count: str) -> None:
    part, parts = int(number), int(count)
    table = Path(results) / f"{part:05d}.parquet"
    if table.exists():
        return
    names = Path(files).read_text().splitlines()
    names = names[part * len(names) // parts : (part + 1) * len(names) // parts]
    # One thread: the other cores have parts of their own.
    frame = egemaps.Smile(num_workers=1, on_error="nan").process_files(names)
    table.parent.mkdir(parents=True, exist_ok=True)
    # In one step, so that a part that was ended is done again.
    unfinished = table.with_suffix(".unfinished")
    frame.reset_index().to_parquet(unfinished)
    os.replace(unfinished, table)


if __name__ == "__main__":
    main(*sys.argv[1:])
