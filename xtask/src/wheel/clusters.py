"""The examples for many files, for `cargo xtask wheel --clusters`: `python clusters.py SPEECH WORK EXAMPLES UNDERTONE`.

Each runs on a list of files in which one is no sound, and its table must have the bits of a single run. Each runs twice, on a few files
and on many, so that what the start takes is told from what the files take.
"""

import io
import os
import shutil
import subprocess
import sys
import time
import warnings
from pathlib import Path

import egemaps
import pandas
import soundfile

DIFFERENT = 60
FEW, MANY = 20, 3_000
# The number of the file that is no sound.
WRONG = FEW - 1
CORES = os.cpu_count() or 1


def sounds(speech, folder):
    """A list of MANY files with their seconds: DIFFERENT sounds, links to them, which take no room, and one file that is no sound."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    spoken = [soundfile.read(file, dtype="float32") for file in sorted(speech.glob("*.wav"))]
    files, seconds = [], []
    for number in range(MANY):
        file = folder / f"{number:05d}.wav"
        if number < DIFFERENT:
            samples, rate = spoken[number % len(spoken)]
            soundfile.write(file, samples * (0.4 + 0.01 * number), rate)
            seconds.append(len(samples) / rate)
        else:
            os.link(files[number % DIFFERENT], file)
            seconds.append(seconds[number % DIFFERENT])
        files.append(str(file))
    wrong = Path(files[WRONG])
    wrong.unlink()
    wrong.write_bytes(b"no sound")
    return files, sum(seconds)


def single(files):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return egemaps.Smile(num_workers=1, on_error="nan").process_files(files)


def read(results):
    """The tables in a folder, as one, in the order of their files' names."""
    frame = pandas.concat([pandas.read_parquet(file) for file in sorted(results.rglob("*.parquet"))])
    return frame.sort_values("file", kind="stable", ignore_index=True)


def same(table, wanted, way):
    assert list(table["file"]) == list(wanted.index.get_level_values("file")), f"{way}: other files"
    for which in ("start", "end"):
        theirs, ours = wanted.index.get_level_values(which), table[which]
        if ours.dtype == "float64":
            theirs = theirs.total_seconds()
        equal = (ours.to_numpy() == theirs.to_numpy()) | (ours.isna().to_numpy() & pandas.isna(theirs))
        assert equal.all(), f"{way}: other times"
    columns = list(wanted.columns)
    theirs, ours = wanted.to_numpy(dtype="float32"), table[columns].to_numpy(dtype="float32")
    # A NaN is a NaN, whatever its bits.
    assert ((ours.view("uint32") == theirs.view("uint32")) | ((ours != ours) & (theirs != theirs))).all(), f"{way}: other bits"
    assert table[columns].notna().all(axis=1).sum() == len(table) - 1, f"{way}: rows without values"


def main():
    speech, work, examples = (Path(word) for word in sys.argv[1:4])
    undertone = sys.argv[4]
    files, seconds = sounds(speech, work / "sounds")
    python = sys.executable
    quiet = dict(os.environ, PYTHONWARNINGS="ignore", UNDERTONE=undertone, PYSPARK_PYTHON=python)
    lists = {}
    for count in (FEW, MANY):
        lists[count] = work / f"{count}.txt"
        lists[count].write_text("".join(f"{file}\n" for file in files[:count]))

    def parallel(command):
        return ["sh", "-c", f'seq 0 {4 * CORES - 1} | parallel --will-cite --jobs {CORES} {command}']

    ways = {
        "one process, one thread": lambda names, results: [python, "-c", SINGLE, names, results],
        "GNU parallel, `shard.py`": lambda names, results: parallel(
            f"{python} {examples}/shard.py {names} {results} {{}} {4 * CORES}"
        ),
        "Ray, `with_ray.py`": lambda names, results: [python, f"{examples}/with_ray.py", names, results, str(4 * CORES)],
        "PySpark, `with_spark.py`": lambda names, results: [python, f"{examples}/with_spark.py", names, results, str(4 * CORES)],
        "GNU parallel, `shard.sh` (the command line)": lambda names, results: parallel(
            f"PART={{}} PARTS={4 * CORES} sh {examples}/shard.sh {names} {results}"
        ),
    }
    wanted = {count: single(files[:count]) for count in (FEW, MANY)}
    print(f"{MANY} files with {seconds:.0f} s of speech; {CORES} cores, load average {os.getloadavg()[0]:.2f}.\n")
    print("| way | cores | start | files per second and core | a million such files |")
    print("|---|---|---|---|---|")
    for way, command in ways.items():
        took = {}
        for count in (FEW, MANY):
            results = work / "results"
            shutil.rmtree(results, ignore_errors=True)
            start = time.perf_counter()
            done = subprocess.run([str(word) for word in command(lists[count], results)], env=quiet, capture_output=True, text=True)
            took[count] = time.perf_counter() - start
            # The command line ends with 1 if a file failed, and GNU parallel with the number of such parts.
            if done.returncode != 0 and "shard.sh" not in way:
                sys.exit(f"{way}: {done.stderr[-4_000:]}")
            if "shard.sh" in way:
                joined = subprocess.run(["sh", f"{examples}/join.sh", results], check=True, capture_output=True, text=True).stdout
                same_rows(joined, wanted[count], way)
            else:
                same(read(results), wanted[count], way)
        if took[MANY] - took[FEW] < 5:
            sys.exit(f"{way}: the same table, but {FEW} files took {took[FEW]:.1f} s and {MANY} {took[MANY]:.1f} s: the machine is too busy to measure")
        cores = 1 if "one thread" in way else CORES
        per_core = (MANY - FEW) / (took[MANY] - took[FEW]) / cores
        hours = 1e6 / per_core / 3600
        print(f"| {way} | {cores} | {took[FEW]:.1f} s | {per_core:.0f} | {hours:.1f} core hours |")


def same_rows(text, wanted, way):
    """The command line's table: it leaves out what fails."""
    table = pandas.read_csv(io.StringIO(text), float_precision="round_trip", keep_default_na=False)
    wanted = wanted[wanted.notna().all(axis=1)]
    assert list(table["file"]) == list(wanted.index.get_level_values("file")), f"{way}: other files"
    ours = table[list(wanted.columns)].to_numpy(dtype="float64").astype("float32")
    assert ours.tobytes() == wanted.to_numpy(dtype="float32").tobytes(), f"{way}: other bits"


SINGLE = """
import sys
from pathlib import Path
import egemaps
frame = egemaps.Smile(num_workers=1, on_error="nan").process_files(Path(sys.argv[1]).read_text().splitlines())
Path(sys.argv[2]).mkdir()
frame.reset_index().to_parquet(Path(sys.argv[2]) / "all.parquet")
"""

main()
