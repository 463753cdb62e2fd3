"""/subjects and /faces: the people on photos that the account sees, and clusters of faces; named and described."""

from typing import Any

from django.utils.translation import gettext as _
from rest_framework import serializers
from rest_framework.exceptions import NotFound, ParseError
from rest_framework.permissions import BasePermission
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from faces.changes import NameTaken, SubjectProblem, change_face, change_subject
from faces.forms import FACES, SUBJECTS
from faces.people import (
    FACE_ORDERS,
    SUBJECT_ORDERS,
    FoundFace,
    FoundSubject,
    find_face,
    find_faces,
    find_subject,
    find_subjects,
)
from faces.serializers import face_json, found_subject_json, subject_json
from faces.shapes import FaceJson, FoundSubjectJson, SubjectJson
from library.api.paging import ListQuery, page_headers
from library.documented import documented
from library.permissions import api_grant, may
from library.problems import Conflict


class SubjectQuery(ListQuery):
    order = serializers.CharField(
        allow_blank=True, default="", max_length=32, help_text=f"One of {', '.join(sorted(SUBJECT_ORDERS))}."
    )


class FaceQuery(ListQuery):
    order = serializers.CharField(
        allow_blank=True, default="", max_length=32, help_text=f"One of {', '.join(sorted(FACE_ORDERS))}."
    )
    unknown = serializers.BooleanField(
        required=False, help_text="Yes for clusters without a name, no for those with one."
    )
    markers = serializers.BooleanField(required=False, help_text="Tell the marker that stands for each.")


class Subjects(APIView):
    permission_classes = [may("faces.search_subject")]

    @documented(gives=list[FoundSubjectJson], query=SubjectQuery, is_list=True)
    def get(self, request: Request) -> Response:
        """The people on photos that the account sees, in the numbers it sees.

        The filters uid, type, name, hidden, favorite, private, excluded, files and photos may be parameters or stand
        in `q`. Hidden people come with `hidden=true` or `all=true`.
        """
        asked, paging = _asked(SubjectQuery, request)
        grant = api_grant(request)
        wanted = SUBJECTS.ask(asked["q"], request.query_params.dict())
        found = find_subjects(wanted, grant, order=asked["order"], **paging)
        headers = page_headers(len(found), grant=grant, **paging)
        return Response([found_subject_json(one) for one in found], headers=headers)


class _SubjectValues(serializers.Serializer[None]):
    """The body of a person by PhotoPrism's names; what else an app sends back of them is passed over."""

    Name = serializers.CharField(source="name", max_length=160, required=False)
    Alias = serializers.CharField(source="alias", max_length=160, allow_blank=True, required=False)
    About = serializers.CharField(source="about", max_length=512, allow_blank=True, required=False)
    Bio = serializers.CharField(source="bio", max_length=4096, allow_blank=True, required=False)
    Notes = serializers.CharField(source="notes", max_length=4096, allow_blank=True, required=False)
    Favorite = serializers.BooleanField(source="favorite", required=False)
    Hidden = serializers.BooleanField(source="hidden", required=False)
    Private = serializers.BooleanField(source="private", required=False)
    Excluded = serializers.BooleanField(source="excluded", required=False)


class _FaceValues(serializers.Serializer[None]):
    Hidden = serializers.BooleanField(source="hidden", required=False)
    SubjUID = serializers.CharField(max_length=64, allow_blank=True, required=False, help_text="Whose face it is.")


class SubjectDetail(APIView):
    def get_permissions(self) -> list[BasePermission]:
        return [may("faces.update_subject" if self.request.method == "PUT" else "faces.search_subject")()]

    @documented(gives=SubjectJson)
    def get(self, request: Request, uid: str) -> Response:
        """One person."""
        return Response(subject_json(_subject_or_404(uid, request)))

    @documented(gives=SubjectJson, takes=_SubjectValues, also={409: "Somebody else has this name."})
    def put(self, request: Request, uid: str) -> Response:
        """Changes what is named; the faces of a person take their new name."""
        subject = _subject_or_404(uid, request).subject
        given = _SubjectValues(data=request.data)
        given.is_valid(raise_exception=True)
        try:
            change_subject(subject, given.validated_data)
        except NameTaken as problem:
            raise Conflict(str(problem)) from None
        except SubjectProblem as problem:
            raise ParseError(str(problem)) from None
        return Response(subject_json(_subject_or_404(uid, request)))


class SubjectLike(APIView):
    permission_classes = [may("faces.update_subject")]

    @documented(gives=SubjectJson)
    def post(self, request: Request, uid: str) -> Response:
        """Marks the person as a favourite, for all who see them."""
        change_subject(_subject_or_404(uid, request).subject, {"favorite": True})
        return Response(subject_json(_subject_or_404(uid, request)))

    @documented(gives=SubjectJson)
    def delete(self, request: Request, uid: str) -> Response:
        """Takes the mark away."""
        change_subject(_subject_or_404(uid, request).subject, {"favorite": False})
        return Response(subject_json(_subject_or_404(uid, request)))


class Faces(APIView):
    permission_classes = [may("faces.search_subject")]

    @documented(gives=list[FaceJson], query=FaceQuery, is_list=True)
    def get(self, request: Request) -> Response:
        """The clusters of faces on photos that the account sees; Samples are those it sees.

        The filters uid, subject, unknown and hidden may be parameters or stand in `q`.
        """
        asked, paging = _asked(FaceQuery, request)
        grant = api_grant(request)
        wanted = FACES.ask(asked["q"], request.query_params.dict())
        found = find_faces(wanted, grant, order=asked["order"], **paging)
        shown = [face_json(one, with_marker=wanted.has("markers")) for one in found]
        return Response(shown, headers=page_headers(len(found), grant=grant, **paging))


class FaceDetail(APIView):
    def get_permissions(self) -> list[BasePermission]:
        return [may("faces.update_subject" if self.request.method == "PUT" else "faces.search_subject")()]

    @documented(gives=FaceJson)
    def get(self, request: Request, face_id: str) -> Response:
        """One cluster of faces."""
        return Response(face_json(_face_or_404(face_id, request), with_marker=True))

    @documented(gives=FaceJson, takes=_FaceValues)
    def put(self, request: Request, face_id: str) -> Response:
        """Hides or shows a cluster, or says whose it is; its faces that nobody named by hand follow."""
        face = _face_or_404(face_id, request).face
        given = _FaceValues(data=request.data)
        given.is_valid(raise_exception=True)
        named = given.validated_data.get("SubjUID", "")
        subject = _subject_or_404(named, request).subject if named else None
        change_face(face, hidden=given.validated_data.get("hidden"), subject=subject)
        return Response(face_json(_face_or_404(face_id, request), with_marker=True))


def _subject_or_404(uid: str, request: Request) -> FoundSubject:
    found = find_subject(uid, api_grant(request))
    if found is None:
        raise NotFound(_("Subject not found"))
    return found


def _face_or_404(face_id: str, request: Request) -> FoundFace:
    found = find_face(face_id, api_grant(request))
    if found is None:
        raise NotFound(_("Face not found"))
    return found


def _asked(query: type[ListQuery], request: Request) -> tuple[dict[str, Any], dict[str, int]]:
    """The parameters, and those of them that page."""
    asked = query(data=request.query_params.dict())
    asked.is_valid(raise_exception=True)
    values = asked.validated_data
    return values, {"count": values["count"], "offset": values["offset"]}
