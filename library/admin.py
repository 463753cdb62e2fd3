"""Photos, files, labels, errors and jobs for operators; actions call the same functions as the pages."""

from collections.abc import Callable, Iterable
from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from library import jobs, states
from library.access import Grant
from library.captioning import CAPTION
from library.classifying import CLASSIFY
from library.lease import LibraryBusy
from library.models import Camera, Duplicate, ErrorLog, File, Folder, Job, Keyword, Label, Lens, NudityCheck, Photo
from library.models.job import JobState
from library.permissions import page_grant
from library.recognizing import RECOGNIZE

MOST_CHOSEN = 2000
Change = Callable[[Iterable[str], Grant], list[str]]


class ReadOnlyAdmin(admin.ModelAdmin[Any]):
    """Rows that indexing makes: looked at here, changed by its own work."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class FileInline(admin.TabularInline[File, Photo]):
    model = File
    fields = ("name", "root", "type", "size", "width", "height", "is_primary", "is_missing", "error")
    readonly_fields = fields
    extra = 0
    can_delete = False
    show_change_link = True

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Photo)
class PhotoAdmin(ReadOnlyAdmin):
    list_display = ("title", "uid", "type", "taken_at_local", "folder", "place", "quality", "private", "is_archived")
    list_filter = ("type", "private", "quality", "taken_src", ("deleted_at", admin.EmptyFieldListFilter))
    list_select_related = ("folder", "place")
    search_fields = ("uid", "title", "name")
    # Counting a million rows for "1 - 100 of n" takes longer than the page itself.
    show_full_result_count = False
    list_per_page = 50
    inlines = (FileInline,)
    actions = ("archive", "restore", "approve", "make_private", "make_public", "classify", "recognize_text", "caption")

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @admin.display(boolean=True, description=_("Archived"))
    def is_archived(self, photo: Photo) -> bool:
        return photo.is_archived

    @admin.action(description=_("Move to the archive"))
    def archive(self, request: HttpRequest, photos: QuerySet[Photo]) -> None:
        self._apply(request, photos, states.archive)

    @admin.action(description=_("Restore from the archive"))
    def restore(self, request: HttpRequest, photos: QuerySet[Photo]) -> None:
        self._apply(request, photos, states.restore)

    @admin.action(description=_("Approve"))
    def approve(self, request: HttpRequest, photos: QuerySet[Photo]) -> None:
        self._apply(request, photos, states.approve)

    @admin.action(description=_("Make private"))
    def make_private(self, request: HttpRequest, photos: QuerySet[Photo]) -> None:
        self._apply(request, photos, lambda uids, grant: states.set_private(uids, grant, private=True))

    @admin.action(description=_("Make public"))
    def make_public(self, request: HttpRequest, photos: QuerySet[Photo]) -> None:
        self._apply(request, photos, lambda uids, grant: states.set_private(uids, grant, private=False))

    @admin.action(description=_("Look for labels again"))
    def classify(self, request: HttpRequest, photos: QuerySet[Photo]) -> None:
        self._run(request, photos, CLASSIFY)

    @admin.action(description=_("Read the text in them again"))
    def recognize_text(self, request: HttpRequest, photos: QuerySet[Photo]) -> None:
        self._run(request, photos, RECOGNIZE)

    @admin.action(description=_("Ask the vision server for captions again"))
    def caption(self, request: HttpRequest, photos: QuerySet[Photo]) -> None:
        self._run(request, photos, CAPTION)

    def _run(self, request: HttpRequest, photos: QuerySet[Photo], kind: str) -> None:
        """Over few photos by their UIDs; whoever chooses all of a larger library means all."""
        count = photos.count()
        if count > MOST_CHOSEN and count < Photo.objects.count():
            text = _("At most %(most)d photos can be chosen, or all; the commands of manage.py take a search.")
            self.message_user(request, text % {"most": MOST_CHOSEN}, messages.WARNING)
            return
        uids = list(photos.values_list("uid", flat=True)) if count <= MOST_CHOSEN else []
        try:
            jobs.start_run(kind, uids=uids, rescan=True, user=request.user)
        except LibraryBusy as busy:
            self.message_user(request, str(busy), messages.WARNING)
        else:
            self.message_user(request, _("The photos are looked at; the jobs tell how far it is."))

    def _apply(self, request: HttpRequest, photos: QuerySet[Photo], change: Change) -> None:
        count = len(change(list(photos.values_list("uid", flat=True)), page_grant(request)))
        text = ngettext("%(count)d photo was changed.", "%(count)d photos were changed.", count)
        self.message_user(request, text % {"count": count})


@admin.register(File)
class FileAdmin(ReadOnlyAdmin):
    list_display = ("name", "root", "type", "size", "width", "height", "is_primary", "is_missing", "error")
    list_filter = ("type", "media_type", "is_missing", "is_primary", ("error", admin.EmptyFieldListFilter))
    search_fields = ("name", "hash", "uid")
    raw_id_fields = ("photo", "folder")
    show_full_result_count = False
    list_per_page = 50

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(ErrorLog)
class ErrorLogAdmin(ReadOnlyAdmin):
    list_display = ("name", "level", "reason", "size", "created_at")
    list_filter = ("level",)
    search_fields = ("name", "reason")
    date_hierarchy = "created_at"
    actions = ("try_again",)

    @admin.action(description=_("Try again"))
    def try_again(self, request: HttpRequest, errors: QuerySet[ErrorLog]) -> None:
        """What is forgotten here counts as new in the next run, which is queued at once."""
        errors.delete()
        try:
            jobs.start_index(user=request.user)
        except LibraryBusy as busy:
            self.message_user(request, f"{busy} {_('The files are tried in the next run.')}", messages.WARNING)
        else:
            self.message_user(request, _("An index run was queued."))


@admin.register(NudityCheck)
class NudityCheckAdmin(ReadOnlyAdmin):
    """What was made private by itself, and how sure the models were."""

    list_display = ("photo", "whole", "parts", "made_private", "checked_at")
    list_filter = ("made_private",)
    list_select_related = ("photo",)
    raw_id_fields = ("photo",)
    show_full_result_count = False


@admin.register(Job)
class JobAdmin(ReadOnlyAdmin):
    list_display = ("kind", "state", "done", "created_at", "started_at", "finished_at", "result", "user")
    list_filter = ("state", "kind")
    list_select_related = ("user",)
    date_hierarchy = "created_at"
    actions = ("cancel",)

    @admin.display(description=_("Done"))
    def done(self, job: Job) -> str:
        """How far it is, "" for a job that does not count."""
        done, total = job.progress.get("done", 0), job.progress.get("total", 0)
        return f"{done:,} / {total:,}" if total else ""

    @admin.action(description=_("Cancel"))
    def cancel(self, request: HttpRequest, chosen: QuerySet[Job]) -> None:
        for job in chosen.filter(state__in=[JobState.QUEUED, JobState.RUNNING]):
            job.cancel()
        self.message_user(request, _("What runs stops after the file at hand."))


@admin.register(Duplicate)
class DuplicateAdmin(ReadOnlyAdmin):
    list_display = ("name", "hash", "size")
    search_fields = ("name", "hash")


@admin.register(Folder)
class FolderAdmin(ReadOnlyAdmin):
    list_display = ("path", "root", "title", "missing")
    list_filter = ("root", "missing")
    search_fields = ("path",)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Label)
class LabelAdmin(admin.ModelAdmin[Label]):
    list_display = ("name", "slug", "priority", "photo_count", "favorite")
    search_fields = ("name", "slug")


@admin.register(Camera, Lens)
class GearAdmin(admin.ModelAdmin[Any]):
    list_display = ("name", "make", "model", "type")
    search_fields = ("name",)
    readonly_fields = ("slug",)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Keyword)
class KeywordAdmin(admin.ModelAdmin[Keyword]):
    list_display = ("keyword", "skip")
    search_fields = ("keyword",)
    show_full_result_count = False
