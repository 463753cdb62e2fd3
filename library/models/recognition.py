"""Recognition: the text that was read in a photo's picture; TextWord: a word in it, by which photos are found."""

from typing import Any

from django.db import models

from library.ocr.words import LONGEST


class Recognition(models.Model):
    """One row a photo; without one no text was looked for."""

    photo = models.OneToOneField(
        "library.Photo", on_delete=models.CASCADE, primary_key=True, related_name="recognition"
    )
    version = models.PositiveSmallIntegerField(help_text="Of models and rules: ocr.recognizer.VERSION.")
    hash = models.CharField(max_length=40, help_text="The file whose picture was read.")
    read_at = models.DateTimeField()
    lines: Any = models.JSONField(default=list, help_text="For each line its text, its confidence and its corners.")
    phrases = models.TextField(blank=True, default="", help_text="The lines as ocr.words.line has them.")

    def __str__(self) -> str:
        return f"{self.photo_id}"


class TextWord(models.Model):
    """A word that was read in pictures, without case and accents."""

    word = models.CharField(max_length=LONGEST, unique=True)

    def __str__(self) -> str:
        return self.word


class PhotoTextWord(models.Model):
    photo = models.ForeignKey("library.Photo", on_delete=models.CASCADE, related_name="text_words")
    word = models.ForeignKey(TextWord, on_delete=models.CASCADE, related_name="photos", db_index=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["word", "photo"], name="photo_text_word_unique")]

    def __str__(self) -> str:
        return f"{self.photo_id}: {self.word_id}"
