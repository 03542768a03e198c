"""openSMILE's side of the comparison. Runs in the Python environment that `cargo xtask parity` makes.

    run_opensmile.py signals FOLDER              writes the synthetic signals, 44.1 kHz, 16 bit
    run_opensmile.py extract LIST FOLDER RATE    for each sound named in LIST (one per line): writes the samples that
                                                 both sides get (FOLDER/wav/NAME.wav, mono, 16 bit, at RATE or
                                                 "native") and openSMILE's output (functionals.csv, contours.f32,
                                                 index.csv)
"""

import csv
import math
import os
import re
import sys
import warnings
from concurrent.futures import ProcessPoolExecutor

warnings.filterwarnings("ignore")

import numpy as np
import soundfile


# --- signals -----------------------------------------------------------------------------------------------------

SIGNAL_RATE = 44100


def seconds(duration):
    return np.arange(int(duration * SIGNAL_RATE)) / SIGNAL_RATE


def pulses(f0, duration):
    """Unit pulses at the zero crossings of the phase of a (possibly moving) fundamental frequency."""
    t = seconds(duration)
    phase = np.cumsum(np.broadcast_to(f0(t) if callable(f0) else f0, t.shape)) / SIGNAL_RATE
    return np.diff(np.floor(phase), prepend=0.0)


def resonate(x, formants):
    """Two-pole resonances one after the other, each (frequency, bandwidth) in Hz."""
    from scipy.signal import lfilter

    for frequency, bandwidth in formants:
        radius = math.exp(-math.pi * bandwidth / SIGNAL_RATE)
        a = [1.0, -2.0 * radius * math.cos(2.0 * math.pi * frequency / SIGNAL_RATE), radius * radius]
        x = lfilter([sum(a)], a, x)
    return x


def peak(x, level):
    return x * (level / np.max(np.abs(x)))


def signals():
    noise = lambda seed, n: np.random.RandomState(seed).standard_normal(n)
    vowels = {
        "a": [(730, 90), (1090, 110), (2440, 170), (3400, 250)],
        "i": [(270, 60), (2290, 100), (3010, 170), (3700, 250)],
        "u": [(300, 60), (870, 90), (2240, 170), (3300, 250)],
    }
    t = seconds(2.0)
    for f in (100, 220, 440, 1000, 3100):
        yield f"tone-{f}", 0.5 * np.sin(2 * np.pi * f * t)
    yield "tones-two", 0.3 * np.sin(2 * np.pi * 150 * t) + 0.3 * np.sin(2 * np.pi * 625 * t)
    for f0 in (80, 120, 200, 350):
        yield f"pulses-{f0}", peak(resonate(pulses(f0, 2.0), [(500, 80), (1500, 120), (2500, 160)]), 0.6)
    for name, formants in vowels.items():
        for f0 in (110, 230):
            glide = lambda t, f0=f0: f0 * (1.0 + 0.15 * np.sin(2 * np.pi * 1.7 * t))
            yield f"vowel-{name}-{f0}", peak(resonate(pulses(glide, 2.5), formants), 0.5)
    jittery = pulses(lambda t: 130 * (1 + 0.02 * noise(3, len(t))), 2.0)
    yield "pulses-jitter", peak(resonate(jittery, vowels["a"]), 0.5)
    shimmer = pulses(140, 2.0) * (1 + 0.2 * noise(4, len(t)))
    yield "pulses-shimmer", peak(resonate(shimmer, vowels["u"]), 0.5)
    yield "sweep", 0.4 * np.sin(2 * np.pi * (80 * t + (7000 - 80) * t * t / (2 * 2.0)))
    yield "sweep-f0", peak(resonate(pulses(lambda t: 80 + 160 * t, 2.0), vowels["a"]), 0.5)
    yield "noise-white", peak(noise(1, len(t)), 0.5)
    yield "noise-quiet", peak(noise(2, len(t)), 0.003)
    yield "noise-red", peak(np.cumsum(noise(5, len(t))) - np.linspace(0, np.sum(noise(5, len(t))), len(t)), 0.5)
    vowel = peak(resonate(pulses(lambda t: 125 + 20 * t, 2.0), vowels["a"]), 0.5)
    yield "vowel-noisy", vowel + 0.05 * noise(6, len(t))
    yield "vowel-clipped", np.clip(4.0 * vowel, -1.0, 1.0)
    yield "vowel-dc", vowel * 0.6 + 0.2
    yield "vowel-quiet", vowel * 0.01
    rest = np.zeros(SIGNAL_RATE // 2)
    yield "vowel-rests", np.concatenate([rest, vowel[:SIGNAL_RATE // 2], rest, vowel[SIGNAL_RATE // 2:], rest])
    yield "beats", vowel * (0.5 + 0.5 * np.sin(2 * np.pi * 4 * t)) ** 2
    yield "short", vowel[: SIGNAL_RATE // 5]
    yield "impulses", (np.arange(len(t)) % 22050 == 11025) * 0.9
    yield "silence", np.zeros(SIGNAL_RATE)


def write_signals(folder):
    os.makedirs(folder, exist_ok=True)
    for name, x in signals():
        y = np.clip(np.rint(np.asarray(x) * 32768.0), -32768, 32767).astype(np.int16)
        soundfile.write(os.path.join(folder, name + ".wav"), y, SIGNAL_RATE, subtype="PCM_16")


# --- openSMILE ---------------------------------------------------------------------------------------------------


def prepared(path, rate):
    """One sound as mono 16-bit samples at a rate (None: its own)."""
    x, own = soundfile.read(path, dtype="float64", always_2d=True)
    x = x.mean(axis=1)
    if rate is not None and rate != own:
        from scipy.signal import resample_poly

        common = math.gcd(rate, own)
        x = resample_poly(x, rate // common, own // common)
    rate = rate or own
    return np.clip(np.rint(x * 32768.0), -32768, 32767).astype(np.int16), rate


engines = None


def one(job):
    global engines
    number, path, folder, rate = job
    import opensmile

    if engines is None:
        levels = opensmile.FeatureLevel.Functionals, opensmile.FeatureLevel.LowLevelDescriptors
        engines = [opensmile.Smile(opensmile.FeatureSet.eGeMAPSv02, level) for level in levels]
    samples, rate = prepared(path, rate)
    stem = os.path.splitext(os.path.basename(path))[0]
    name = f"{number:05d}-{re.sub('[^A-Za-z0-9._-]', '_', stem)}.wav"
    soundfile.write(os.path.join(folder, "wav", name), samples, rate, subtype="PCM_16")
    # The wrapper turns floats into 16 bits itself; from k/32768 it gets exactly k back.
    signal = (samples / 32768.0).astype(np.float32)
    functionals, contours = (engine.process_signal(signal, rate) for engine in engines)
    return (
        name,
        len(samples),
        rate,
        list(functionals.columns),
        functionals.to_numpy(np.float32)[0],
        contours.to_numpy(np.float32),
    )


def extract(listing, folder, rate):
    os.makedirs(os.path.join(folder, "wav"), exist_ok=True)
    rate = None if rate == "native" else int(rate)
    with open(listing, encoding="utf-8") as file:
        jobs = [(number, path, folder, rate) for number, path in enumerate(file.read().splitlines())]
    with (
        ProcessPoolExecutor(os.cpu_count()) as pool,
        open(os.path.join(folder, "functionals.csv"), "w", newline="") as functionals,
        open(os.path.join(folder, "index.csv"), "w", newline="") as index,
        open(os.path.join(folder, "contours.f32"), "wb") as contours,
    ):
        rows, names = csv.writer(functionals, lineterminator="\n"), csv.writer(index, lineterminator="\n")
        names.writerow(["file", "samples", "rate_hz", "frames"])
        for done, (name, length, hertz, columns, values, frames) in enumerate(pool.map(one, jobs, chunksize=4)):
            if done == 0:
                rows.writerow(["file", *columns])
            rows.writerow([name, *(repr(float(value)) for value in values)])
            names.writerow([name, length, hertz, len(frames)])
            contours.write(frames.astype("<f4").tobytes())
            if sys.stderr.isatty():
                print(f"\r  openSMILE: {done + 1} of {len(jobs)}", end="", file=sys.stderr, flush=True)
    if sys.stderr.isatty():
        print(file=sys.stderr)


if __name__ == "__main__":
    if sys.argv[1] == "signals":
        write_signals(sys.argv[2])
    else:
        extract(*sys.argv[2:5])
