"""API routes of the library, by PhotoPrism's addresses."""

from django.urls import path

from library.api import batch, downloads, index, media, photos, stacks, timeline, videos

urlpatterns = [
    path("photos", photos.Photos.as_view(), name="api_photos"),
    path("photos/<slug:uid>", photos.PhotoDetail.as_view(), name="api_photo"),
    path("photos/<slug:uid>/like", photos.PhotoLike.as_view(), name="api_photo_like"),
    path("photos/<slug:uid>/approve", photos.PhotoApprove.as_view(), name="api_photo_approve"),
    path("photos/<slug:uid>/files/<slug:file_uid>/primary", stacks.PrimaryFile.as_view(), name="api_file_primary"),
    path("photos/<slug:uid>/files/<slug:file_uid>/unstack", stacks.Unstack.as_view(), name="api_file_unstack"),
    path("photos/<slug:uid>/dl", downloads.PhotoDownload.as_view(), name="api_photo_download"),
    path("batch/photos/archive", batch.BatchArchive.as_view(), name="api_batch_archive"),
    path("batch/photos/restore", batch.BatchRestore.as_view(), name="api_batch_restore"),
    path("batch/photos/private", batch.BatchPrivate.as_view(), name="api_batch_private"),
    path("batch/photos/approve", batch.BatchApprove.as_view(), name="api_batch_approve"),
    path("batch/photos/stack", stacks.BatchStack.as_view(), name="api_batch_stack"),
    path("timeline/buckets", timeline.TimelineBuckets.as_view(), name="api_timeline_buckets"),
    path("timeline/bucket/<str:key>", timeline.TimelineBucket.as_view(), name="api_timeline_bucket"),
    path("t/<slug:name>/<str:token>/<slug:size>", media.Thumb.as_view(), name="api_thumb"),
    path("videos/<slug:file_hash>/<str:token>/<slug:codec>", videos.Video.as_view(), name="api_video"),
    path(
        "videos/<slug:file_hash>/<str:token>/<slug:codec>/status", videos.VideoStatus.as_view(), name="api_video_status"
    ),
    path("videos/<slug:file_hash>/<str:token>/hls/<str:name>", videos.VideoPart.as_view(), name="api_video_part"),
    path("dl/<slug:file_hash>", downloads.Download.as_view(), name="api_download"),
    path("zip", downloads.Zip.as_view(), name="api_zip"),
    path("zip/<str:filename>", downloads.ZipDownload.as_view(), name="api_zip_download"),
    path("index", index.Index.as_view(), name="api_index"),
    path("errors", index.Errors.as_view(), name="api_errors"),
]
