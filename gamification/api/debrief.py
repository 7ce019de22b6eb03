"""REST of the debrief: a session's assessment, and what the learner expected of it."""

from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.response import Response

from accounts.api.base import revalidated
from accounts.errors import Missing
from accounts.requests import PersonApiRequest
from assessment.models import Assessment
from assessment.self_assessment import rate_oneself
from chat.api.base import SessionView
from chat.models import Status
from gamification.api.debrief_serializers import AssessmentSerializer, SelfAssessmentSerializer
from gamification.debriefing import debrief_of, note_seen, visible_session


@revalidated
class AssessmentView(SessionView):
    @extend_schema(responses=AssessmentSerializer)
    def get(self, request: PersonApiRequest, pk: UUID) -> Response:
        """How a finished session went, and why; `pending` until it is scored. The learner has seen it then."""
        now = timezone.now()
        session, shows_work = visible_session(request.user, pk, now=now)
        if session.status != Status.COMPLETED:
            if session.is_active:
                raise Missing(_("There is no assessment yet: the session is still active."))
            raise Missing(_("There is no assessment: the session was abandoned."))
        assessment = getattr(session, "assessment", None)
        if assessment is None or not assessment.is_done:
            known = assessment.status if assessment else Assessment.Status.PENDING
            return Response({"session_id": session.pk, "status": known})
        note_seen(request.user, session, now=now)
        return Response(AssessmentSerializer(debrief_of(session, shows_work=shows_work)).data)


class SelfAssessmentView(SessionView):
    @extend_schema(request=SelfAssessmentSerializer, responses={201: SelfAssessmentSerializer})
    def post(self, request: PersonApiRequest, pk: UUID) -> Response:
        """What the learner expects, before the score is seen; 409 afterwards. The same numbers again: the first."""
        asked = SelfAssessmentSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        session = self.own(pk)
        made = rate_oneself(session_id=session.pk, ratings=asked.validated_data, now=timezone.now())
        return Response(SelfAssessmentSerializer(made).data, status=status.HTTP_201_CREATED)
