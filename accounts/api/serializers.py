"""Shapes of the wire; camelCase is put on by the renderer."""

from zoneinfo import available_timezones

from django.utils.translation import gettext as _
from rest_framework import serializers

from accounts.models import Notice, User


class NotifySerializer(serializers.Serializer):
    """How to hear of each kind of news: `page`, `email` (page and mail) or `none`."""

    score_ready = serializers.ChoiceField(["page", "email", "none"], required=False)
    level = serializers.ChoiceField(["page", "email", "none"], required=False)
    achievement = serializers.ChoiceField(["page", "email", "none"], required=False)
    contest_decided = serializers.ChoiceField(["page", "email", "none"], required=False)


class PreferencesSerializer(serializers.Serializer):
    theme = serializers.ChoiceField(["system", "light", "dark"], required=False)
    reduced_motion = serializers.BooleanField(required=False)
    no_pacing = serializers.BooleanField(required=False)
    text_size = serializers.ChoiceField(["normal", "large", "larger"], required=False)
    leaderboard = serializers.BooleanField(required=False)
    notify = NotifySerializer(required=False)


class WithRoles(serializers.ModelSerializer):
    roles = serializers.SerializerMethodField()

    def get_roles(self, user: User) -> list[str]:
        return sorted(user.role_names)


class UserSerializer(WithRoles):
    """Names, time zone and preferences may be changed; preferences that are not named stay."""

    preferences = PreferencesSerializer(required=False)

    class Meta:
        model = User
        fields = [
            "id",
            "email",
            "first_name",
            "last_name",
            "timezone",
            "preferences",
            "roles",
            "level",
            "xp",
            "last_login",
            "date_joined",
        ]
        read_only_fields = ["id", "email", "level", "xp", "last_login", "date_joined"]

    def validate_timezone(self, value: str) -> str:
        if value not in available_timezones():
            raise serializers.ValidationError(_("Not a time zone; write it like Europe/Berlin."))
        return value


class PasswordSerializer(serializers.Serializer):
    password = serializers.CharField(trim_whitespace=False, max_length=1024)


class LoginSerializer(serializers.Serializer):
    email = serializers.EmailField()
    password = serializers.CharField(trim_whitespace=False, max_length=1024)
    code = serializers.CharField(required=False, allow_blank=True, max_length=20)


class RefreshSerializer(serializers.Serializer):
    refresh_token = serializers.CharField(max_length=200)


class PairSerializer(serializers.Serializer):
    user = UserSerializer()
    token = serializers.CharField()
    refresh_token = serializers.CharField()
    expires_at = serializers.DateTimeField()


class NoticeSerializer(serializers.ModelSerializer):
    class Meta:
        model = Notice
        fields = ["id", "kind", "title", "body", "url", "created_at", "read_at"]
        read_only_fields = fields
