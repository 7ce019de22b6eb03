"""REST of administrators: people, roles, the audit trail. For everybody else there is nothing here."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django_filters import rest_framework as filters
from django_filters.fields import IsoDateTimeField
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers, status
from rest_framework.permissions import BasePermission
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.settings import api_settings

from accounts import services
from accounts.api.base import Endpoint, Listing, checked
from accounts.api.serializers import WithRoles
from accounts.models import AuditEvent, PersonKey, Role, Scope, User
from accounts.models.people import UserQuerySet
from accounts.names import plain_name
from accounts.requests import PersonApiRequest


class Administers(BasePermission):
    def has_permission(self, request: Request, view: Any) -> bool:
        if not request.user.has_perm("accounts.administer"):
            raise Http404
        return True


class AdminEndpoint(Endpoint):
    scope = dict.fromkeys(("GET", "POST", "PATCH"), Scope.ADMIN)
    permission_classes = [*api_settings.DEFAULT_PERMISSION_CLASSES, Administers]


class AccountSerializer(WithRoles):
    class Meta:
        model = User
        fields = [
            "id",
            "email",
            "first_name",
            "last_name",
            "roles",
            "is_active",
            "level",
            "xp",
            "last_login",
            "date_joined",
        ]
        read_only_fields = fields


class RolesSerializer(serializers.Serializer):
    roles = serializers.ListField(child=serializers.ChoiceField(Role.choices), max_length=5)


class NewAccountSerializer(RolesSerializer):
    email = serializers.EmailField(max_length=254)
    first_name = serializers.CharField(max_length=80, validators=[plain_name])
    last_name = serializers.CharField(max_length=80, validators=[plain_name])


class AccountFilter(filters.FilterSet):
    q = filters.CharFilter(method="with_words", max_length=200, help_text="In the names or the address.")
    role = filters.ChoiceFilter(field_name="groups__name", choices=Role.choices)
    active = filters.BooleanFilter(field_name="is_active")

    def with_words(self, rows: UserQuerySet, name: str, value: str) -> UserQuerySet:
        return rows.named(value)


class Accounts(AdminEndpoint, Listing):
    """People, by name."""

    queryset = User.objects.not_erased().prefetch_related("groups")
    serializer_class = AccountSerializer
    filterset_class = AccountFilter
    sort_by = {
        "lastName": "last_name",
        "email": "email",
        "dateJoined": "date_joined",
        "lastLogin": "last_login",
        "xp": "xp",
    }

    @extend_schema(request=NewAccountSerializer, responses={201: AccountSerializer})
    def post(self, request: PersonApiRequest) -> Response:
        """Make an account; its owner gets a mail to set the password. 409 where the address is taken."""
        asked = checked(NewAccountSerializer(data=request.data))
        person = services.create_person(password=None, actor=request.user, now=timezone.now(), **asked)
        services.mail_reset(request=request._request, email=person.email)
        return Response(AccountSerializer(person).data, status=status.HTTP_201_CREATED)


class Roles(AdminEndpoint):
    @extend_schema(request=RolesSerializer, responses=AccountSerializer)
    def patch(self, request: PersonApiRequest, pk: UUID) -> Response:
        """Set the roles of a person, all of them. 409 for the last administrator, 404 for who was erased."""
        asked = checked(RolesSerializer(data=request.data))
        person = get_object_or_404(User.objects.not_erased(), pk=pk)
        services.set_roles(person=person, actor=request.user, now=timezone.now(), **asked)
        return Response(AccountSerializer(person).data)


class KnownSerializer(serializers.Serializer):
    id = serializers.UUIDField(source="pk")
    name = serializers.CharField(source="display_name")


class AuditEventSerializer(serializers.ModelSerializer):
    """`actor` and `person` are null for the system, for nobody known, and for those who were erased.

    `actorKey` stays; `address` is a keyed hash: it tells whether two events came from one place.
    """

    actor = serializers.SerializerMethodField()
    actor_key = serializers.UUIDField(source="actor", allow_null=True)
    person = serializers.SerializerMethodField(help_text="Whom it was done to.")
    data = serializers.DictField()

    class Meta:
        model = AuditEvent
        fields = [
            "id",
            "at",
            "actor",
            "actor_key",
            "action",
            "object_type",
            "object_id",
            "person",
            "result",
            "address",
            "data",
        ]
        read_only_fields = fields

    @extend_schema_field(KnownSerializer(allow_null=True))
    def get_actor(self, event: AuditEvent) -> Any:
        return self._known(event.actor)

    @extend_schema_field(KnownSerializer(allow_null=True))
    def get_person(self, event: AuditEvent) -> Any:
        return self._known(services.key_in(event))

    def _known(self, key: UUID | None) -> Any:
        found = self.context["people"].get(key)
        return KnownSerializer(found).data if found else None


class MomentField(IsoDateTimeField):
    def clean(self, value: Any) -> datetime | None:
        moment = super().clean(value)
        try:
            return moment and moment.astimezone(UTC)
        except OverflowError:  # at the very ends of time an offset leads out of it
            raise ValidationError(self.error_messages["invalid"], code="invalid") from None


class MomentFilter(filters.IsoDateTimeFilter):
    field_class = MomentField


class AuditFilter(filters.FilterSet):
    actor = filters.UUIDFilter(method="by_actor", help_text="Id of a person, or the `actorKey` of an event.")
    action = filters.CharFilter(max_length=60, help_text="thing.happened, for instance role.assigned")
    object = filters.CharFilter(field_name="object_id", max_length=64, help_text="`objectId` of an event.")
    result = filters.ChoiceFilter(choices=AuditEvent.Result.choices)
    since = MomentFilter(field_name="at", lookup_expr="gte")
    until = MomentFilter(field_name="at", lookup_expr="lt")

    def by_actor(self, rows: QuerySet[AuditEvent], name: str, value: UUID) -> QuerySet[AuditEvent]:
        keys = PersonKey.objects.filter(user=value).values("key")
        return rows.filter(Q(actor=value) | Q(actor__in=keys))


class AuditLog(AdminEndpoint, Listing):
    """Who did what to whom, newest first."""

    queryset = AuditEvent.objects.all()
    serializer_class = AuditEventSerializer
    filterset_class = AuditFilter
    sort_by = {"at": "at"}

    def list(self, request: Request) -> Response:
        events = self.paginate_queryset(self.filter_queryset(self.get_queryset()))
        keys = {key for event in events for key in (event.actor, services.key_in(event)) if key}
        people = services.people_by_key(keys)
        rows = AuditEventSerializer(events, many=True, context={"people": people}).data
        return self.get_paginated_response(rows)
