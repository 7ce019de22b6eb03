"""Who is asked for a second look at scores; which ones, the QuerySets of the models say."""

from accounts.rules import coaches, is_admin
from knowledge.rules import is_editor

looks_at_scores = coaches | is_admin
decides_on_contests = looks_at_scores | is_editor
