"""Filters on the files of a photo: ids, folders and names, stacks, the look of the primary file."""

import re
from typing import Final

from django.db.models import Exists, OuterRef, Q

from library.media.formats import by_name
from library.models import File, Folder
from library.models.folder import Root, path_key
from library.query import BadValue
from library.query.values import Pattern, all_of, one_of, patterns, switch, whole_number
from library.search.answers import Answer, Linked, Scanned, any_of, matches, within
from library.search.compile import search_filter
from library.search.sql import like
from library.uid import is_uid

_SHA1: Final = re.compile(r"[0-9a-f]{40}")


@search_filter("uid")
def uid(value: str) -> Q:
    """UIDs of photos or files, or SHA-1 sums of files."""
    wanted = [one.lower() for one in one_of(value)]
    if not wanted or not all(is_uid(one) or _SHA1.fullmatch(one) for one in wanted):
        raise BadValue(value, "the UID of a photo or a file")
    files = File.objects.filter(Q(uid__in=wanted) | Q(hash__in=[one for one in wanted if _SHA1.fullmatch(one)]))
    return Q(uid__in=wanted) | Q(pk__in=files.values("photo"))


@search_filter("id")
def document_id(value: str) -> Answer:
    """The id that programs write into a document or into one version of it; `&` asks for both."""
    return tuple(
        Q(uuid__in=group) | Q(pk__in=File.objects.filter(instance_id__in=group).values("photo"))
        for group in all_of(value)
    )


@search_filter("hash")
def file_hash(value: str) -> Answer:
    return Linked(File.objects.filter(hash__in=[wanted.lower() for wanted in one_of(value)]))


@search_filter("path", "folder")
def path(value: str) -> Q:
    """A folder and those in it; with `/` at its end that folder alone; `*` stands for any text."""
    return Q(folder__in=Folder.objects.filter(any_of(_folder_q(wanted) for wanted in patterns(value))))


@search_filter("name")
def name(value: str) -> Answer:
    """The base name; the extension of a format is left out, as it is when photos are named."""
    return Scanned(any_of(like("name", _without_extension(wanted)) for wanted in patterns(value)))


@search_filter("filename")
def filename(value: str) -> Answer:
    """Full names below the originals folder."""
    whole = [found.prefix for found in patterns(value) if found.is_literal]
    keys = [path_key(root, name.removeprefix("/")) for name in whole for root in (Root.ORIGINALS, Root.SIDECAR)]
    open_ended = any_of(like("name", found) for found in patterns(value) if not found.is_literal)
    return Linked(File.objects.filter(Q(path_key__in=keys) | open_ended))


@search_filter("original")
def original(value: str) -> Answer:
    """The name that a photo or one of its files had when it was imported."""
    files = File.objects.filter(matches("original_name", value))
    return Scanned(matches("original_name", value) | Q(pk__in=files.values("photo")))


@search_filter("error")
def error(value: str) -> Answer:
    broken = File.objects.exclude(error="")
    return Linked(broken) if switch(value) else ~Q(pk__in=broken.values("photo"))


@search_filter("codec")
def codec(value: str) -> Answer:
    return Linked(File.objects.filter(codec__in=[wanted.lower() for wanted in one_of(value)]))


@search_filter("diff")
def diff(value: str) -> Answer:
    """The perceptual hash of the primary file."""
    return _primary(within("diff", value))


@search_filter("mono")
def mono(value: str) -> Answer:
    """Without colour."""
    return _primary(Q(chroma=0)) if switch(value) else _primary(Q(chroma__gt=0))


@search_filter("chroma")
def chroma(value: str) -> Answer:
    """PhotoPrism's reading: more than a number from 10 on, between 1 and a number below; or a range."""
    limit = whole_number(value)
    if limit is None:
        return _primary(within("chroma", value))
    return _primary(Q(chroma__gt=limit) if limit > 9 else Q(chroma__gte=1, chroma__lte=limit))


@search_filter("portrait")
def portrait(value: str) -> Answer:
    """Higher than wide."""
    return _primary(Q(is_portrait=switch(value)))


@search_filter("landscape")
def landscape(value: str) -> Answer:
    return _primary(Q(aspect_ratio__gt=1.25)) if switch(value) else _primary(Q(aspect_ratio__lte=1.25))


@search_filter("square")
def square(value: str) -> Answer:
    return _primary(Q(aspect_ratio=1)) if switch(value) else _primary(~Q(aspect_ratio=1))


@search_filter("stack")
def stack(value: str) -> Answer:
    """With two originals of one format: neither a RAW with its JPEG nor a live picture is a stack."""
    originals = File.objects.filter(root=Root.ORIGINALS, is_sidecar=False, is_missing=False, deleted_at__isnull=True)
    twins = originals.filter(photo=OuterRef("photo"), type=OuterRef("type")).exclude(pk=OuterRef("pk"))
    stacked = originals.filter(Exists(twins), is_primary=False)
    return Linked(stacked) if switch(value) else ~Q(pk__in=stacked.values("photo"))


def _primary(condition: Q) -> Answer:
    return Linked(File.objects.filter(condition, is_primary=True))


def _without_extension(wanted: Pattern) -> Pattern:
    *pieces, last = wanted.pieces
    stem, dot, ending = last.rpartition(".")
    return Pattern((*pieces, stem)) if dot and ending and by_name(f"x.{ending}") else wanted


def _folder_q(wanted: Pattern) -> Q:
    if not wanted.is_literal:
        return like("path", wanted)
    folder = wanted.prefix.strip("/")
    if not folder:
        return Q(path="") if wanted.prefix else ~Q(pk__in=[])
    if wanted.prefix.endswith("/"):
        return like("path", Pattern((folder,)))
    return like("path", Pattern((folder,))) | like("path", Pattern((folder + "/", "")))
