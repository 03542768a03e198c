"""The features of many files with PySpark, by the Python package egemaps, which has to be installed on every worker.

    PYSPARK_PYTHON=/path/to/python spark-submit with_spark.py files.txt results/ 1000

The variable names the Python that has the package, unless it is `python3`.
files.txt has a path a line, as every worker sees it; 1000 is the number of parts, some hundred files each; results/ gets a Parquet file for
each. `start` and `end` are seconds. What cannot be read is a row of NaN and a warning.
"""

import sys
from collections.abc import Iterator

import egemaps
import pandas as pd
from pyspark.sql import SparkSession


def features(parts: Iterator[pd.DataFrame]) -> Iterator[pd.DataFrame]:
    # One thread: Spark starts a task for each core.
    smile = egemaps.Smile(num_workers=1, on_error="nan")
    for part in parts:
        frame = smile.process_files(part["value"]).reset_index()
        for time in ("start", "end"):
            frame[time] = frame[time].dt.total_seconds()
        yield frame


def main(files: str, results: str, parts: str) -> None:
    spark = SparkSession.builder.appName("egemaps").getOrCreate()
    columns = ", ".join(f"`{name}` float" for name in egemaps.Smile().feature_names)
    names = spark.read.text(files).repartition(int(parts))
    table = names.mapInPandas(features, f"file string, start double, `end` double, {columns}")
    table.write.parquet(results)
    spark.stop()


if __name__ == "__main__":
    main(*sys.argv[1:])
