"""What the package promises of itself: errors, threads, Ctrl-C, pickling, inputs that stay as they are."""

import os
import pickle
import signal as signals
import subprocess
import sys
import threading
import time
import warnings
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import egemaps
import numpy as np
import pandas as pd
import pytest
import soundfile


def equal(one, other):
    pd.testing.assert_frame_equal(one, other, check_exact=True)
    # Texts are objects, whose bytes are addresses.
    one, other = (frame.select_dtypes("number").to_numpy() for frame in (one, other))
    assert one.size and one.tobytes() == other.tobytes()


def test_what_there_is_not_is_named():
    for make in (
        lambda: egemaps.Smile("ComParE_2016"),
        lambda: egemaps.FeatureSet.ComParE_2016,
        lambda: egemaps.FeatureSet.GeMAPSv01b,
    ):
        with pytest.raises((ValueError, AttributeError), match="eGeMAPSv02 alone"):
            make()
    with pytest.raises(ValueError, match="LowLevelDescriptors"):
        egemaps.Smile(feature_level="lld_de")
    with pytest.raises(ValueError, match="16000"):
        egemaps.Smile(sampling_rate=8_000, resample=True)
    for settings in ({"num_workers": 0}, {"channels": []}, {"channels": None}, {"on_error": "skip"}, {"hop_dur": 1}):
        with pytest.raises(ValueError):
            egemaps.Smile(**settings)
    with pytest.raises(ValueError, match="on_error"):
        egemaps.score(np.zeros(16_000), 16_000, on_error="?")
    with pytest.raises(FileNotFoundError, match="metric-act"):
        egemaps.score(np.zeros(16_000), 16_000, model="no-such-model")
    with pytest.raises(ValueError, match="path, expected, shapley"):
        egemaps.explain(np.zeros(16_000), 16_000, method="lime")
    with pytest.raises(ValueError, match="families"):
        egemaps.explain(np.zeros(16_000), 16_000, method="shapley", by="groups")


def test_errors_name_file_and_reason(sounds, tmp_path):
    smile = egemaps.Smile()
    missing = tmp_path / "no.wav"
    for work in (smile.process_file, egemaps.score, egemaps.explain, egemaps.utterances):
        with pytest.raises(FileNotFoundError, match="it cannot be opened") as raised:
            work(missing)
        assert raised.value.filename == str(missing)
    text = tmp_path / "text.wav"
    text.write_text("not a sound at all, only words")
    with pytest.raises(egemaps.SoundError, match="not a sound file") as refused:
        smile.process_files([sounds / "de.wav", text, missing])
    assert refused.value.file == str(text) and isinstance(refused.value, RuntimeError)
    assert str(pickle.loads(pickle.dumps(refused.value))) == str(refused.value)
    with pytest.raises(egemaps.SoundError, match="no channel 3"):
        egemaps.Smile(channels=3).process_file(sounds / "stereo.wav")
    with pytest.raises(egemaps.SoundError, match="no channel 1"):
        egemaps.Smile(channels=[0, 1]).process_file(sounds / "de.wav")
    with pytest.raises(egemaps.SoundError, match="silent"):
        egemaps.score(np.zeros(32_000), 16_000)
    for start, end in ((1, 0.5), (-1, None)):
        with pytest.raises(ValueError):
            smile.process_file(sounds / "de.wav", start=start, end=end)


def test_failures_can_be_rows_of_nan(sounds, tmp_path):
    files = [sounds / "de.wav", tmp_path / "no.wav", sounds / "en.wav"]
    for level in ("func", "lld"):
        smile = egemaps.Smile(feature_level=level, on_error="nan")
        with pytest.warns(UserWarning, match="no.wav: it cannot be opened"):
            frame = smile.process_files(files)
        missing = frame.index.get_level_values("file") == str(files[1])
        assert missing.sum() == 1 and frame[missing].isna().all(axis=None) and not frame[~missing].isna().any(axis=None)
        equal(frame[~missing], smile.process_files([files[0], files[2]]))
    with pytest.warns(UserWarning, match="no.wav"):
        scores = egemaps.score(files, on_error="nan")
    assert scores["activation"].isna().tolist() == [False, True, False]
    with pytest.warns(UserWarning, match="no.wav"):
        assert len(egemaps.score_json(files, on_error="nan")) == 2


def test_files_that_are_not_whole_are_warned_of(sounds, tmp_path):
    cut = tmp_path / "cut.wav"
    cut.write_bytes((sounds / "de.wav").read_bytes()[:60_000])
    with pytest.warns(UserWarning, match="cut.wav: it is cut off"):
        frame = egemaps.Smile().process_file(cut)
    assert not frame.isna().any(axis=None)


def test_results_do_not_depend_on_the_number_of_workers(sounds):
    files = [str(path) for path in sorted(sounds.glob("de*"))] * 5
    for level in ("func", "lld"):
        one = egemaps.Smile(feature_level=level, num_workers=1).process_files(files)
        assert list(dict.fromkeys(one.index.get_level_values("file"))) == list(dict.fromkeys(files))
        for workers in (2, 3, 7, None):
            equal(one, egemaps.Smile(feature_level=level, num_workers=workers).process_files(files))
    equal(egemaps.score(files, num_workers=1), egemaps.score(files, num_workers=3))


def test_no_files_are_no_rows(tmp_path):
    smile = egemaps.Smile()
    for frame in (smile.process_files([]), smile.process_folder(tmp_path)):
        assert frame.shape == (0, 88) and frame.index.names == ["file", "start", "end"]
        assert (frame.dtypes == np.float32).all()
    assert egemaps.score([]).shape == (0, 31)


def test_inputs_of_all_kinds_are_taken_and_stay_as_they_are(sounds, signal):
    smile = egemaps.Smile()
    samples, rate = signal
    expected = smile.process_signal(samples, rate)
    read_only = samples.copy()
    read_only.flags.writeable = False
    wide = np.zeros(2 * len(samples), np.float32)
    wide[::2] = samples
    for given in (
        samples.astype(np.float64),
        samples[np.newaxis],
        list(map(float, samples)),
        read_only,
        wide[::2],
        samples[::-1][::-1],
        np.asfortranarray(np.stack([samples, samples * 0.5])),
        np.stack([samples, samples * 0.5], axis=1).T,
        samples.astype(">f4"),
        np.round(samples.astype(np.float64) * 2**31).astype(np.int32),
    ):
        before = np.array(given, copy=True)
        equal(smile.process_signal(given, float(rate)), expected)
        assert np.array_equal(before, given)
    for wrong in (np.zeros((1, 1, 16_000)), np.zeros((0, 100))):
        with pytest.raises(ValueError):
            smile.process_signal(wrong, rate)
    for wrong in (np.zeros(16_000, np.uint8), np.zeros(16_000, complex), np.array(["a"])):
        with pytest.raises(TypeError):
            smile.process_signal(wrong, rate)
    for wrong in (np.nan, np.inf):
        with pytest.raises(egemaps.SoundError, match="not a number"):
            smile.process_signal(np.full(16_000, wrong), 16_000)
    for wrong_rate in (0, 4_000, 96_000):
        with pytest.raises((ValueError, RuntimeError)):
            smile.process_signal(samples, wrong_rate)
    file = sounds / "de.wav"
    equal(smile.process_file(str(file)), smile.process_file(Path(file)))
    frame = smile.process_file(file)
    frame.iloc[0, 0] = 1.0


def test_pickled_smiles_are_the_same(sounds):
    smile = egemaps.Smile(feature_level="lld", channels=[0, 1], num_workers=1, win_dur=0.5, on_error="nan")
    again = pickle.loads(pickle.dumps(smile))
    assert repr(smile) == repr(again)
    equal(smile.process_file(sounds / "stereo.wav"), again.process_file(sounds / "stereo.wav"))


def test_one_smile_serves_many_threads(sounds):
    smile = egemaps.Smile()
    files = sorted(sounds.glob("de*"))
    expected = [smile.process_file(file) for file in files]
    with ThreadPoolExecutor(8) as pool:
        for found in [pool.map(smile.process_file, files) for _ in range(4)]:
            for one, other in zip(found, expected, strict=True):
                equal(one, other)


def test_other_threads_run_while_it_computes():
    """A thread that counts goes on: with Python's lock held, it would stand at what it had in the beginning."""
    samples = np.random.default_rng(1).uniform(-0.5, 0.5, 16_000 * 60).astype(np.float32)
    smile = egemaps.Smile()
    done = threading.Event()
    ticks = []

    def count():
        while not done.is_set():
            ticks.append(time.perf_counter())
            time.sleep(0.001)

    counter = threading.Thread(target=count)
    counter.start()
    start = time.perf_counter()
    smile.process_signal(samples, 16_000)
    end = time.perf_counter()
    done.set()
    counter.join()
    during = [tick for tick in ticks if start + 0.1 * (end - start) < tick < end - 0.1 * (end - start)]
    assert len(during) >= 5, (len(during), end - start)


INTERRUPTED = """
import signal
import sys
import numpy as np
import egemaps

# Where the tests run in the background, a shell has the signal ignored.
signal.signal(signal.SIGINT, signal.default_int_handler)
smile = egemaps.Smile(num_workers=2)
samples = np.random.default_rng(1).uniform(-0.5, 0.5, 16_000 * 1_200).astype(np.float32)
print("ready", flush=True)
try:
    if len(sys.argv) > 1:
        smile.process_folder(sys.argv[1])
    while True:
        smile.process_signal(samples, 16_000)
except KeyboardInterrupt:
    print("interrupted", flush=True)
"""


@pytest.mark.skipif(os.name == "nt", reason="no SIGINT for a process of its own, and no symbolic links")
@pytest.mark.parametrize("work", ["files", "signal"])
def test_ctrl_c_stops_a_long_run(sounds, tmp_path, work):
    if work == "files":
        for number in range(5_000):
            (tmp_path / f"{number}.wav").symlink_to(sounds / "en.wav")
    command = [sys.executable, "-c", INTERRUPTED, *([str(tmp_path)] if work == "files" else [])]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout.readline() == "ready\n"
            time.sleep(0.7)
            asked = time.monotonic()
            process.send_signal(signals.SIGINT)
            out, err = process.communicate(timeout=60)
        finally:
            process.kill()
    assert out == "interrupted\n", err
    assert time.monotonic() - asked < 5


def test_segments_of_a_file_are_in_the_order_of_the_index(sounds):
    smile = egemaps.Smile()
    names = [str(sounds / name) for name in ("de.wav", "en.wav", "de.wav", "de.wav", "en.wav")]
    starts, ends = [0.9, 0.1, 0.0, 0.3, 0.0], [1.9, 1.1, 0.7, 0.9, 0.5]
    frame = smile.process_files(names, starts=starts, ends=ends)
    alone = [
        smile.process_file(name, start=start, end=end)
        for name, start, end in zip(names, starts, ends, strict=True)
    ]
    equal(frame, pd.concat(alone))
    index = frame.index
    scores = egemaps.score(index)
    assert list(scores.index) == list(index)


def test_windows_that_do_not_fit_are_nan(signal):
    smile = egemaps.Smile(win_dur=1)
    with pytest.warns(UserWarning, match="too short"):
        frame = smile.process_signal(signal[0][:4_000], signal[1])
    assert frame.isna().all(axis=None) and len(frame) == 1


def test_warnings_are_at_the_line_that_asked(signal):
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        egemaps.Smile().process_signal(signal[0][:100], signal[1])
    assert [warning.filename for warning in said] == [__file__]


def test_soundfile_arrays_need_a_transpose(sounds):
    """(samples, channels) has as many channels as samples, each too short: what it is in opensmile, too."""
    samples, rate = soundfile.read(sounds / "stereo.wav")
    with pytest.warns(UserWarning, match="too short"):
        assert egemaps.Smile().process_signal(samples, rate).isna().all(axis=None)
