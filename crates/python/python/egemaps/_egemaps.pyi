"""The compiled part; the functions are not for users."""

from typing import Any

VERSION: str
CATALOGUE_VERSION: str
FUNCTIONALS: list[str]
LLDS: list[str]
MODELS: list[str]
METHODS: list[str]
LEVELS: list[str]

_Segments = list[tuple[int, int | None]]
_Given = list[tuple[str, _Segments]] | tuple[bytes, int, int, _Segments]
_Failures = list[tuple[int, str, int | None]]
_Notes = list[tuple[int, str]]

def extract(
    given: _Given,
    *,
    llds: bool,
    resample: bool,
    expected_hz: int | None,
    channels: list[int] | None,
    windows: tuple[int, int] | None,
    workers: int | None,
    verbose: bool,
    keep_going: bool,
) -> tuple[bytearray, list[bytearray], list[int], _Failures, _Notes]: ...
def score(given: _Given, wanted: dict[str, Any]) -> dict[str, Any]: ...
def explain(
    given: _Given, wanted: dict[str, Any], method: str, by: str | None, background: list[str]
) -> dict[str, Any]: ...
def utterances(given: _Given, wanted: dict[str, Any], pause: float | None) -> dict[str, Any]: ...
