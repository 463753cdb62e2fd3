"""The JSON of people and of clusters of faces key by key, in PhotoPrism's names."""

from typing import NotRequired, TypedDict

from library.shapes import Time


class FoundSubjectJson(TypedDict):
    """A person as a list shows them; the counts and the picture are of what the account sees."""

    UID: str
    MarkerUID: str
    MarkerSrc: str
    Type: str
    Slug: str
    Name: str
    Alias: str
    Favorite: bool
    Hidden: bool
    Private: bool
    Excluded: bool
    FileCount: int
    PhotoCount: int
    Thumb: str
    ThumbSrc: str


class SubjectJson(TypedDict):
    """One person."""

    UID: str
    Type: str
    Src: str
    Slug: str
    Name: str
    Alias: str
    About: str
    Bio: str
    Notes: str
    Favorite: bool
    Hidden: bool
    Private: bool
    Excluded: bool
    FileCount: int
    PhotoCount: int
    Thumb: str
    ThumbSrc: str
    CreatedAt: Time
    UpdatedAt: Time
    DeletedAt: Time | None


class FaceJson(TypedDict):
    """A cluster of faces; those of one marker only with `markers=true`."""

    ID: str
    Src: str
    Kind: int
    Hidden: bool
    SubjUID: str
    Name: str
    Samples: int
    SampleRadius: float
    Collisions: int
    CollisionRadius: float
    Thumb: str
    Review: bool
    Invalid: bool
    MatchedAt: Time | None
    CreatedAt: Time
    UpdatedAt: Time
    FaceDist: NotRequired[float]
    SubjSrc: NotRequired[str]
    FileUID: NotRequired[str]
    MarkerUID: NotRequired[str]
    Size: NotRequired[int]
    Score: NotRequired[int]


class PersonJson(TypedDict):
    """A person as apps suggest them."""

    UID: str
    Name: str
    Alias: str
    Favorite: bool
