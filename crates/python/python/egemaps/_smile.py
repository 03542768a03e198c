"""``Smile``, with the methods of ``opensmile.Smile`` for eGeMAPSv02."""

from __future__ import annotations

import enum
import os
import warnings
from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from . import _egemaps, _sounds
from ._sounds import Files, Name, Signal, Time

# openSMILE's own words, so that filters of warnings go on working.
SHORT = "Segment too short, filling with NaN."
# The one rate that sounds are resampled to.
RESAMPLED_HZ = 16_000


class _FeatureSets(enum.EnumMeta):
    def __getattr__(cls, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        raise AttributeError(f"egemaps has the feature set eGeMAPSv02 alone, and not {name}")


class FeatureSet(enum.Enum, metaclass=_FeatureSets):
    """The feature sets; there is one."""

    eGeMAPSv02 = "eGeMAPSv02"


class FeatureLevel(enum.Enum):
    """What is computed of a sound."""

    #: 88 functionals, one row for each sound, segment or window.
    Functionals = "func"
    #: 25 low-level descriptors, one row for each 10 ms.
    LowLevelDescriptors = "lld"


class Smile:
    """The features of eGeMAPSv02, as ``opensmile.Smile`` gives them.

    ``sampling_rate`` is the rate that sounds must have; with ``resample=True`` they are brought to it, which is possible for 16000
    alone. ``channels`` are counted from 0, negative ones from the last; several give columns for each. With ``mixdown=True`` it is
    their mean; ``channels=None`` are all of them. ``num_workers`` is the number of threads, None one for each core; values do not
    depend on it. ``win_dur`` and ``hop_dur`` give a row for each window in each sound or segment. ``on_error="nan"`` gives a row of
    NaN and a warning for what fails, instead of an exception. ``options``, ``loglevel``, ``logfile`` and ``multiprocessing`` are
    there for programs that pass them, and change nothing.
    """

    def __init__(
        self,
        feature_set: FeatureSet | str = FeatureSet.eGeMAPSv02,
        feature_level: FeatureLevel | str = FeatureLevel.Functionals,
        *,
        options: dict[str, Any] | None = None,
        loglevel: int = 2,
        logfile: str | None = None,
        sampling_rate: int | None = None,
        channels: int | Sequence[int] | None = 0,
        mixdown: bool = False,
        resample: bool = False,
        num_workers: int | None = None,
        multiprocessing: bool = False,
        verbose: bool = False,
        win_dur: Time = None,
        hop_dur: Time = None,
        on_error: str = "raise",
    ) -> None:
        self.feature_set = _feature_set(feature_set)
        self.feature_level = _feature_level(feature_level)
        if options:
            raise ValueError(f"egemaps takes no options of openSMILE's configuration: {sorted(options)}")
        if resample and sampling_rate is None:
            raise ValueError("sampling_rate has to be provided for resample = True.")
        if resample and sampling_rate != RESAMPLED_HZ:
            raise ValueError(f"sounds are resampled to {RESAMPLED_HZ} Hz alone, and not to {sampling_rate} Hz")
        self.options: dict[str, Any] = {}
        self.loglevel = loglevel
        self.logfile = logfile
        self.sampling_rate = sampling_rate
        self.mixdown = bool(mixdown)
        self.resample = bool(resample)
        self.num_workers = _sounds.workers_of(num_workers)
        self.multiprocessing = multiprocessing
        self.verbose = bool(verbose)
        self.on_error = on_error
        _sounds.keeps_going(on_error)
        if channels is None:
            if not mixdown:
                raise ValueError("channels=None are all channels, which mixdown=True takes the mean of")
            self.channels: list[int] | None = None
        else:
            self.channels = [channels] if isinstance(channels, (int, np.integer)) else list(channels)
            if not self.channels:
                raise ValueError("channels is empty")
        self._window = _sounds.window(win_dur, hop_dur)
        self.win_dur = None if self._window is None else pd.Timedelta(self._window[0], unit="ns")
        self.hop_dur = None if self._window is None else pd.Timedelta(self._window[1], unit="ns")

    def __repr__(self) -> str:
        parts = [str(self.feature_set), str(self.feature_level)]
        settings: dict[str, Any] = {"sampling_rate": None, "channels": [0], "mixdown": False, "resample": False}
        settings |= {"num_workers": None, "win_dur": None, "hop_dur": None, "on_error": "raise"}
        parts += [
            f"{name}={getattr(self, name)!r}" for name, usual in settings.items() if getattr(self, name) != usual
        ]
        return f"Smile({', '.join(parts)})"

    @property
    def name(self) -> str:
        """The interface's name, as in opensmile."""
        return "smile"

    @property
    def feature_names(self) -> list[str]:
        """The names of the features, in the order of the columns."""
        lld = self.feature_level is FeatureLevel.LowLevelDescriptors
        return list(_egemaps.LLDS if lld else _egemaps.FUNCTIONALS)

    @property
    def column_names(self) -> pd.Index:
        """The columns of the DataFrames: names, or channels and names."""
        if self.channels is None or self.num_channels == 1:
            return pd.Index(self.feature_names)
        return pd.MultiIndex.from_product([self.channels, self.feature_names])

    @property
    def num_features(self) -> int:
        """How many features there are."""
        return len(self.feature_names)

    @property
    def num_channels(self) -> int:
        """How many channels have columns."""
        return 1 if self.mixdown or self.channels is None else len(self.channels)

    def process_file(
        self, file: Name, *, start: Time = None, end: Time = None, root: Name | None = None
    ) -> pd.DataFrame:
        """The features of a file, or of the part between two times: seconds, or what pandas takes for a Timedelta."""
        return self._frame(Files([file], [_sounds.segment(start, end)], root))

    def process_files(
        self,
        files: Sequence[Name],
        *,
        starts: Time | Sequence[Time] = None,
        ends: Time | Sequence[Time] = None,
        root: Name | None = None,
    ) -> pd.DataFrame:
        """The features of files, on all cores, in their order; ``starts`` and ``ends`` are one for all, or one for each."""
        files = list(files)
        cuts = zip(_each(starts, len(files), "starts"), _each(ends, len(files), "ends"), strict=True)
        return self._frame(Files(files, [_sounds.segment(start, end) for start, end in cuts], root))

    def process_folder(self, folder: Name, *, filetype: str = "wav", include_root: bool = True) -> pd.DataFrame:
        """The features of the files in a folder whose names end in ``filetype``, sorted; not of those in folders within."""
        path = os.path.abspath(os.fspath(folder))
        with os.scandir(path) as entries:
            names = sorted(entry.name for entry in entries if entry.is_file())
        ending = "." + filetype.removeprefix(".")
        names = [name for name in names if name.endswith(ending)]
        if include_root:
            return self.process_files([os.path.join(path, name) for name in names])
        return self.process_files(names, root=path)

    def process_index(
        self, index: pd.Index, *, preserve_index: bool = False, root: Name | None = None
    ) -> pd.DataFrame:
        """The features of the files, or segments, of an index as audformat has it; ``preserve_index``: with that very index."""
        names, segments = _sounds.of_index(index)
        frame = self._frame(Files(names, segments, root))
        if preserve_index:
            if len(frame) != len(index):
                raise ValueError("several rows of a segment cannot have its index: take preserve_index=False")
            frame.index = index
        return frame

    def process_signal(
        self,
        signal: Any,
        sampling_rate: float,
        *,
        file: Name | None = None,
        start: Time = None,
        end: Time = None,
    ) -> pd.DataFrame:
        """The features of a signal: (samples) or (channels, samples), floats in −1 … 1 or int16; ``file`` is its name."""
        return self._frame(Signal(signal, sampling_rate, [_sounds.segment(start, end)], file))

    def process_signal_from_index(self, signal: Any, sampling_rate: float, index: pd.MultiIndex) -> pd.DataFrame:
        """The features of segments of a signal, of an index start, end, or file, start, end with one file."""
        names = list(index.names)
        if names not in (["start", "end"], ["file", "start", "end"]):
            raise ValueError(f"an index of segments has the levels start, end, and not {names}")
        starts, ends = (index.get_level_values(level) for level in ("start", "end"))
        segments = [_sounds.segment(*cut) for cut in zip(starts, ends, strict=True)]
        files = list(index.get_level_values("file").unique()) if names[0] == "file" else [None]
        if len(files) > 1:
            raise ValueError(f"a signal has one name, and not {len(files)}")
        return self._frame(Signal(signal, sampling_rate, segments, files[0] if files else None))

    def __call__(self, signal: Any, sampling_rate: float) -> np.ndarray:
        """The features of a signal as an array (channels, features, frames)."""
        values, _, _ = self._values(Signal(signal, sampling_rate, [(0, None)]))
        return np.ascontiguousarray(values.reshape(len(values), self.num_channels, self.num_features).transpose(1, 2, 0))

    def _frame(self, sounds: Files | Signal) -> pd.DataFrame:
        values, index, short = self._values(sounds)
        if short:
            warnings.warn(SHORT, stacklevel=3)
        return pd.DataFrame(values, index, self.column_names)

    def _values(self, sounds: Files | Signal) -> tuple[np.ndarray, pd.MultiIndex, bool]:
        given: Any = sounds.given
        channels = self.channels
        if isinstance(sounds, Signal):
            sounds.channels = self._of_signal(sounds.channels)
            given, channels = sounds.given, list(range(len(sounds.channels)))
        elif self.mixdown and channels is not None and len(channels) > 1:
            raise ValueError(
                "of files, mixdown=True takes the mean of all channels, channels=None, or of one: read the file and give "
                "process_signal the channels"
            )
        keep_going = _sounds.keeps_going(self.on_error)
        found = _egemaps.extract(
            given,
            llds=self.feature_level is FeatureLevel.LowLevelDescriptors,
            resample=self.resample,
            expected_hz=None if self.resample else self.sampling_rate,
            channels=channels,
            windows=self._window,
            workers=self.num_workers,
            verbose=self.verbose,
            keep_going=keep_going,
        )
        data, places, short, failures, notes = found
        _sounds.report(sounds, failures, notes, keep_going)
        width = self.num_channels * self.num_features
        values = np.frombuffer(data, dtype="<f4").reshape(-1, width)
        files, segments, starts, ends = (np.frombuffer(column, dtype="<i8") for column in places)
        rows = sounds.rows(files, segments)
        if np.any(np.diff(rows) < 0):
            order = np.argsort(rows, kind="stable")
            values, rows, starts, ends = values[order], rows[order], starts[order], ends[order]
        return values, _sounds.index(sounds, rows, starts, ends), bool(short)

    def _of_signal(self, channels: np.ndarray) -> np.ndarray:
        if self.channels is None:
            return channels.mean(axis=0, keepdims=True)
        count = len(channels)
        for channel in self.channels:
            if not -count <= channel < count:
                raise ValueError(f"there is no channel {channel} (counted from 0): the signal has {count}")
        chosen = channels[self.channels]
        return chosen.mean(axis=0, keepdims=True) if self.mixdown else chosen


def _feature_set(given: FeatureSet | str) -> FeatureSet:
    if isinstance(given, FeatureSet):
        return given
    # The enumeration of opensmile itself, whose members are named alike, is taken too.
    if getattr(given, "name", given) == "eGeMAPSv02":
        return FeatureSet.eGeMAPSv02
    raise ValueError(f"egemaps has the feature set eGeMAPSv02 alone, and not {given}")


def _feature_level(given: FeatureLevel | str) -> FeatureLevel:
    value = getattr(given, "value", given)
    for level in FeatureLevel:
        if level.value == value:
            return level
    raise ValueError(f'eGeMAPSv02 has the levels Functionals ("func") and LowLevelDescriptors ("lld"), and not {given}')


def _each(times: Any, count: int, what: str) -> list[Time]:
    if times is None or isinstance(times, str) or np.ndim(times) == 0:
        return [times] * count
    found = list(times)
    if len(found) != count:
        raise ValueError(f"there are {len(found)} {what} for {count} files")
    return found
