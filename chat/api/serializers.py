"""Shapes of the session endpoints (wire contract)."""

from typing import Any

from rest_framework import serializers

from chat.models import Message, MessageType, Mode, Session, TicketStatus, Voice, Weight
from chat.selectors import session_view, slugs_of
from knowledge.models import Category
from scenarios.world.document import LEVELS
from scenarios.world.state import FACTORS


class MessageSerializer(serializers.ModelSerializer):
    class Meta:
        model = Message
        fields = [
            "id",
            "seq",
            "sender_type",
            "message_type",
            "text",
            "created_at",
            "turn_id",
            "in_reply_to",
            "client_id",
        ]

    def to_representation(self, message: Message) -> dict[str, Any]:
        shown = super().to_representation(message)
        if message.sender_type == "user":
            shown["turn_id"] = None  # ours is only kept to know what is answered
        return shown


class TranscriptMetaSerializer(serializers.Serializer):
    """`total` counts the whole transcript; `last_seq` is its newest message."""

    limit = serializers.IntegerField()
    total = serializers.IntegerField()
    last_seq = serializers.IntegerField()


class TranscriptLinksSerializer(serializers.Serializer):
    first = serializers.URLField()
    prev = serializers.URLField(allow_null=True)
    next = serializers.URLField(allow_null=True)
    last = serializers.URLField()


class TranscriptSerializer(serializers.Serializer):
    data = MessageSerializer(many=True)
    meta = TranscriptMetaSerializer()
    links = TranscriptLinksSerializer()


class SendMessageSerializer(serializers.Serializer):
    message = serializers.CharField(trim_whitespace=False, allow_blank=True)
    message_type = serializers.ChoiceField(MessageType.choices, default=MessageType.REPLY)
    client_id = serializers.UUIDField()


class TicketSerializer(serializers.Serializer):
    number = serializers.CharField()
    subject = serializers.CharField()
    description = serializers.CharField()
    channel = serializers.CharField()
    requester = serializers.CharField()
    category = serializers.ChoiceField(Category.choices)
    impact = serializers.ChoiceField(Weight.choices)
    urgency = serializers.ChoiceField(Weight.choices)
    priority = serializers.ChoiceField([(p, p) for p in ("P1", "P2", "P3", "P4")])
    status = serializers.ChoiceField(TicketStatus.choices)
    sla_pause_reason = serializers.CharField(allow_null=True)
    paused_at = serializers.DateTimeField(allow_null=True)
    first_response_due = serializers.DateTimeField()
    first_response_at = serializers.DateTimeField(allow_null=True)
    resolution_due = serializers.DateTimeField()


class FactorSerializer(serializers.Serializer):
    factor = serializers.ChoiceField([(f, f) for f in FACTORS])
    label = serializers.CharField()
    said = serializers.CharField(allow_null=True)
    message_id = serializers.UUIDField(allow_null=True)
    on_record = serializers.CharField(allow_null=True)
    outcome = serializers.ChoiceField([("match", "match"), ("mismatch", "mismatch")], allow_null=True)


class VerificationSerializer(serializers.Serializer):
    level = serializers.ChoiceField([(x, x) for x in LEVELS])
    marked = serializers.ChoiceField(
        [(x, x) for x in LEVELS], help_text="What the learner's marks amount to."
    )
    required = serializers.ChoiceField([(x, x) for x in LEVELS])
    record_seen = serializers.BooleanField()
    factors = FactorSerializer(many=True)


class RunSerializer(serializers.Serializer):
    """One use of the console; `result` is null until `ready_at`."""

    id = serializers.UUIDField()
    action = serializers.CharField()
    label = serializers.CharField()
    at = serializers.DateTimeField()
    ready_at = serializers.DateTimeField()
    status = serializers.ChoiceField([("running", "running"), ("done", "done")])
    result = serializers.CharField(allow_null=True)


class HintSerializer(serializers.Serializer):
    """`level`: 1 asks back, 2 points the way, 3 shows a line; `cost`: points of the technical dimension."""

    level = serializers.IntegerField(min_value=1, max_value=3)
    text = serializers.CharField()
    at = serializers.DateTimeField()
    cost = serializers.IntegerField()


class SessionSerializer(serializers.Serializer):
    """The whole view of a session; nothing hidden is in it."""

    id = serializers.UUIDField()
    scenario_id = serializers.UUIDField()
    title = serializers.CharField()
    mode = serializers.ChoiceField(Mode.choices)
    voice = serializers.ChoiceField(Voice.choices, help_text="Who puts the customer's words.")
    status = serializers.CharField()
    ended_by = serializers.CharField(allow_null=True)
    customer = serializers.CharField()
    customer_left = serializers.BooleanField()
    started_at = serializers.DateTimeField()
    finished_at = serializers.DateTimeField(allow_null=True)
    last_seq = serializers.IntegerField()
    ticket = TicketSerializer()
    verification = VerificationSerializer()
    runs = RunSerializer(many=True)
    resolution = serializers.DictField(allow_null=True, help_text="As far as written.")

    def to_representation(self, session: Session) -> dict[str, Any]:
        return session_view(session)


class VerifySerializer(serializers.Serializer):
    factor = serializers.ChoiceField([(f, f) for f in FACTORS])
    outcome = serializers.ChoiceField([("match", "match"), ("mismatch", "mismatch")])
    message_id = serializers.UUIDField(required=False, allow_null=True)


class ActSerializer(serializers.Serializer):
    action = serializers.CharField(max_length=60)
    args = serializers.DictField(required=False)


class OfferedSerializer(serializers.Serializer):
    action = serializers.CharField()
    label = serializers.CharField()
    about = serializers.CharField()
    seconds = serializers.IntegerField()
    kind = serializers.ChoiceField([(k, k) for k in ("proof", "diagnostic", "action")])
    gate = serializers.ChoiceField([(x, x) for x in ("none", "low", "high")])


class ConsoleSerializer(serializers.Serializer):
    data = OfferedSerializer(many=True)
    runs = RunSerializer(many=True)


class ChangeTicketSerializer(serializers.Serializer):
    category = serializers.ChoiceField(Category.choices, required=False)
    impact = serializers.ChoiceField(Weight.choices, required=False)
    urgency = serializers.ChoiceField(Weight.choices, required=False)
    status = serializers.ChoiceField([("open", "open"), ("pending", "pending")], required=False)


class DocumentationSerializer(serializers.Serializer):
    problem = serializers.CharField(max_length=1000, allow_blank=True, default="")
    cause = serializers.CharField(max_length=1000, allow_blank=True, default="")
    steps = serializers.CharField(max_length=1000, allow_blank=True, default="")
    test = serializers.CharField(max_length=1000, allow_blank=True, default="")


class ResolutionSerializer(serializers.Serializer):
    """A resolution, or a draft of one. `services.resolve` says what is missing."""

    resolution_type = serializers.ChoiceField(
        [(k, k) for k in ("resolved", "escalated", "declined")], required=False, allow_blank=True
    )
    documentation = DocumentationSerializer(required=False)
    cited_article_ids = serializers.ListField(child=serializers.UUIDField(), default=list, max_length=50)
    escalation_team = serializers.CharField(max_length=60, allow_blank=True, default="")
    escalation_reason = serializers.CharField(max_length=500, allow_blank=True, default="")
    decline_reason = serializers.CharField(max_length=500, allow_blank=True, default="")
    reported_to_security = serializers.BooleanField(default=False)

    def resolution(self) -> dict[str, Any]:
        """In the words of `chat.services.resolve`."""
        data = self.validated_data
        kind = data.get("resolution_type", "")
        return {
            "type": kind,
            "documentation": dict(data.get("documentation") or {}),
            "cited": slugs_of(data["cited_article_ids"]),
            "team": data["escalation_team"].strip(),
            "reason": data["decline_reason" if kind == "declined" else "escalation_reason"].strip(),
            "reported": data["reported_to_security"],
        }


class PendingSerializer(serializers.Serializer):
    status = serializers.CharField()


class ResolvedSerializer(serializers.Serializer):
    session = SessionSerializer()
    assessment = PendingSerializer()


class PersonSerializer(serializers.Serializer):
    """A record of the fictional company's directory."""

    id = serializers.CharField()
    name = serializers.CharField()
    username = serializers.CharField()
    employee_id = serializers.CharField()
    asset_tag = serializers.CharField(allow_null=True)
    department = serializers.CharField()
    manager = serializers.CharField()
    phone_on_file = serializers.CharField()
    account_state = serializers.CharField()
    groups = serializers.ListField(child=serializers.CharField())


class DeviceSerializer(serializers.Serializer):
    """A record of its asset register."""

    id = serializers.CharField()
    tag = serializers.CharField()
    model = serializers.CharField()
    os = serializers.CharField()
    software = serializers.ListField(child=serializers.CharField())
    location = serializers.CharField()
    owner = serializers.CharField()
