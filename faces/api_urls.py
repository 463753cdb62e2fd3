"""API routes of people and faces, by PhotoPrism's addresses."""

from django.urls import path

from faces import api

urlpatterns = [
    path("subjects", api.Subjects.as_view(), name="api_subjects"),
    path("subjects/<slug:uid>", api.SubjectDetail.as_view(), name="api_subject"),
    path("subjects/<slug:uid>/like", api.SubjectLike.as_view(), name="api_subject_like"),
    path("faces", api.Faces.as_view(), name="api_faces"),
    path("faces/<slug:face_id>", api.FaceDetail.as_view(), name="api_face"),
]
