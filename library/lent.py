"""What the holder of a share link is not told of a photo: folders, former names, people, serial numbers, notes."""

from typing import Any, Final, TypeVar, cast

from library.access import Grant

Json = TypeVar("Json")

_UNTOLD: Final = {
    "DocumentID": "",
    "Path": "",
    "Name": "",
    "OriginalName": "",
    "CameraSerial": "",
    "CreatedBy": "",
    "InstanceID": "",
    "Albums": list[Any](),
}
_OF_FILES: Final = {"OriginalName": "", "InstanceID": "", "Error": "", "Markers": list[Any]()}
_OF_DETAILS: Final = {"Notes": "", "Keywords": "", "Software": ""}
# A label in percent of doubt that somebody took from the photo.
_REFUSED: Final = 100


def for_grant(photo: Json, grant: Grant) -> Json:
    """The JSON of a photo as it is, or without these for a grant that an account has lent by a link."""
    if grant.lender is None:
        return photo
    told = cast("dict[str, Any]", photo)
    told = {**told, **{key: value for key, value in _UNTOLD.items() if key in told}}
    if "FileName" in told:
        told["FileName"] = _base_name(told["FileName"])
    if "Details" in told:
        told["Details"] = {**told["Details"], **_OF_DETAILS}
    if "Labels" in told:
        told["Labels"] = [_label(row) for row in told["Labels"] if row["Uncertainty"] < _REFUSED]
    told["Files"] = [file_for_grant(file, grant) for file in told.get("Files", ())]
    return cast("Json", told)


def file_for_grant(file: Json, grant: Grant) -> Json:
    """The same for the JSON of one file."""
    if grant.lender is None:
        return file
    told = cast("dict[str, Any]", file)
    return cast("Json", {**told, **_OF_FILES, "Name": _base_name(told["Name"])})


def _label(row: dict[str, Any]) -> dict[str, Any]:
    return {**row, "Label": {**row["Label"], "Notes": ""}}


def _base_name(path: str) -> str:
    return path.rpartition("/")[2]
