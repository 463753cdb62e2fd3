"""The library's schema on one screen: photos, files and what describes them."""

from library.models.day import DayCount
from library.models.details import Details
from library.models.favorite import Favorite
from library.models.file import File
from library.models.folder import Folder
from library.models.gear import Camera, Lens
from library.models.job import Job, Lease
from library.models.keyword import Keyword, PhotoKeyword
from library.models.label import Category, Label, PhotoLabel
from library.models.photo import Photo
from library.models.trouble import Duplicate, ErrorLog

__all__ = [
    "Camera",
    "Category",
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
    "Lease",
    "Lens",
    "Photo",
    "PhotoKeyword",
    "PhotoLabel",
]
