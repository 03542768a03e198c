"""Times of other programs in Python, for `cargo xtask bench`: `python peers.py opensmile|praat`.

Lines come in on standard input, `time`, rate and WAV file separated by tabs; each is answered by CPU time and wall time, s.
The first line out is the program's name and version, or why it cannot be timed.
"""

import sys
import time

import numpy


def opensmile():
    import opensmile

    smile = opensmile.Smile(
        feature_set=opensmile.FeatureSet.eGeMAPSv02,
        feature_level=opensmile.FeatureLevel.Functionals,
    )
    return f"openSMILE (opensmile {opensmile.__version__})", smile.process_signal


def praat():
    import parselmouth
    from parselmouth.praat import call

    def work(samples, rate):
        sound = parselmouth.Sound(samples.astype("float64"), sampling_frequency=rate)
        sound.to_pitch()
        sound.to_formant_burg()
        sound.to_harmonicity()
        points = call(sound, "To PointProcess (periodic, cc)", 75, 500)
        call(points, "Get jitter (local)", 0, 0, 0.0001, 0.02, 1.3)
        call([sound, points], "Get shimmer (local)", 0, 0, 0.0001, 0.02, 1.3, 1.6)

    return f"Praat (praat-parselmouth {parselmouth.__version__})", work


def main():
    try:
        title, work = {"opensmile": opensmile, "praat": praat}[sys.argv[1]]()
    except Exception as error:
        print(f"not here: {error}".replace("\n", " "), flush=True)
        return
    print(title, flush=True)
    last = None
    for line in sys.stdin:
        _, rate, name = line.rstrip("\n").split("\t")
        if last != name:
            last, samples = name, numpy.fromfile(name, dtype="<i2", offset=44).astype("float32") / 32768
        cpu, wall = time.process_time(), time.perf_counter()
        work(samples, int(rate))
        print(time.process_time() - cpu, time.perf_counter() - wall, sep="\t", flush=True)


main()
