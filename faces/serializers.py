"""People, clusters of faces and markers as JSON."""

from faces.models import Marker, Subject
from faces.people import FoundFace, FoundSubject, thumb_of
from faces.shapes import FaceJson, FoundSubjectJson, PersonJson, SubjectJson
from library.serializers import time_json, time_or_none
from library.shapes import MarkerJson


def found_subject_json(found: FoundSubject) -> FoundSubjectJson:
    """A person in a list."""
    subject, seen = found.subject, found.seen
    return {
        "UID": subject.uid,
        "MarkerUID": seen.cover.uid if seen.cover else "",
        "MarkerSrc": seen.cover.src if seen.cover else "",
        "Type": subject.type,
        "Slug": subject.slug,
        "Name": subject.name,
        "Alias": subject.alias,
        "Favorite": subject.favorite,
        "Hidden": subject.hidden,
        "Private": subject.private,
        "Excluded": subject.excluded,
        "FileCount": seen.files,
        "PhotoCount": seen.photos,
        "Thumb": seen.thumb,
        "ThumbSrc": subject.thumb_src,
    }


def subject_json(found: FoundSubject) -> SubjectJson:
    """One person with what was written about them."""
    subject = found.subject
    return {
        "UID": subject.uid,
        "Type": subject.type,
        "Src": subject.src,
        "Slug": subject.slug,
        "Name": subject.name,
        "Alias": subject.alias,
        "About": subject.about,
        "Bio": subject.bio,
        "Notes": subject.notes,
        "Favorite": subject.favorite,
        "Hidden": subject.hidden,
        "Private": subject.private,
        "Excluded": subject.excluded,
        "FileCount": found.seen.files,
        "PhotoCount": found.seen.photos,
        "Thumb": found.seen.thumb,
        "ThumbSrc": subject.thumb_src,
        "CreatedAt": time_json(subject.created_at),
        "UpdatedAt": time_json(subject.updated_at),
        "DeletedAt": time_or_none(subject.deleted_at),
    }


def person_json(subject: Subject) -> PersonJson:
    """A person as apps suggest them."""
    return {"UID": subject.uid, "Name": subject.name, "Alias": subject.alias, "Favorite": subject.favorite}


def face_json(found: FoundFace, *, with_marker: bool) -> FaceJson:
    """A cluster; Samples are the faces of it that are seen."""
    face, cover = found.face, found.seen.cover
    shown: FaceJson = {
        "ID": face.pk,
        "Src": face.src,
        "Kind": face.kind,
        "Hidden": face.hidden,
        "SubjUID": found.subject.uid if found.subject else "",
        "Name": found.subject.name if found.subject else "",
        "Samples": found.seen.markers,
        "SampleRadius": face.sample_radius,
        "Collisions": face.collisions,
        "CollisionRadius": face.collision_radius,
        "Thumb": found.seen.thumb,
        "Review": bool(cover and cover.review),
        "Invalid": False,
        "MatchedAt": time_or_none(face.matched_at),
        "CreatedAt": time_json(face.created_at),
        "UpdatedAt": time_json(face.updated_at),
    }
    if with_marker and cover:
        shown["FaceDist"] = cover.face_dist
        shown["SubjSrc"] = cover.subject_src
        shown["FileUID"] = cover.file.uid
        shown["MarkerUID"] = cover.uid
        shown["Size"] = cover.size
        shown["Score"] = cover.score
    return shown


def marker_json(marker: Marker, *, is_named: bool) -> MarkerJson:
    """A marker of a file; without its name where the name is not to be known."""
    subject = marker.subject if is_named else None
    return {
        "UID": marker.uid,
        "FileUID": marker.file.uid,
        "Type": marker.type,
        "Src": marker.src,
        "Name": subject.name if subject else marker.name if is_named else "",
        "Review": marker.review,
        "Invalid": marker.invalid,
        "FaceID": marker.face_id or "",
        "SubjUID": subject.uid if subject else "",
        "SubjSrc": marker.subject_src if subject else "",
        "X": marker.x,
        "Y": marker.y,
        "W": marker.w,
        "H": marker.h,
        "Size": marker.size,
        "Score": marker.score,
        "Thumb": thumb_of(marker),
        "CreatedAt": time_json(marker.created_at),
    }
