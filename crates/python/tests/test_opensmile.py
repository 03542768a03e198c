"""The DataFrames beside those of opensmile itself, on the same sounds."""

import warnings

import egemaps
import numpy as np
import opensmile
import pandas as pd
import pytest
import soundfile

LEVELS = ["func", "lld"]
# Values agree to a few units of single precision. What is beside zero is judged by the size of its feature.
RELATIVE, ABSOLUTE = 1e-5, 1e-5


def both(level, **settings):
    return (
        opensmile.Smile("eGeMAPSv02", level, **settings),
        egemaps.Smile("eGeMAPSv02", level, **settings),
    )


def agree(theirs, ours, values=True):
    assert isinstance(ours, pd.DataFrame)
    pd.testing.assert_index_equal(theirs.index, ours.index, exact=True)
    pd.testing.assert_index_equal(theirs.columns, ours.columns, exact=True)
    assert (ours.dtypes == np.float32).all()
    if values:
        np.testing.assert_allclose(ours.to_numpy(), theirs.to_numpy(), rtol=RELATIVE, atol=ABSOLUTE)


@pytest.mark.parametrize("level", LEVELS)
def test_files_of_all_rates_and_kinds_agree(sounds, level):
    files = [str(sounds / name) for name in ("en.wav", "de-16000.wav", "de-44100.wav", "de-48000.wav", "da.wav", "de.flac")]
    theirs, ours = both(level)
    agree(theirs.process_files(files), ours.process_files(files))


@pytest.mark.parametrize("level", LEVELS)
def test_one_file_and_parts_of_it_agree(sounds, level):
    file = str(sounds / "de.wav")
    theirs, ours = both(level)
    agree(theirs.process_file(file), ours.process_file(file))
    for part in (
        {"start": 0.2, "end": 1.2},
        {"start": 0.333333333},
        {"end": pd.Timedelta("1.5s")},
        {"start": "200ms", "end": "1.1s"},
        {"start": 0.5, "end": 100},
    ):
        agree(theirs.process_file(file, **part), ours.process_file(file, **part))


@pytest.mark.parametrize("level", LEVELS)
def test_segments_of_files_agree(sounds, level):
    files = [str(sounds / name) for name in ("de.wav", "en.wav", "de.wav")]
    theirs, ours = both(level)
    for times in (
        {"starts": [0.1, 0.2, 0.3], "ends": [1.0, 1.5, 0.9]},
        {"starts": 0.1, "ends": 1.0},
        {"starts": [0, None, 0.5], "ends": [None, 1, None]},
    ):
        agree(theirs.process_files(files, **times), ours.process_files(files, **times))


@pytest.mark.parametrize("level", LEVELS)
def test_indices_agree(sounds, level):
    files = [str(sounds / name) for name in ("de.wav", "en.wav", "de.wav", "da.wav")]
    times = [pd.to_timedelta(seconds, unit="s") for seconds in ([0.5, 0, 0.1, 0], [1.5, 1, None, 2])]
    index = pd.MultiIndex.from_arrays([files, *times], names=["file", "start", "end"])
    theirs, ours = both(level)
    agree(theirs.process_index(index), ours.process_index(index))
    filewise = pd.Index(files[1:], name="file")
    agree(theirs.process_index(filewise), ours.process_index(filewise))
    names = pd.Index(["en.wav", "de.wav"], name="file")
    agree(theirs.process_index(names, root=str(sounds)), ours.process_index(names, root=sounds))
    if level == "func":
        for given in (index, filewise):
            agree(theirs.process_index(given, preserve_index=True), ours.process_index(given, preserve_index=True))


@pytest.mark.parametrize("level", LEVELS)
def test_signals_agree(sounds, signal, level):
    theirs, ours = both(level)
    samples, rate = signal
    for further in ({}, {"file": "name.wav"}, {"start": 0.2, "end": 1.0}, {"file": "n", "start": 0.3}):
        agree(theirs.process_signal(samples, rate, **further), ours.process_signal(samples, rate, **further))
    two, rate = soundfile.read(sounds / "stereo.wav", dtype="float32")
    agree(theirs.process_signal(two.T, rate), ours.process_signal(two.T, rate))
    times = [pd.to_timedelta(seconds, unit="s") for seconds in ([0.5, 0], [1.5, None])]
    index = pd.MultiIndex.from_arrays(times, names=["start", "end"])
    agree(
        theirs.process_signal_from_index(samples, rate, index), ours.process_signal_from_index(samples, rate, index)
    )
    called, expected = ours(samples, rate), theirs(samples, rate)
    assert called.shape == expected.shape and called.dtype == expected.dtype
    np.testing.assert_allclose(called, expected, rtol=RELATIVE, atol=ABSOLUTE)


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize(
    "settings",
    [
        {"channels": 0},
        {"channels": 1},
        {"channels": [1]},
        {"channels": -1},
        {"channels": [0, 1]},
        {"channels": [1, 0]},
        {"channels": range(2)},
        {"mixdown": True},
        {"channels": None, "mixdown": True},
    ],
)
def test_channels_agree(sounds, level, settings):
    theirs, ours = both(level, **settings)
    file = str(sounds / "stereo.wav")
    agree(theirs.process_file(file), ours.process_file(file))
    samples, rate = soundfile.read(file, dtype="float32")
    agree(theirs.process_signal(samples.T, rate), ours.process_signal(samples.T, rate))
    assert theirs(samples.T, rate).shape == ours(samples.T, rate).shape
    assert theirs.num_channels == ours.num_channels
    pd.testing.assert_index_equal(theirs.column_names, ours.column_names)


def test_a_mean_of_some_channels_agrees_for_signals(sounds):
    theirs, ours = both("func", channels=[0, 1], mixdown=True)
    samples, rate = soundfile.read(sounds / "stereo.wav", dtype="float32")
    agree(theirs.process_signal(samples.T, rate), ours.process_signal(samples.T, rate))


@pytest.mark.parametrize("include_root", [True, False])
def test_folders_agree(sounds, tmp_path, include_root):
    for name, to in (("de.wav", "b.wav"), ("en.wav", "a.wav"), ("de.wav", "B.WAV"), ("de.flac", "x.flac")):
        (tmp_path / to).write_bytes((sounds / name).read_bytes())
    (tmp_path / "within.wav").mkdir()
    (tmp_path / "within").mkdir()
    (tmp_path / "within" / "c.wav").write_bytes((sounds / "de.wav").read_bytes())
    (tmp_path / "within.wav").rmdir()
    theirs, ours = both("func")
    for filetype in ("wav", "flac"):
        given = {"filetype": filetype, "include_root": include_root}
        agree(theirs.process_folder(str(tmp_path), **given), ours.process_folder(tmp_path, **given))


@pytest.mark.parametrize("level", LEVELS)
def test_what_is_too_short_is_nan_with_a_warning_in_both(sounds, signal, level):
    samples, rate = signal
    theirs, ours = both(level)
    shortest = int(np.ceil(0.06 * rate))
    for count in (0, 1, 100, shortest - 1, shortest, shortest + 1, shortest + 220):
        with warnings.catch_warnings(record=True) as said:
            warnings.simplefilter("always")
            expected = theirs.process_signal(samples[:count], rate)
            of_theirs = [str(warning.message) for warning in said]
            said.clear()
            found = ours.process_signal(samples[:count], rate)
            of_ours = [str(warning.message) for warning in said]
        assert of_theirs == of_ours, count
        assert np.isnan(expected.to_numpy()).all() == np.isnan(found.to_numpy()).all() == bool(of_ours), count
        pd.testing.assert_index_equal(expected.index, found.index, exact=True)
    files = [str(sounds / "short.wav"), str(sounds / "de.wav")]
    with pytest.warns(UserWarning, match="too short"):
        expected = theirs.process_files(files)
    with pytest.warns(UserWarning, match="too short"):
        found = ours.process_files(files)
    pd.testing.assert_index_equal(expected.index, found.index, exact=True)
    with pytest.warns(UserWarning, match="too short"):
        expected = theirs.process_file(files[1], start=50)
    with pytest.warns(UserWarning, match="too short"):
        found = ours.process_file(files[1], start=50)
    pd.testing.assert_index_equal(expected.index, found.index, exact=True)


def test_rates_that_are_not_those_given_are_refused_by_both(sounds):
    for smile in both("func", sampling_rate=16_000):
        with pytest.raises(RuntimeError, match="22050"):
            smile.process_file(str(sounds / "de.wav"))
        assert smile.process_file(str(sounds / "de-16000.wav")).shape == (1, 88)
    for module in (opensmile, egemaps):
        with pytest.raises(ValueError, match="sampling_rate has to be provided"):
            module.Smile("eGeMAPSv02", "func", resample=True)


@pytest.mark.parametrize("level", LEVELS)
def test_resampled_sounds_have_the_same_rows_and_near_values(sounds, level):
    """Their resampler is another, so values differ; index and columns do not."""
    theirs, ours = both(level, sampling_rate=16_000, resample=True)
    files = [str(sounds / name) for name in ("de-48000.wav", "de-44100.wav", "en.wav", "de-16000.wav")]
    expected, found = theirs.process_files(files), ours.process_files(files)
    agree(expected, found, values=False)
    same = expected.index.get_level_values("file") == files[3]
    np.testing.assert_allclose(found[same], expected[same], rtol=RELATIVE, atol=ABSOLUTE)


def test_names_and_counts_agree():
    for level in LEVELS:
        theirs, ours = both(level)
        assert theirs.feature_names == ours.feature_names
        assert theirs.num_features == ours.num_features
        assert theirs.name == ours.name
        assert theirs.feature_set.name == ours.feature_set.name
        # opensmile keeps what it was given, here a name.
        assert opensmile.FeatureLevel(theirs.feature_level).value == ours.feature_level.value


def test_members_of_opensmiles_enumerations_are_taken(sounds):
    smile = egemaps.Smile(opensmile.FeatureSet.eGeMAPSv02, opensmile.FeatureLevel.LowLevelDescriptors)
    assert smile.process_file(sounds / "de.wav").shape[1] == 25
    with pytest.raises(ValueError, match="eGeMAPSv02 alone"):
        egemaps.Smile(opensmile.FeatureSet.ComParE_2016)
