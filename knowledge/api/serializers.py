"""Shapes of the wire; camelCase is put on by the renderer."""

from rest_framework import serializers

from knowledge.markdown import render
from knowledge.models import Article, ArticleRating, Category, Credibility


class ArticleSummarySerializer(serializers.ModelSerializer):
    tags = serializers.ListField(child=serializers.CharField(), read_only=True)

    class Meta:
        model = Article
        fields = [
            "id",
            "slug",
            "title",
            "summary",
            "category",
            "tags",
            "credibility",
            "status",
            "version",
            "updated_on",
        ]
        read_only_fields = fields


class ArticleSerializer(ArticleSummarySerializer):
    """`body` is Markdown as written, `html` is safe to show."""

    html = serializers.SerializerMethodField()

    class Meta(ArticleSummarySerializer.Meta):
        fields = [*ArticleSummarySerializer.Meta.fields, "body", "html"]
        read_only_fields = fields

    def get_html(self, article: Article) -> str:
        return render(article.body)


class TextSerializer(serializers.ModelSerializer):
    """What a trainer writes; status and version follow from it."""

    tags = serializers.ListField(
        child=serializers.CharField(max_length=40), max_length=20, required=False, default=list
    )

    class Meta:
        model = Article
        fields = ["title", "summary", "body", "category", "tags", "credibility", "updated_on"]
        extra_kwargs = {
            "body": {"max_length": 100_000},
            "credibility": {"required": True},
            "updated_on": {"required": False, "help_text": "The date readers see; today unless told."},
        }


class NewArticleSerializer(TextSerializer):
    slug = serializers.SlugField(max_length=120, required=False, help_text="From the title unless told.")

    class Meta(TextSerializer.Meta):
        fields = ["slug", *TextSerializer.Meta.fields]


class HitSerializer(serializers.Serializer):
    """`snippet` is safe HTML with the words found in `<mark>`."""

    article = ArticleSummarySerializer()
    score = serializers.FloatField()
    snippet = serializers.CharField()


class SearchSerializer(serializers.Serializer):
    q = serializers.CharField(required=False, allow_blank=True, default="", help_text="Any words.")
    category = serializers.ChoiceField(Category.choices, required=False, allow_blank=True)
    credibility = serializers.ChoiceField(Credibility.choices, required=False, allow_blank=True)


class RatingSerializer(serializers.ModelSerializer):
    helpful = serializers.BooleanField()

    class Meta:
        model = ArticleRating
        fields = ["helpful", "version", "rated_at"]
        read_only_fields = ["version", "rated_at"]
