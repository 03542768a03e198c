"""eGeMAPSv02 features of voices as opensmile-python returns them, and how activated (arousal) a voice sounds.

>>> import egemaps
>>> smile = egemaps.Smile(egemaps.FeatureSet.eGeMAPSv02, egemaps.FeatureLevel.Functionals)
>>> features = smile.process_file("speech.wav")   # a DataFrame, with the index file, start, end
>>> scores = egemaps.score(["a.wav", "b.flac"])    # activation, its interval, 27 contributions

``Smile`` has the methods of ``opensmile.Smile`` for this feature set; what differs is said in the package's README.
"""

from ._egemaps import CATALOGUE_VERSION, LEVELS, METHODS, MODELS
from ._egemaps import VERSION as __version__
from ._scores import explain, explain_json, score, score_json, utterances, utterances_json
from ._smile import FeatureLevel, FeatureSet, Smile
from ._sounds import SoundError

__all__ = [
    "CATALOGUE_VERSION",
    "LEVELS",
    "METHODS",
    "MODELS",
    "FeatureLevel",
    "FeatureSet",
    "Smile",
    "SoundError",
    "__version__",
    "explain",
    "explain_json",
    "score",
    "score_json",
    "utterances",
    "utterances_json",
]
