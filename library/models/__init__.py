"""The library's schema on one screen: photos, files and what describes them."""

from library.models.change import Change
from library.models.classification import Classification
from library.models.day import DayCount
from library.models.details import Details
from library.models.favorite import Favorite
from library.models.file import File
from library.models.folder import Folder
from library.models.gear import Camera, Lens
from library.models.job import Job, Lease
from library.models.keyword import Keyword, PhotoKeyword
from library.models.label import Category, Label, LabelMerge, PhotoLabel
from library.models.looked_at import Captioning, NudityCheck
from library.models.photo import Photo
from library.models.picture_vector import PictureVector
from library.models.recognition import PhotoTextWord, Recognition, TextWord
from library.models.similar import Lookalike, Verdict
from library.models.trouble import Duplicate, ErrorLog

__all__ = [
    "Camera",
    "Captioning",
    "Category",
    "Change",
    "Classification",
    "DayCount",
    "Details",
    "Duplicate",
    "ErrorLog",
    "Favorite",
    "File",
    "Folder",
    "Job",
    "Keyword",
    "Label",
    "LabelMerge",
    "Lease",
    "Lens",
    "Lookalike",
    "NudityCheck",
    "Photo",
    "PhotoKeyword",
    "PhotoLabel",
    "PhotoTextWord",
    "PictureVector",
    "Recognition",
    "TextWord",
    "Verdict",
]
