"""One line of help for each filter, the kind of its chips, and the values that it knows by heart."""

from dataclasses import dataclass
from typing import Final

from library.media.colors import NAMES as COLOR_NAMES
from library.models.photo import PhotoType
from library.query.datewords import RELATIVE
from library.query.words import Kind

SWITCH: Final = ("yes", "no")
_DAYS: Final = tuple(text.replace(" ", "-") for text in RELATIVE)


@dataclass(frozen=True, slots=True)
class FilterHelp:
    """What a filter does, with an example; `values` are offered while its value is typed."""

    help: str
    kind: Kind = "filter"
    values: tuple[str, ...] = ()


def _switch(text: str, kind: Kind = "type") -> FilterHelp:
    return FilterHelp(text, kind, SWITCH)


# The first ones are what most people look for.
FILTERS: Final[dict[str, FilterHelp]] = {
    "person": FilterHelp('A person by full name: person:"Anna Smith"', "person"),
    "people": FilterHelp("People by any part of their names: people:anna", "person"),
    "label": FilterHelp("What is in the picture, with the labels below it: label:dog|cat", "label"),
    "meaning": FilterHelp('What it looks like, in any words: meaning:"musical instrument"', "meaning"),
    "country": FilterHelp("A country by name or code: country:italy", "place"),
    "state": FilterHelp("A state or region: state:Tuscany", "place"),
    "city": FilterHelp("A city: city:Florence", "place"),
    "place": FilterHelp("Any part of a place's name: place:lake", "place"),
    "album": FilterHelp("An album by title: album:holidays", "album"),
    "albums": FilterHelp("Albums by a word of their titles: albums:summer", "album"),
    "year": FilterHelp("A year or years: year:2019 or year:2015-2019", "date"),
    "month": FilterHelp("A month by number: month:7", "date"),
    "day": FilterHelp("A day of the month: day:24", "date"),
    "taken": FilterHelp("When it was taken: taken:2024-05-30, taken:last-summer", "date", _DAYS),
    "before": FilterHelp("Taken on that day or earlier: before:2019-06", "date", _DAYS),
    "after": FilterHelp("Taken on that day or later: after:2019-06", "date", _DAYS),
    "camera": FilterHelp("How the camera's name or model begins: camera:canon", "camera"),
    "lens": FilterHelp("How the lens's name or model begins: lens:ef24", "camera"),
    "color": FilterHelp("The main colour: color:red|blue", "color", COLOR_NAMES),
    "type": FilterHelp("The kind of picture: type:video", "type", tuple(PhotoType.values)),
    "favorite": _switch("Your favorites: favorite:yes", "favorite"),
    "rating": FilterHelp("Stars at least: rating:4", "rating", ("1", "2", "3", "4", "5", "no")),
    "video": _switch("Videos: video:yes"),
    "raw": _switch("RAW pictures: raw:yes"),
    "live": _switch("Live photos: live:yes"),
    "panorama": _switch("Panoramas: panorama:yes"),
    "animated": _switch("Animations: animated:yes"),
    "vector": _switch("Vector graphics: vector:yes"),
    "document": _switch("Documents: document:yes"),
    "audio": _switch("Sound: audio:yes"),
    "image": _switch("Plain pictures: image:yes"),
    "photo": _switch("Pictures of every kind, without videos: photo:yes"),
    "media": _switch("What plays: videos, live photos, animations, sound: media:yes"),
    "scan": _switch("Scanned pictures: scan:yes"),
    "mono": _switch("Pictures without colour: mono:yes"),
    "portrait": _switch("Higher than wide: portrait:yes"),
    "landscape": _switch("Wider than high: landscape:yes"),
    "square": _switch("As wide as high: square:yes"),
    "faces": FilterHelp("With faces, or how many at least: faces:3", "person", ("yes", "no", "new")),
    "face": FilterHelp("Faces without a name, or those of a cluster: face:new", "person", ("new", "yes", "no")),
    "subject": FilterHelp("A person by UID or full name; & asks for both", "person"),
    "subjects": FilterHelp("The same as people: subjects:anna", "person"),
    "keywords": FilterHelp("Keywords, & for both: keywords:sand&sea", "keyword"),
    "keyword": FilterHelp("The same as keywords: keyword:beach", "keyword"),
    "text": FilterHelp('What is written in the picture: text:exit, text:"bus stop"; text:* with any text', "text"),
    "title": FilterHelp("The title, * for any text: title:lake*; title:no without one"),
    "caption": FilterHelp("The caption, * for any text: caption:*birthday*; caption:no without one"),
    "description": FilterHelp("Title or caption: description:*lake*"),
    "name": FilterHelp("The file's name without extension: name:IMG_12*"),
    "filename": FilterHelp("The file's full name: filename:2024/05/IMG_1.jpg"),
    "original": FilterHelp("The name it was imported under: original:DSC*"),
    "path": FilterHelp("A folder and those in it: path:2020/Holiday"),
    "folder": FilterHelp("The same as path: folder:2020/*"),
    "iso": FilterHelp("Sensitivity: iso:>800 or iso:200-400", "camera"),
    "f": FilterHelp("Aperture: f:2.8 or f:<4", "camera"),
    "mm": FilterHelp("Focal length: mm:28-35", "camera"),
    "mp": FilterHelp("Megapixels: mp:>12", "camera"),
    "near": FilterHelp("Around a photo, given by its UID: near:pqbcf5j446s0futy dist:5", "place"),
    "similar": FilterHelp("What looks like a photo, given by its UID: similar:pqbcf5j446s0futy", "similar"),
    "dist": FilterHelp("Kilometres around near, s2, olc, lat and lng: dist:10", "place"),
    "lat": FilterHelp("Latitude, with lng: lat:41.9 lng:12.5", "place"),
    "lng": FilterHelp("Longitude, with lat: lat:41.9 lng:12.5", "place"),
    "latlng": FilterHelp("A point, or a box north,east,south,west: latlng:49.4,13.4,46.5,2.3", "place"),
    "s2": FilterHelp("Around an S2 cell: s2:4799e370ca54", "place"),
    "olc": FilterHelp("Around a plus code: olc:8FWCHX7W+", "place"),
    "alt": FilterHelp("Metres above the sea: alt:>1500", "place"),
    "geo": _switch("With a position on the map: geo:yes", "place"),
    "category": FilterHelp("What the place is: category:airport", "place"),
    "chroma": FilterHelp("How colourful, 0 to 100: chroma:>50", "color"),
    "diff": FilterHelp("Pictures of equal brightness pattern, by its number: diff:682", "filter"),
    "quality": FilterHelp("Quality at least, 0 to 7: quality:3"),
    "review": _switch("What waits for review: review:yes", "filter"),
    "archived": _switch("What is in the archive: archived:yes", "filter"),
    "private": _switch("Private photos: private:yes", "filter"),
    "public": _switch("Without private photos: public:yes", "filter"),
    "hidden": _switch("What cannot be shown: hidden:yes", "filter"),
    "error": _switch("Files with an error: error:yes", "filter"),
    "unsorted": _switch("In no album: unsorted:yes", "album"),
    "stack": _switch("Stacks of several files: stack:yes", "filter"),
    "unstacked": _switch("Taken out of a stack: unstacked:yes", "filter"),
    "stackable": _switch("What may be stacked: stackable:yes", "filter"),
    "primary": _switch("Understood for apps that send it; photos come with all their files", "filter"),
    "codec": FilterHelp("How it is encoded: codec:avc1"),
    "added": FilterHelp("Added since: added:2024-05-30"),
    "updated": FilterHelp("Changed since: updated:2024-05-30"),
    "edited": FilterHelp("Edited by hand since: edited:2024-05-30"),
    "uid": FilterHelp("UIDs of photos or files: uid:pqbcf5j446s0futy"),
    "id": FilterHelp("Document and instance ids: id:123e4567-e89b"),
    "hash": FilterHelp("The SHA-1 of a file: hash:2fd4e1c67a2d"),
    "s": FilterHelp("Photos of an album, by its UID: s:ariqwb43p5dh9h13", "album"),
}


def kind_of(key: str) -> Kind:
    """The kind of the chip for a filter; a key that does not exist makes a plain one."""
    return FILTERS[key].kind if key in FILTERS else "filter"
