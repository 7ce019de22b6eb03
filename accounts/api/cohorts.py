"""REST of cohorts: for their managers. A coach reads the report of one, and its page."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from accounts import services
from accounts.api.base import Endpoint, Listing, checked
from accounts.models import Cohort, Invitation, Scope, User
from accounts.requests import PersonApiRequest

PARTS = [(part, part) for part in ("members", "coaches", "managers")]


class CohortPersonSerializer(serializers.ModelSerializer):
    name = serializers.CharField(source="display_name")

    class Meta:
        model = User
        fields = ["id", "name", "email"]
        read_only_fields = fields


class CohortSerializer(serializers.ModelSerializer):
    managers = CohortPersonSerializer(many=True, read_only=True)
    coaches = CohortPersonSerializer(many=True, read_only=True)
    member_count = serializers.IntegerField(read_only=True)

    class Meta:
        model = Cohort
        fields = ["id", "name", "created_at", "archived_at", "member_count", "managers", "coaches"]
        read_only_fields = fields


class NewCohortSerializer(serializers.Serializer):
    name = serializers.CharField(max_length=120)


class ChangedCohortSerializer(serializers.Serializer):
    name = serializers.CharField(max_length=120, required=False)
    archived = serializers.BooleanField(required=False, help_text="Out of the lists; nothing is lost.")


class PartSerializer(serializers.Serializer):
    part = serializers.ChoiceField(PARTS, default="members")


class AddedSerializer(PartSerializer):
    email = serializers.EmailField(max_length=254)


class RemovedSerializer(PartSerializer):
    person_id = serializers.UUIDField()


class InvitedSerializer(serializers.Serializer):
    email = serializers.EmailField(
        max_length=254,
        required=False,
        default="",
        allow_blank=True,
        help_text="Mailed there, and works once. Without: for all who have the link.",
    )
    days = serializers.IntegerField(min_value=1, max_value=30, default=14)


class InvitationSerializer(serializers.ModelSerializer):
    email = serializers.CharField(help_text="Empty where all who have the link may use it.")
    url = serializers.SerializerMethodField()

    class Meta:
        model = Invitation
        fields = ["id", "email", "url", "created_at", "expires_at"]
        read_only_fields = fields

    def get_url(self, invitation: Invitation) -> str:
        return self.context["request"].build_absolute_uri(invitation.get_absolute_url())


class CohortFilter(filters.FilterSet):
    archived = filters.BooleanFilter(field_name="archived_at", lookup_expr="isnull", exclude=True)


class CohortEndpoint(Endpoint):
    scope = Scope.TEACH

    def cohort(self, pk: UUID) -> Cohort:
        return get_object_or_404(_shown(self.request.user), pk=pk)


class CohortList(Listing):
    """Cohorts that I manage."""

    scope = Scope.TEACH
    queryset = Cohort.objects.none()
    serializer_class = CohortSerializer
    filterset_class = CohortFilter
    sort_by = {"name": "name", "createdAt": "created_at", "memberCount": "member_count"}

    def get_queryset(self) -> QuerySet[Cohort]:
        return _shown(self.request.user)

    @extend_schema(request=NewCohortSerializer, responses={201: CohortSerializer})
    def post(self, request: PersonApiRequest) -> Response:
        """Make a cohort and manage it. 403 for who manages none."""
        asked = checked(NewCohortSerializer(data=request.data))
        made = services.create_cohort(manager=request.user, now=timezone.now(), **asked)
        shown = _shown(request.user).get(pk=made.pk)
        return Response(CohortSerializer(shown).data, status=status.HTTP_201_CREATED)


class CohortDetail(CohortEndpoint):
    @extend_schema(responses=CohortSerializer)
    def get(self, request: Request, pk: UUID) -> Response:
        """One cohort that I manage."""
        return Response(CohortSerializer(self.cohort(pk)).data)

    @extend_schema(request=ChangedCohortSerializer, responses=CohortSerializer)
    def patch(self, request: PersonApiRequest, pk: UUID) -> Response:
        """Rename it, archive it, or take it out of the archive."""
        asked = checked(ChangedCohortSerializer(data=request.data))
        services.change_cohort(cohort=self.cohort(pk), actor=request.user, now=timezone.now(), **asked)
        return Response(CohortSerializer(self.cohort(pk)).data)


class Members(CohortEndpoint, Listing):
    serializer_class = CohortPersonSerializer
    queryset = User.objects.none()
    sort_by = {"name": "last_name", "email": "email"}

    def get_queryset(self) -> Any:
        asked = checked(PartSerializer(data=self.request.query_params.dict()))
        return getattr(self.cohort(self.kwargs["pk"]), asked["part"]).all()

    @extend_schema(parameters=[PartSerializer], responses=CohortPersonSerializer(many=True))
    def get(self, request: Request, pk: UUID) -> Response:
        """Who is in it, or looks after it."""
        return self.list(request)

    @extend_schema(request=AddedSerializer, responses={201: CohortPersonSerializer})
    def post(self, request: PersonApiRequest, pk: UUID) -> Response:
        """Add a coach, a manager, or a member of another cohort of mine. Others are invited (422)."""
        asked = checked(AddedSerializer(data=request.data))
        about = {"cohort": self.cohort(pk), "actor": request.user, "now": timezone.now()}
        part, email = asked["part"], asked["email"]
        if part == "members":
            person = services.add_member(email=email, **about)
        else:
            person = services.add_helper(part=part, email=email, **about)
        return Response(CohortPersonSerializer(person).data, status=status.HTTP_201_CREATED)

    @extend_schema(request=None, parameters=[RemovedSerializer], responses={204: None})
    def delete(self, request: PersonApiRequest, pk: UUID) -> Response:
        """Take somebody out. 409 for the last manager."""
        asked = checked(RemovedSerializer(data=_snake(request)))
        services.remove_from_cohort(cohort=self.cohort(pk), actor=request.user, now=timezone.now(), **asked)
        return Response(status=status.HTTP_204_NO_CONTENT)


class Invitations(CohortEndpoint):
    @extend_schema(request=InvitedSerializer, responses={201: InvitationSerializer})
    def post(self, request: PersonApiRequest, pk: UUID) -> Response:
        """Make a link into the cohort."""
        asked = checked(InvitedSerializer(data=request.data))
        made = services.invite(cohort=self.cohort(pk), actor=request.user, now=timezone.now(), **asked)
        shown = InvitationSerializer(made, context={"request": request}).data
        return Response(shown, status=status.HTTP_201_CREATED)


def _shown(user: User) -> QuerySet[Cohort]:
    rows = Cohort.objects.managed_by(user).with_member_count()
    return rows.prefetch_related("managers", "coaches")


def _snake(request: Request) -> dict[str, str]:
    given = request.query_params
    return {"person_id": given.get("personId", ""), "part": given.get("part", "members")}
