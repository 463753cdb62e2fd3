"""The JSON of photos, files and labels key by key, in PhotoPrism's names: what serializers give and the API documents.

Times are UTC with a Z, durations nanoseconds, sizes bytes. `TakenAtLocal` is the wall clock, written as if it were UTC.
A key that may be null says so; one that may be absent is NotRequired.
"""

from typing import Annotated, Any, Literal, NotRequired, TypeAlias, TypedDict

Time: TypeAlias = Annotated[str, "date-time"]


class MarkerJson(TypedDict):
    """An area of a file, in shares of its upright width and height."""

    UID: str
    FileUID: str
    Type: str
    Src: str
    Name: str
    Review: bool
    Invalid: bool
    FaceID: str
    SubjUID: str
    SubjSrc: str
    X: float
    Y: float
    W: float
    H: float
    Size: int
    Score: int
    Thumb: str
    CreatedAt: Time


class FileJson(TypedDict):
    UID: str
    PhotoUID: str
    Name: str
    Root: str
    OriginalName: str
    Hash: str
    Size: int
    InstanceID: str
    Codec: str
    FileType: str
    MediaType: str
    Mime: str
    Primary: bool
    Sidecar: bool
    Missing: bool
    Portrait: bool
    Video: bool
    Duration: int
    FPS: float
    Frames: int
    Width: int
    Height: int
    Orientation: int
    OrientationSrc: str
    Projection: str
    AspectRatio: float
    HDR: bool
    Watermark: bool
    ColorProfile: str
    MainColor: str
    Colors: str
    Luminance: str
    Diff: int
    Chroma: int
    Software: str
    Error: str
    ModTime: int
    CreatedAt: Time
    UpdatedAt: Time
    Markers: list[MarkerJson]


class PhotoFacts(TypedDict):
    """What a photo found and a photo opened have in common."""

    UID: str
    DocumentID: str
    Type: str
    TypeSrc: str
    TakenAt: Time
    TakenAtLocal: Time
    TakenSrc: str
    TimeZone: str
    Path: str
    Name: str
    OriginalName: str
    Title: str
    Caption: str
    Description: str
    Year: int
    Month: int
    Day: int
    Country: str
    Stack: int
    Favorite: bool
    Private: bool
    Iso: int
    FocalLength: int
    FNumber: float
    Exposure: str
    Faces: int
    Quality: int
    Resolution: int
    Duration: int
    Color: int
    Scan: bool
    Panorama: bool
    CameraID: int
    CameraSrc: str
    CameraSerial: str
    LensID: int
    Altitude: int
    Lat: float
    Lng: float
    Direction: float | None
    Rating: int
    RatingSrc: str
    CellID: str
    CellAccuracy: int
    PlaceID: str
    PlaceSrc: str
    CreatedAt: Time
    UpdatedAt: Time
    Hash: str
    Files: list[FileJson]


class FoundPhoto(PhotoFacts):
    """A photo as a search finds it."""

    ID: str
    CameraMake: str
    CameraModel: str
    CameraType: str
    LensMake: str
    LensModel: str
    PlaceLabel: str
    PlaceCity: str
    PlaceState: str
    PlaceCountry: str
    InstanceID: str
    FileUID: str
    FileRoot: str
    FileName: str
    Width: int
    Height: int
    Portrait: bool
    Merged: bool
    EditedAt: Time
    CheckedAt: Time
    DeletedAt: NotRequired[Time]


class DetailsJson(TypedDict):
    Keywords: str
    KeywordsSrc: str
    Notes: str
    NotesSrc: str
    Subject: str
    SubjectSrc: str
    Artist: str
    ArtistSrc: str
    Copyright: str
    CopyrightSrc: str
    License: str
    LicenseSrc: str
    Software: str
    SoftwareSrc: str


class GearJson(TypedDict):
    """A camera or a lens."""

    ID: int
    Slug: str
    Name: str
    Make: str
    Model: str
    Type: str
    Description: str
    Notes: str


class PlaceJson(TypedDict):
    PlaceID: str
    Label: str
    District: str
    City: str
    State: str
    Country: str
    Keywords: str
    Favorite: bool
    PhotoCount: int


class CellJson(TypedDict):
    ID: str
    Name: str
    Street: str
    Postcode: str
    Category: str
    Place: PlaceJson


class LabelJson(TypedDict):
    ID: int
    UID: str
    Slug: str
    CustomSlug: str
    Name: str
    Favorite: bool
    Priority: int
    Description: str
    Notes: str
    PhotoCount: int
    Thumb: str
    ThumbSrc: str
    CreatedAt: Time
    UpdatedAt: Time
    DeletedAt: Time


class PhotoLabelJson(TypedDict):
    """A label on a photo; Uncertainty in percent, 100 for one that a person took away."""

    PhotoID: int
    LabelID: int
    LabelSrc: str
    Uncertainty: int
    Label: LabelJson


class PhotoJson(PhotoFacts):
    """One photo with its details; TextLines is how many lines of text were read in its picture."""

    ID: int
    TitleSrc: str
    CaptionSrc: str
    DescriptionSrc: str
    CreatedBy: str
    EditedAt: Time | None
    CheckedAt: Time | None
    DeletedAt: Time | None
    PublishedAt: NotRequired[Time]
    EstimatedAt: NotRequired[Time]
    Details: DetailsJson
    Camera: GearJson
    Lens: GearJson
    Cell: CellJson
    Place: PlaceJson
    Albums: list[dict[str, Any]]
    Labels: list[PhotoLabelJson]
    TextLines: int


class ThumbJson(TypedDict):
    w: int
    h: int
    src: str


class ViewedPhoto(TypedDict):
    """A photo as a full-screen viewer needs it; `Thumbs` by the names of the sizes."""

    UID: str
    Type: str
    Title: str
    Caption: str
    Description: str
    Lat: float
    Lng: float
    TakenAtLocal: Time
    TimeZone: str
    Favorite: bool
    Rating: int
    Playable: bool
    Duration: int
    Width: int
    Height: int
    Hash: str
    Codec: str
    Mime: str
    Thumbs: dict[str, ThumbJson]
    DownloadUrl: str


class FolderJson(TypedDict):
    """A directory; year, month and day are -1 where they are not known."""

    UID: str
    Root: str
    Path: str
    Type: str
    Title: str
    Category: str
    Description: str
    Order: str
    Country: str
    Year: int
    Month: int
    Day: int
    Favorite: bool
    Private: bool
    Ignore: bool
    Watch: bool
    CreatedAt: Time
    UpdatedAt: Time


class FoldersJson(TypedDict):
    """What lies in a folder; `cached` is always false."""

    root: str
    folders: list[FolderJson]
    files: list[FileJson]
    recursive: bool
    cached: bool


class PointJson(TypedDict):
    """Longitude, then latitude, in degrees."""

    type: Literal["Point"]
    coordinates: list[float]


class FeatureProperties(TypedDict):
    """Type is absent for a plain picture, Favorite where it is none."""

    UID: str
    Hash: str
    TakenAt: Time
    Title: str
    Type: NotRequired[str]
    Favorite: NotRequired[bool]


class FeatureJson(TypedDict):
    type: Literal["Feature"]
    id: str
    geometry: PointJson
    properties: FeatureProperties


class FeatureCollection(TypedDict):
    """GeoJSON; `bbox` is west, south, east, north."""

    type: Literal["FeatureCollection"]
    features: list[FeatureJson]
    bbox: list[float]


class Done(TypedDict):
    """What was done, in a sentence."""

    code: int
    message: str


class Problem(TypedDict):
    """What went wrong: the status code and a sentence, under both names that apps read."""

    code: int
    error: str
    message: str
    suggestion: NotRequired[str]
