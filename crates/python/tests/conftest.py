"""Sounds that the tests share, made of speech by espeak-ng; `cargo xtask wheel --test` says where that is."""

import os
import subprocess
from pathlib import Path

import numpy as np
import pytest
import soundfile
from scipy.signal import resample_poly


@pytest.fixture(scope="session")
def sounds(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder: en, de, da at 22,050 Hz; de at 16, 44.1 and 48 kHz; two channels; FLAC; 24 bits; too short."""
    folder = tmp_path_factory.mktemp("sounds")
    speech = {path.stem: soundfile.read(path) for path in sorted(Path(os.environ["SPEECH"]).glob("*.wav"))}
    assert set(speech) == {"en", "de", "da"}
    for name, (samples, rate) in speech.items():
        soundfile.write(folder / f"{name}.wav", samples, rate)
    samples, rate = speech["de"]
    for to in (16_000, 44_100, 48_000):
        common = int(np.gcd(to, rate))
        soundfile.write(folder / f"de-{to}.wav", resample_poly(samples, to // common, rate // common), to)
    soundfile.write(folder / "stereo.wav", np.stack([samples, 0.4 * samples[::-1]], axis=1), rate)
    soundfile.write(folder / "de.flac", samples, rate)
    soundfile.write(folder / "de-24.wav", samples * 0.731, rate, subtype="PCM_24")
    soundfile.write(folder / "short.wav", samples[:1_000], rate)
    return folder


@pytest.fixture(scope="session")
def signal(sounds: Path) -> tuple[np.ndarray, int]:
    return soundfile.read(sounds / "de.wav", dtype="float32")


@pytest.fixture(scope="session")
def undertone():
    """Runs the command line and hands back what it writes."""

    def run(*words: object) -> str:
        command = [os.environ["UNDERTONE"], *map(str, words)]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout

    return run
