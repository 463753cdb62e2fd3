"""/duplicates: looks for near-duplicates, keeps one of a group and archives or stacks the others, takes it back."""

from collections.abc import Callable
from typing import Any, Final, TypedDict

from django.utils.translation import gettext as _
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from library import jobs
from library.api.stacks import Undone
from library.documented import documented
from library.duplicates.review import summary_of
from library.duplicates.settling import Choice, NotSettled, archive_others, set_apart, stack_all, undo
from library.permissions import api_grant, may
from library.problems import problem
from library.shapes import Done
from library.stacks.by_hand import MOST, NotStackable
from library.stacks.undo import TooLate

MOST_GROUPS: Final = 100
_UID: Final = 64


class _Wish(serializers.Serializer[None]):
    anew = serializers.BooleanField(default=False, help_text="Compare all photos, not only those that are new.")


class _Group(serializers.Serializer[None]):
    keep = serializers.CharField(max_length=_UID)
    photos = serializers.ListField(child=serializers.CharField(max_length=_UID), allow_empty=False, max_length=MOST)


class _Groups(serializers.Serializer[None]):
    groups = serializers.ListField(child=_Group(), allow_empty=False, max_length=MOST_GROUPS)


class _Archived(_Groups):
    pass_on = serializers.BooleanField(
        default=True, help_text="Favourites and albums of the others go to the one kept."
    )


class _Photos(serializers.Serializer[None]):
    photos = serializers.ListField(child=serializers.CharField(max_length=_UID), allow_empty=False, max_length=MOST)


class _Tokens(serializers.Serializer[None]):
    undo = serializers.ListField(
        child=serializers.CharField(max_length=_UID), allow_empty=False, max_length=MOST_GROUPS
    )


class DuplicatesJson(TypedDict):
    """What the last look for them is doing or came to, and what waits to be decided."""

    running: bool
    state: str
    step: str
    done: int
    total: int
    message: str
    groups: int
    kinds: dict[str, int]
    spare: int
    exact: int


class Refused(TypedDict):
    keep: str
    message: str


class Settled(TypedDict):
    """`settled` are the UIDs of the photos that were kept, `photos` those that changed, `undo` takes all of it back."""

    code: int
    message: str
    settled: list[str]
    photos: list[str]
    refused: list[Refused]
    undo: list[str]


class Duplicates(APIView):
    """The look for near-duplicates."""

    permission_classes = [may("library.archive_photo")]

    @documented(gives=DuplicatesJson)
    def get(self, request: Request) -> Response:
        """How far it is, and how many groups wait; `spare` is in bytes, `exact` counts files with exact copies."""
        found = summary_of(api_grant(request))
        counts = {"groups": found.groups, "kinds": found.kinds, "spare": found.spare, "exact": found.exact}
        return Response({**jobs.comparing_status(), **counts})

    @documented(gives=Done, takes=_Wish)
    def post(self, request: Request) -> Response:
        """Starts it, unless it is under way."""
        wish = _Wish(data=request.data)
        wish.is_valid(raise_exception=True)
        jobs.start_comparing(anew=wish.validated_data["anew"], user=request.user)
        return Response({"code": 200, "message": _("The photos are being compared.")})


class DuplicatesArchive(APIView):
    permission_classes = [may("library.archive_photo")]

    @documented(gives=Settled, takes=_Archived, also={409: "None of the groups is as it was."})
    def post(self, request: Request) -> Response:
        """Of each group one photo is kept and the others are archived."""
        asked = _valid(_Archived, request)
        grant, pass_on = api_grant(request), asked["pass_on"]
        return _settle(asked["groups"], lambda choice: archive_others(choice, grant, pass_on=pass_on), _("Archived"))


class DuplicatesStack(APIView):
    permission_classes = [may("library.archive_photo")]

    @documented(gives=Settled, takes=_Groups, also={409: "None of the groups is as it was."})
    def post(self, request: Request) -> Response:
        """Of each group one photo is made, which shows the one to keep."""
        grant = api_grant(request)

        def stack(choice: Choice) -> tuple[list[str], str]:
            made, token = stack_all(choice, grant)
            return [made], token

        return _settle(_valid(_Groups, request)["groups"], stack, _("Stacked"))


class DuplicatesApart(APIView):
    permission_classes = [may("library.archive_photo")]

    @documented(gives=Settled, takes=_Photos, also={409: "They are no group any more."})
    def post(self, request: Request) -> Response:
        """Says of the photos of a group that they are different; they are never put into one again."""
        uids = _valid(_Photos, request)["photos"]
        try:
            token = set_apart(uids, api_grant(request))
        except NotSettled as error:
            return Response(problem(409, str(error)), status=409)
        told = {"settled": [], "photos": uids, "refused": [], "undo": [token]}
        return Response({"code": 200, "message": _("Remembered"), **told})


class DuplicatesUndo(APIView):
    permission_classes = [may("library.archive_photo")]

    @documented(gives=Undone, takes=_Tokens, also={409: "It is too late for it."})
    def post(self, request: Request) -> Response:
        """Takes changes back, the last one first."""
        grant = api_grant(request)
        photos: list[str] = []
        for token in reversed(_valid(_Tokens, request)["undo"]):
            try:
                photos += undo(token, grant)
            except TooLate as error:
                return Response(problem(409, str(error)), status=409)
        return Response({"code": 200, "message": _("Change taken back"), "photos": photos})


def _valid(kind: type[serializers.Serializer[None]], request: Request) -> dict[str, Any]:
    asked = kind(data=request.data)
    asked.is_valid(raise_exception=True)
    return dict(asked.validated_data)


def _settle(groups: list[dict[str, Any]], settle: Callable[[Choice], tuple[list[str], str]], message: str) -> Response:
    """Each group by itself: one that has changed meanwhile does not keep the others from being settled."""
    kept: list[str] = []
    photos: list[str] = []
    refused: list[Refused] = []
    tokens: list[str] = []
    for given in groups:
        try:
            others = tuple(uid for uid in given["photos"] if uid != given["keep"])
            changed, token = settle(Choice(given["keep"], others))
        except (NotSettled, NotStackable) as error:
            refused.append({"keep": given["keep"], "message": str(error)})
            continue
        kept.append(given["keep"])
        photos += changed
        tokens.append(token)
    if not kept:
        return Response(problem(409, refused[0]["message"]), status=409)
    told = {"settled": kept, "photos": photos, "refused": refused, "undo": tokens}
    return Response({"code": 200, "message": message, **told})
