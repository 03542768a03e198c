"""What is handed to the compiled part, and what is made of what comes back: files, signals, times, indices, errors."""

from __future__ import annotations

import os
import warnings
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import pandas as pd

Segments = list[tuple[int, "int | None"]]
Name = str | os.PathLike[str]
Time = float | int | str | pd.Timedelta | np.timedelta64 | None

# As audformat writes names of files: pandas' own type of text.
TEXT = "str" if int(pd.__version__.split(".")[0]) >= 3 else "string"


class SoundError(RuntimeError):
    """A sound that has no result. ``file`` is its name, if it is a file, ``reason`` what is the matter."""

    def __init__(self, file: str | None, reason: str) -> None:
        super().__init__(file, reason)
        self.file = file
        self.reason = reason

    def __str__(self) -> str:
        return self.reason if self.file is None else f"{self.file}: {self.reason}"


def nanoseconds(time: Time, what: str) -> int | None:
    """A time as pandas takes it, numbers being seconds; None for none."""
    if time is None:
        return None
    if isinstance(time, (int, float, np.integer, np.floating)):
        if np.isnan(time):
            return None
        found = pd.Timedelta(float(time), unit="s")
    else:
        found = pd.Timedelta(time)
    if pd.isna(found):
        return None
    value = int(found.as_unit("ns").value)
    if value < 0:
        raise ValueError(f"{what} is {found}, before the beginning of the sound")
    return value


def segment(start: Time, end: Time) -> tuple[int, int | None]:
    """A segment in nanoseconds."""
    first, last = nanoseconds(start, "start") or 0, nanoseconds(end, "end")
    if last is not None and last < first:
        raise ValueError(f"end is {last / 1e9} s, before start, which is {first / 1e9} s")
    return first, last


def window(win_dur: Time, hop_dur: Time) -> tuple[int, int] | None:
    """Length and hop of windows in nanoseconds; without a hop it is half the length, as in audinterface."""
    length, hop = nanoseconds(win_dur, "win_dur"), nanoseconds(hop_dur, "hop_dur")
    if length is None:
        if hop is not None:
            raise ValueError("hop_dur is of no use without win_dur")
        return None
    hop = length // 2 if hop is None else hop
    if min(length, hop) < 1_000_000:
        raise ValueError("win_dur and hop_dur must be 1 ms at least")
    return length, hop


def seconds_of(value: int | None) -> float | None:
    return None if value is None else value / 1e9


class Files:
    """Files and their segments, in the order of the rows that are wanted.

    A file is decoded once, however many of its segments there are.
    """

    def __init__(self, names: Iterable[Name], segments: Segments, root: Name | None = None) -> None:
        self.names = [os.fspath(name) for name in names]
        places: dict[str, int] = {}
        self.given: list[tuple[str, Segments]] = []
        self._titles: list[str] = []
        rows: list[list[int]] = []
        for row, (name, cut) in enumerate(zip(self.names, segments, strict=True)):
            place = places.setdefault(name, len(self.given))
            if place == len(self.given):
                path = name if root is None else os.path.join(os.fspath(root), name)
                self.given.append((path, []))
                self._titles.append(path)
                rows.append([])
            self.given[place][1].append(cut)
            rows[place].append(row)
        self._rows = np.array([row for of_file in rows for row in of_file], dtype=np.int64)
        counts = np.array([len(of_file) for of_file in rows], dtype=np.int64)
        self._first = np.concatenate([[0], np.cumsum(counts)])[:-1]

    def rows(self, files: np.ndarray, segments: np.ndarray) -> np.ndarray:
        """Which of the wanted rows each row is of."""
        return self._rows[self._first[files] + segments]

    def names_of(self, rows: np.ndarray) -> pd.Index:
        return pd.Index(np.array(self.names, dtype=object)[rows], dtype=TEXT)

    def title(self, number: int) -> str | None:
        return self._titles[number]


class Signal:
    """A signal of one or more channels."""

    def __init__(
        self, signal: Any, sampling_rate: float, segments: Segments, name: Name | None = None
    ) -> None:
        self.channels = channels_of(signal)
        rate = int(sampling_rate)
        if rate != sampling_rate or rate < 1:
            raise ValueError(f"a sampling rate of {sampling_rate} Hz: give a whole number")
        self.rate = rate
        self.segments = segments
        self.name = None if name is None else os.fspath(name)

    @property
    def given(self) -> tuple[bytes, int, int, Segments]:
        return self.channels.astype("<f4", copy=False).tobytes(), len(self.channels), self.rate, self.segments

    def rows(self, files: np.ndarray, segments: np.ndarray) -> np.ndarray:
        return segments

    def names_of(self, rows: np.ndarray) -> pd.Index | None:
        if self.name is None:
            return None
        return pd.Index(np.full(len(rows), self.name, dtype=object), dtype=TEXT)

    def title(self, number: int) -> str | None:
        return self.name


def channels_of(signal: Any) -> np.ndarray:
    """Channels of 32-bit floats, as (channels, samples); whole numbers are brought to −1 … 1."""
    array = np.asarray(signal)
    if array.ndim not in (1, 2):
        raise ValueError(f"a signal has one or two dimensions, (channels, samples), and not {array.ndim}")
    array = np.atleast_2d(array)
    if len(array) == 0:
        raise ValueError("a signal has a channel at least: its shape is (channels, samples)")
    if array.dtype.kind == "i" and array.dtype.itemsize <= 4:
        return (array / -float(np.iinfo(array.dtype).min)).astype(np.float32)
    if array.dtype.kind == "f":
        return array.astype(np.float32, copy=False)
    raise TypeError(f"a signal of {array.dtype}: give floats in −1 … 1, or int16 or int32 samples")


def index(
    sounds: Files | Signal, rows: np.ndarray, starts: np.ndarray, ends: np.ndarray
) -> pd.MultiIndex:
    """The index file, start, end, or start, end of a signal without a name."""
    levels: list[Any] = [pd.TimedeltaIndex(column.astype("timedelta64[ns]")) for column in (starts, ends)]
    names = ["start", "end"]
    files = sounds.names_of(rows)
    if files is not None:
        levels, names = [files, *levels], ["file", *names]
    return pd.MultiIndex.from_arrays(levels, names=names)


def report(
    sounds: Files | Signal,
    failures: Sequence[tuple[int, str, int | None]],
    notes: Sequence[tuple[int, str]],
    keep_going: bool,
) -> None:
    """Raises what has failed, or warns of it, and of files that are not whole."""
    for number, note in notes:
        warnings.warn(_said(sounds.title(number), note), stacklevel=5)
    for number, reason, code in failures:
        file = sounds.title(number)
        if keep_going:
            warnings.warn(_said(file, reason), stacklevel=5)
        elif code is not None and file is not None:
            raise OSError(code, reason, file)
        else:
            raise SoundError(file, reason)


def _said(file: str | None, what: str) -> str:
    return what if file is None else f"{file}: {what}"


def keeps_going(on_error: str) -> bool:
    if on_error not in ("raise", "nan"):
        raise ValueError(f'on_error is "raise" or "nan", and not {on_error!r}')
    return on_error == "nan"


def workers_of(num_workers: int | None) -> int | None:
    """How many threads; None for one on each core."""
    if num_workers is None:
        return None
    if int(num_workers) < 1:
        raise ValueError("num_workers must be 1 or more, or None for as many as there are cores")
    return int(num_workers)


def of_index(given: pd.Index) -> tuple[list[str], Segments]:
    """Files and segments of an index as audformat has them: file, or file, start, end."""
    if isinstance(given, pd.MultiIndex):
        if list(given.names) != ["file", "start", "end"]:
            raise ValueError(f"an index of segments has the levels file, start, end, and not {list(given.names)}")
        starts, ends = (given.get_level_values(level) for level in ("start", "end"))
        return list(given.get_level_values("file")), [segment(*cut) for cut in zip(starts, ends, strict=True)]
    return list(given), [(0, None)] * len(given)
