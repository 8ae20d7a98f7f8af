from django.conf import settings
from django.db import models


class Petition(models.Model):
    """A petition with a counter in its own row."""

    number = models.SlugField(unique=True)
    subject = models.CharField(max_length=200)
    threshold = models.PositiveIntegerField(default=5000)
    signed = models.PositiveIntegerField(default=0)
    objects: models.Manager["Petition"] = models.Manager()

    class Meta:
        app_label = "plain"

    def __str__(self) -> str:
        return self.number


class Signature(models.Model):
    """One person's signature under a petition."""

    petition = models.ForeignKey(Petition, models.CASCADE)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE)
    at = models.DateTimeField(auto_now_add=True)
    reason = models.CharField(max_length=1000, blank=True)
    objects: models.Manager["Signature"] = models.Manager()

    class Meta:
        app_label = "plain"
        constraints = (
            models.UniqueConstraint(fields=("petition", "person"), name="plain_sign_once"),
        )

    def __str__(self) -> str:
        return f"signature {self.pk}"
