"""The same values, bit by bit, as the command line."""

import io
import json

import egemaps
import numpy as np
import pandas as pd
import pytest

FILES = ("en.wav", "de-16000.wav", "de-44100.wav", "stereo.wav", "de.flac", "de-24.wav")


def table(text):
    return pd.read_csv(io.StringIO(text), keep_default_na=False, float_precision="round_trip")


def files(sounds):
    return [str(sounds / name) for name in FILES]


def same_bits(ours, csv, columns):
    ours = ours[columns].to_numpy()
    theirs = csv[columns].to_numpy(dtype=np.float64).astype(ours.dtype)
    assert ours.shape == theirs.shape
    assert ours.tobytes() == theirs.tobytes()


@pytest.mark.parametrize("channel", ["left", "mean"])
def test_functionals(sounds, undertone, channel):
    csv = table(undertone("extract", "--channel", channel, *files(sounds)))
    settings = {"mixdown": True, "channels": None} if channel == "mean" else {}
    smile = egemaps.Smile(**settings)
    frame = smile.process_files(files(sounds))
    assert list(csv["file"]) == list(frame.index.get_level_values("file"))
    same_bits(frame, csv, smile.feature_names)
    same_bits(
        egemaps.Smile(sampling_rate=16_000, resample=True, **settings).process_files(files(sounds)),
        table(undertone("extract", "--rate", "16000", "--channel", channel, *files(sounds))),
        smile.feature_names,
    )


def test_llds_segments_and_windows(sounds, undertone):
    file = files(sounds)[0]
    smile = egemaps.Smile(feature_level="lld")
    frame = smile.process_file(file, start=0.4, end=1.7)
    same_bits(frame, table(undertone("extract", "--llds", "--start", 0.4, "--end", 1.7, file)), smile.feature_names)

    smile = egemaps.Smile(win_dur=0.5, hop_dur=0.2)
    frame = smile.process_files([file, files(sounds)[1]])
    csv = table(undertone("extract", "--window", 0.5, "--hop", 0.2, file, files(sounds)[1]))
    same_bits(frame, csv, smile.feature_names)
    for level in ("start", "end"):
        assert list(pd.to_timedelta(csv[level])) == list(frame.index.get_level_values(level))
    half = egemaps.Smile(win_dur="500ms").process_file(file)
    same_bits(half, table(undertone("extract", "--window", 0.5, "--hop", 0.25, file)), smile.feature_names)


def test_a_signal_has_the_bits_of_its_file(sounds, signal):
    samples, rate = signal
    for level in ("func", "lld"):
        for settings in ({}, {"sampling_rate": 16_000, "resample": True}, {"win_dur": 0.4}):
            smile = egemaps.Smile(feature_level=level, **settings)
            of_file = smile.process_file(sounds / "de.wav").to_numpy()
            assert smile.process_signal(samples, rate).to_numpy().tobytes() == of_file.tobytes()
            integers = np.round(samples * 32_768).astype(np.int16)
            assert smile.process_signal(integers, rate).to_numpy().tobytes() == of_file.tobytes()


def test_scores(sounds, undertone, signal):
    csv = table(undertone("score", "--csv", *files(sounds)))
    frame = egemaps.score(files(sounds))
    assert list(frame.columns) == [name for name in csv.columns if name != "file"]
    assert list(frame["flags"]) == list(csv["flags"])
    same_bits(frame, csv, [name for name in frame.columns if name != "flags"])
    lines = [json.loads(line) for line in undertone("score", "--json", *files(sounds)).splitlines()]
    assert egemaps.score_json(files(sounds)) == lines
    [of_signal] = egemaps.score_json(signal[0], signal[1])
    [of_file] = egemaps.score_json(sounds / "de.wav")
    assert of_file.pop("file") == str(sounds / "de.wav")
    assert of_signal == of_file
    right = json.loads(undertone("score", "--json", "--channel", "2", sounds / "stereo.wav"))
    assert egemaps.score_json(sounds / "stereo.wav", channel=1) == [right]
    windows = [json.loads(line) for line in undertone("score", "--json", "--window", 1, files(sounds)[0]).splitlines()]
    assert egemaps.score_json(files(sounds)[0], win_dur=1, hop_dur=1) == windows
    other = json.loads(undertone("score", "--json", "--model", "unsupervised", files(sounds)[0]))
    assert egemaps.score_json(files(sounds)[0], model="unsupervised") == [other]


@pytest.mark.parametrize("method", egemaps.METHODS)
def test_explanations(sounds, undertone, method):
    background = [str(sounds / "da.wav"), str(sounds / "de.wav")] if method == "expected" else []
    words = [word for file in background for word in ("--background", file)]
    text = undertone("explain", "--format", "json", "--method", method, *words, *files(sounds))
    lines = [json.loads(line) for line in text.splitlines()]
    assert egemaps.explain_json(files(sounds), method=method, background=background) == lines
    for level in ("families",) if method == "shapley" else egemaps.LEVELS:
        frame = egemaps.explain(files(sounds), method=method, by=level, background=background)
        for (_, row), line in zip(frame.iterrows(), lines, strict=True):
            assert row["activation"] == line["activation"] and row["baseline"] == line["baseline"]
            shares = row.drop(["activation", "baseline"])
            assert dict(shares) == line["contributions"][level]
            assert np.isclose(shares.sum(), row["activation"] - row["baseline"], atol=1e-9)


def test_utterances(sounds, undertone):
    csv = table(undertone("score", "--utterances", "--csv", *files(sounds)))
    frame = egemaps.utterances(files(sounds))
    assert len(frame) >= len(FILES)
    assert list(frame.columns) == [name for name in csv.columns if name not in ("file", "start", "end", "start_s", "end_s")]
    texts = ["certainty", "reasons"]
    assert frame[texts].to_numpy().tolist() == csv[texts].to_numpy().tolist()
    same_bits(frame, csv, [name for name in frame.columns if name not in texts])
    for level in ("start", "end"):
        assert list(pd.to_timedelta(csv[level])) == list(frame.index.get_level_values(level))
    lines = [json.loads(line) for line in undertone("score", "--utterances", "--json", *files(sounds)).splitlines()]
    assert egemaps.utterances_json(files(sounds)) == lines
