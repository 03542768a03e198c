"""Scores, explanations and utterances: what the command line `undertone` says, as DataFrames or as its JSON."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from . import _egemaps, _sounds
from ._sounds import Files, Name, Segments, Signal, Time

Sounds = Name | Sequence[Name] | pd.Index | np.ndarray


def score(
    sounds: Sounds,
    sampling_rate: float | None = None,
    *,
    model: str = "metric-act",
    channel: int | None = None,
    win_dur: Time = None,
    hop_dur: Time = None,
    num_workers: int | None = None,
    verbose: bool = False,
    on_error: str = "raise",
) -> pd.DataFrame:
    """How activated (arousal) each sound is, 1 calm … 5 excited, with its interval, flags and the contributions of 27 groups.

    ``sounds`` is a file, files, an index of files or segments, or a signal, for which ``sampling_rate`` is needed. ``model`` is one of
    ``MODELS`` or a weights file. ``channel`` is counted from 0; None is the mean of all. The columns are those of
    ``undertone score --csv``.
    """
    found = _Found(sounds, sampling_rate, model, channel, num_workers, verbose, on_error)
    return found.frame(_egemaps.score, windows=_sounds.window(win_dur, hop_dur))


def score_json(
    sounds: Sounds,
    sampling_rate: float | None = None,
    *,
    model: str = "metric-act",
    channel: int | None = None,
    win_dur: Time = None,
    hop_dur: Time = None,
    num_workers: int | None = None,
    verbose: bool = False,
    on_error: str = "raise",
) -> list[dict[str, Any]]:
    """The same as the objects of ``undertone score --json`` (docs/schema/analysis.json), one for each sound, segment or window."""
    found = _Found(sounds, sampling_rate, model, channel, num_workers, verbose, on_error)
    return found.objects(_egemaps.score, windows=_sounds.window(win_dur, hop_dur))


def explain(
    sounds: Sounds,
    sampling_rate: float | None = None,
    *,
    method: str = "path",
    by: str | None = None,
    background: Sequence[Name] = (),
    model: str = "metric-act",
    channel: int | None = None,
    num_workers: int | None = None,
    verbose: bool = False,
    on_error: str = "raise",
) -> pd.DataFrame:
    """What moved each score: contributions, which sum to ``activation`` − ``baseline``.

    ``method`` is one of ``METHODS``, ``by`` one of ``LEVELS``; ``background`` are the files that the method ``expected`` starts from.
    """
    found = _Found(sounds, sampling_rate, model, channel, num_workers, verbose, on_error)
    return found.frame(_egemaps.explain, method, by, _texts(background))


def explain_json(
    sounds: Sounds,
    sampling_rate: float | None = None,
    *,
    method: str = "path",
    background: Sequence[Name] = (),
    model: str = "metric-act",
    channel: int | None = None,
    num_workers: int | None = None,
    verbose: bool = False,
    on_error: str = "raise",
) -> list[dict[str, Any]]:
    """The same as the objects of ``undertone explain --format json`` (docs/schema/explanation.json), with all levels."""
    found = _Found(sounds, sampling_rate, model, channel, num_workers, verbose, on_error)
    return found.objects(_egemaps.explain, method, None, _texts(background), indexed=False)


def utterances(
    sounds: Sounds,
    sampling_rate: float | None = None,
    *,
    pause: float | None = None,
    model: str = "metric-act",
    channel: int | None = None,
    num_workers: int | None = None,
    verbose: bool = False,
    on_error: str = "raise",
) -> pd.DataFrame:
    """Sounds cut at their pauses, and the score of each utterance: a row for each, with how sure it is.

    ``pause`` ends an utterance, in seconds. The columns are those of ``undertone score --utterances --csv``.
    """
    found = _Found(sounds, sampling_rate, model, channel, num_workers, verbose, on_error)
    return found.frame(_egemaps.utterances, pause)


def utterances_json(
    sounds: Sounds,
    sampling_rate: float | None = None,
    *,
    pause: float | None = None,
    model: str = "metric-act",
    channel: int | None = None,
    num_workers: int | None = None,
    verbose: bool = False,
    on_error: str = "raise",
) -> list[dict[str, Any]]:
    """The same as the objects of ``undertone score --utterances --json`` (docs/schema/utterance.json)."""
    found = _Found(sounds, sampling_rate, model, channel, num_workers, verbose, on_error)
    return found.objects(_egemaps.utterances, pause)


def _texts(files: Sequence[Name]) -> list[str]:
    return [os.fspath(file) for file in files]


class _Found:
    """Sounds, and how they are worked on."""

    def __init__(
        self,
        sounds: Sounds,
        sampling_rate: float | None,
        model: str,
        channel: int | None,
        num_workers: int | None,
        verbose: bool,
        on_error: str,
    ) -> None:
        self.sounds, self.indexed = _sounds_of(sounds, sampling_rate)
        self.keep_going = _sounds.keeps_going(on_error)
        if channel is not None and channel < 0:
            raise ValueError("channel is counted from 0; None is the mean of all")
        self.wanted: dict[str, Any] = {
            "model": os.fspath(model),
            "channel": "mean" if channel is None else str(channel + 1),
            "windows": None,
            "workers": _sounds.workers_of(num_workers),
            "verbose": bool(verbose),
            "keep_going": self.keep_going,
            "name": self.sounds.name if isinstance(self.sounds, Signal) else None,
        }

    def frame(self, work: Any, *further: Any, windows: tuple[int, int] | None = None) -> pd.DataFrame:
        wanted = self.wanted | {"json": False, "indexed": False, "windows": windows}
        found, rows, order = self._run(work, wanted, further)
        columns = found["columns"]
        starts, ends = (np.array([row[at] for row in rows], dtype=np.int64) for at in (2, 3))
        index = _sounds.index(self.sounds, order, starts, ends)
        missing: list[Any] = [np.nan] * len(columns)
        cells = [missing if row[4] is None else row[4] for row in rows]
        frame = pd.DataFrame(cells, index, columns)
        texts = [name for name in columns if name in ("flags", "certainty", "reasons")]
        return frame.astype({name: _sounds.TEXT if name in texts else "float64" for name in columns})

    def objects(
        self, work: Any, *further: Any, windows: tuple[int, int] | None = None, indexed: bool = True
    ) -> list[dict[str, Any]]:
        indexed = indexed and (self.indexed or windows is not None)
        wanted = self.wanted | {"json": True, "indexed": indexed, "windows": windows}
        _, rows, _ = self._run(work, wanted, further)
        return [json.loads(row[4]) for row in rows if row[4] is not None]

    def _run(
        self, work: Any, wanted: dict[str, Any], further: tuple[Any, ...]
    ) -> tuple[dict[str, Any], list[Any], np.ndarray]:
        found = work(self.sounds.given, wanted, *further)
        _sounds.report(self.sounds, found["failures"], found["notes"], self.keep_going)
        rows = found["rows"]
        files, segments = (np.array([row[at] for row in rows], dtype=np.int64) for at in (0, 1))
        order = self.sounds.rows(files, segments)
        sorted_rows = np.argsort(order, kind="stable")
        return found, [rows[row] for row in sorted_rows], order[sorted_rows]


def _sounds_of(sounds: Sounds, sampling_rate: float | None) -> tuple[Files | Signal, bool]:
    """The sounds, and whether they are parts of files."""
    if isinstance(sounds, np.ndarray) and sounds.dtype.kind in "fi":
        if sampling_rate is None:
            raise ValueError("a signal needs its sampling_rate")
        return Signal(sounds, sampling_rate, [(0, None)]), False
    if sampling_rate is not None:
        raise ValueError("sampling_rate is for a signal, an array of numbers; files have their own")
    if isinstance(sounds, pd.Index):
        names, segments = _sounds.of_index(sounds)
        return Files(names, segments), isinstance(sounds, pd.MultiIndex)
    files: list[Name] = [sounds] if isinstance(sounds, (str, os.PathLike)) else list(sounds)
    whole: Segments = [(0, None)] * len(files)
    return Files(files, whole), False
