"""Times of egemaps and opensmile in one process, asked in turn, for `cargo xtask wheel --bench`: `python bench.py FOLDER`."""

import os
import statistics
import sys
import time
from pathlib import Path

import egemaps
import numpy
import opensmile
import pandas
import soundfile

ROUNDS = 9
FILES = 30


def smiles(**settings):
    # num_workers=1 is opensmile's default; its threads are asked for by a number.
    return (
        egemaps.Smile("eGeMAPSv02", "func", **settings),
        opensmile.Smile("eGeMAPSv02", "func", **settings),
    )


def main():
    speech = [str(path) for path in sorted(Path(sys.argv[1]).glob("*.wav"))]
    files = (speech * FILES)[:FILES]
    # Copies: ours would decode a file that is named twice once.
    folder = Path(sys.argv[1]).parent / "bench"
    folder.mkdir(exist_ok=True)
    names = []
    for number, file in enumerate(files):
        names.append(str(folder / f"{number}.wav"))
        Path(names[-1]).write_bytes(Path(file).read_bytes())
    signals = [soundfile.read(name, dtype="float32") for name in names]
    seconds = sum(len(samples) / rate for samples, rate in signals)
    minute = numpy.tile(numpy.concatenate([samples for samples, _ in signals]), 2)[: 60 * signals[0][1]]
    cores = os.cpu_count() or 1

    def each_signal(smile):
        return pandas.concat([smile.process_signal(samples, rate) for samples, rate in signals])

    works = [(f"`process_signal`, {FILES} signals one by one", smiles(num_workers=1), each_signal)]
    works.append(("`process_signal`, 1 min", smiles(num_workers=1), lambda smile: smile.process_signal(minute, signals[0][1])))
    for workers in (1, cores):
        title = f"`process_files`, {FILES} files, `num_workers={workers}`"
        works.append((title, smiles(num_workers=workers), lambda smile: smile.process_files(names)))

    print(f"{FILES} files with {seconds:.0f} s of speech at {signals[0][1]} Hz; {cores} cores, load average {os.getloadavg()[0]:.2f}.\n")
    print("| what | egemaps, CPU time: median (quartiles) | opensmile, CPU time | CPU time, ratio | wall time, ratio |")
    print("|---|---|---|---|---|")
    for title, pair, work in works:
        times = [[], []]
        for round in range(ROUNDS + 1):
            results = []
            for which, smile in enumerate(pair):
                cpu, wall = time.process_time(), time.perf_counter()
                results.append(work(smile))
                spent = time.process_time() - cpu, time.perf_counter() - wall
                if round > 0:
                    times[which].append(spent)
            numpy.testing.assert_allclose(results[0].to_numpy(), results[1].to_numpy(), rtol=1e-4, atol=1e-4)
        cpus = [statistics.quantiles([cpu for cpu, _ in of], n=4) for of in times]
        walls = [statistics.median(wall for _, wall in of) for of in times]
        shown = [f"{1e3 * middle:.0f} ms ({1e3 * low:.0f} … {1e3 * high:.0f} ms)" for low, middle, high in cpus]
        print(f"| {title} | {shown[0]} | {shown[1]} | {cpus[1][1] / cpus[0][1]:.1f} × | {walls[1] / walls[0]:.1f} × |")


main()
