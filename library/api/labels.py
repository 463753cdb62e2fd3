"""/labels: what is in the pictures that the account sees; renamed, favoured, hidden and merged."""

from typing import Any, Final

from asgiref.sync import sync_to_async
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views import View
from rest_framework import serializers
from rest_framework.exceptions import NotFound, ParseError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from library.access import Grant
from library.api.media import serve_cover
from library.api.media_grants import preview_grant
from library.api.paging import ListQuery, page_headers
from library.documented import BY_PREVIEW, documented
from library.label_changes import NameTaken, change_label, hide_labels, show_labels
from library.label_merging import MergeProblem, merge_label, split_label
from library.labelling import NoLabel
from library.models import Label
from library.permissions import api_grant, may
from library.problems import Conflict
from library.search.forms import LABELS
from library.search.labels import ORDERS, cover_of, describe_labels, find_labels, known_labels
from library.serializers import label_json
from library.shapes import Done, LabelJson

MOST_LABELS: Final = 1000  # in one selection


class LabelQuery(ListQuery):
    order = serializers.CharField(
        allow_blank=True, default="", max_length=32, help_text=f"One of {', '.join(sorted(ORDERS))}."
    )


class _LabelValues(serializers.Serializer[None]):
    """The body of a label by PhotoPrism's names; what else an app sends back of it is passed over."""

    Name = serializers.CharField(source="name", max_length=160, required=False)
    Priority = serializers.IntegerField(source="priority", min_value=-100, max_value=100, required=False)
    Favorite = serializers.BooleanField(source="favorite", required=False)
    Description = serializers.CharField(source="description", max_length=4096, allow_blank=True, required=False)
    Notes = serializers.CharField(source="notes", max_length=4096, allow_blank=True, required=False)
    Thumb = serializers.RegexField(r"^([0-9a-f]{40})?$", source="thumb", allow_blank=True, required=False)


class _LabelSelection(serializers.Serializer[None]):
    labels = serializers.ListField(
        child=serializers.CharField(max_length=64), allow_empty=False, max_length=MOST_LABELS
    )


class _Other(serializers.Serializer[None]):
    Into = serializers.CharField(max_length=64, help_text="The UID of the label that stays.")


class Labels(APIView):
    permission_classes = [may("library.search_label")]

    @documented(gives=list[LabelJson], query=LabelQuery, is_list=True)
    def get(self, request: Request) -> Response:
        """The labels of photos that the account sees, each with their number and the newest one's picture.

        Of all labels those with a priority below 0 are left out, unless they are favorites or `all` is given.
        The filters uid, slug, name, favorite and photos may be parameters or stand in `q`.
        """
        asked = LabelQuery(data=request.query_params.dict())
        asked.is_valid(raise_exception=True)
        paging = {key: asked.validated_data[key] for key in ("count", "offset")}
        wanted = LABELS.ask(asked.validated_data["q"], request.query_params.dict())
        grant = api_grant(request)
        found = find_labels(wanted, grant, order=asked.validated_data["order"], **paging)
        return Response([label_json(label) for label in found], headers=page_headers(len(found), grant=grant, **paging))


class LabelDetail(APIView):
    permission_classes = [may("library.update_label")]

    @documented(gives=LabelJson, takes=_LabelValues, also={409: "Another label is called so."})
    def put(self, request: Request, uid: str) -> Response:
        """Changes what is named. With a new name comes a new `CustomSlug`; `Slug` stays and still finds the label.

        A `Thumb` chosen by hand is kept while the account sees its photo; "" leaves the choice to the server.
        """
        label = _label_or_404(uid, request)
        given = _LabelValues(data=request.data)
        given.is_valid(raise_exception=True)
        try:
            change_label(label, api_grant(request), _differing(label, given.validated_data, request))
        except NoLabel as reason:
            raise ParseError(str(reason)) from None
        except NameTaken as reason:
            raise Conflict(str(reason)) from None
        return _answer(label, request)


class LabelLike(APIView):
    permission_classes = [may("library.update_label")]

    @documented(gives=LabelJson)
    def post(self, request: Request, uid: str) -> Response:
        """Marks the label as a favourite, for all who see it."""
        label = _label_or_404(uid, request)
        change_label(label, api_grant(request), {"favorite": True})
        return _answer(label, request)

    @documented(gives=LabelJson)
    def delete(self, request: Request, uid: str) -> Response:
        """Takes the mark away."""
        label = _label_or_404(uid, request)
        change_label(label, api_grant(request), {"favorite": False})
        return _answer(label, request)


class LabelMerge(APIView):
    permission_classes = [may("library.update_label")]

    @documented(gives=LabelJson, takes=_Other)
    def post(self, request: Request, uid: str) -> Response:
        """Gives the photos, names, parents and children of the label to another, which is answered."""
        label = _label_or_404(uid, request)
        given = _Other(data=request.data)
        given.is_valid(raise_exception=True)
        into = _label_or_404(given.validated_data["Into"], request)
        try:
            merge_label(label, into)
        except MergeProblem as problem:
            raise ParseError(str(problem)) from None
        return _answer(into, request)

    @documented(gives=LabelJson)
    def delete(self, request: Request, uid: str) -> Response:
        """Takes a merge back: the label is answered as it is again."""
        label = next(iter(known_labels([uid], api_grant(request))), None)
        if label is None:
            raise NotFound(_("Label not found"))
        try:
            split_label(label)
        except MergeProblem as problem:
            raise ParseError(str(problem)) from None
        return _answer(_label_or_404(uid, request), request)


class BatchLabelsDelete(APIView):
    permission_classes = [may("library.update_label")]

    @documented(gives=Done, takes=_LabelSelection)
    def post(self, request: Request) -> Response:
        """Hides labels everywhere; /batch/labels/restore brings them back. Unknown ones are passed over."""
        hide_labels(_chosen(request), api_grant(request))
        return Response({"code": 200, "message": _("Labels deleted")})


class BatchLabelsRestore(APIView):
    permission_classes = [may("library.update_label")]

    @documented(gives=Done, takes=_LabelSelection)
    def post(self, request: Request) -> Response:
        """Brings hidden labels back, on the photos they were on."""
        show_labels(_chosen(request), api_grant(request))
        return Response({"code": 200, "message": _("Labels restored")})


class LabelCover(View):
    """The picture that stands for a label. What the token may not see, or does not exist, is a small drawing."""

    @documented(gives="image/jpeg", needs=BY_PREVIEW, also={403: "A wrong token."})
    async def get(self, request: HttpRequest, uid: str, token: str, size: str) -> HttpResponseBase:
        grant, cover = await sync_to_async(_cover)(uid, token)
        return await serve_cover(request, grant, cover, size)


def _cover(uid: str, token: str) -> tuple[Grant | None, str]:
    grant = preview_grant(token)
    return grant, cover_of(uid, grant) if grant and grant.may("library.search_label") else ""


def _label_or_404(uid: str, request: Request) -> Label:
    label = next((one for one in known_labels([uid], api_grant(request)) if one.deleted_at is None), None)
    if label is None:
        raise NotFound(_("Label not found"))
    return label


def _differing(label: Label, given: dict[str, Any], request: Request) -> dict[str, Any]:
    """An app that sends the whole label back sends the newest photo's picture, too: that is no choice."""
    shown = describe_labels([label], api_grant(request))[label.pk]
    return {name: value for name, value in given.items() if name != "thumb" or value != shown.thumb}


def _answer(label: Label, request: Request) -> Response:
    return Response(label_json(describe_labels([label], api_grant(request))[label.pk]))


def _chosen(request: Request) -> list[str]:
    given = _LabelSelection(data=request.data)
    given.is_valid(raise_exception=True)
    chosen: list[str] = given.validated_data["labels"]
    return chosen
