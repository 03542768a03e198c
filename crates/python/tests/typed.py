"""Uses of the package that mypy --strict must accept; it is not run."""

from pathlib import Path
from typing import Any

import egemaps
import numpy as np
import pandas as pd

smile: egemaps.Smile = egemaps.Smile(
    egemaps.FeatureSet.eGeMAPSv02,
    egemaps.FeatureLevel.LowLevelDescriptors,
    sampling_rate=16_000,
    resample=True,
    channels=[0, 1],
    num_workers=4,
    win_dur="1s",
    hop_dur=0.5,
)
frame: pd.DataFrame = smile.process_file(Path("a.wav"), start=0.5, end=pd.Timedelta("1s"))
frame = smile.process_files(["a.wav", Path("b.wav")], starts=[0, 1.5], ends=None)
frame = smile.process_folder("corpus", filetype="flac")
frame = smile.process_index(frame.index, preserve_index=True)
frame = smile.process_signal(np.zeros(16_000, np.int16), 16_000, file="a")
array: np.ndarray[Any, Any] = smile(np.zeros((2, 16_000)), 16_000)
names: list[str] = smile.feature_names
count: int = smile.num_features
frame = egemaps.score(["a.wav"], model="metric-act", on_error="nan")
frame = egemaps.score(np.zeros(16_000), 16_000)
frame = egemaps.explain("a.wav", method="expected", by="features", background=["b.wav"])
frame = egemaps.utterances(Path("a.wav"), pause=0.4)
objects: list[dict[str, Any]] = egemaps.score_json("a.wav") + egemaps.explain_json("a.wav")
try:
    smile.process_file("a.wav")
except egemaps.SoundError as error:
    file: str | None = error.file
