"""Keyword: a word by which photos are found, and its link to them."""

from django.db import models


class Keyword(models.Model):
    keyword = models.CharField(max_length=64, unique=True)
    skip = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.keyword


class PhotoKeyword(models.Model):
    photo = models.ForeignKey("library.Photo", on_delete=models.CASCADE, related_name="photo_keywords")
    keyword = models.ForeignKey(Keyword, on_delete=models.CASCADE, related_name="photo_keywords", db_index=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["keyword", "photo"], name="photo_keyword_unique")]

    def __str__(self) -> str:
        return f"{self.photo_id}: {self.keyword_id}"
