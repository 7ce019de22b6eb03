"""What the learner says to have looked at, and whether anything seen by then could tell of it."""

import re

from assessment.scoring.attempt import Happening
from assessment.scoring.deeds import action_words
from assessment.scoring.record import Record
from assessment.scoring.words import normal

Log = list[Happening]

# By subject: words for a thing, and more words of what can tell of it. A thing of no subject cannot be judged.
THINGS = (
    (
        r"lines?|connections?|networks?|internet|wi-?fi|dns|routers?|signal|bandwidth",
        r"vpn|gateways?|address(?:es)?|resolvers?|sockets?|ports?|switch|wireless|hotspot|(?:web ?)?sites?|sessions?|provider",
    ),
    (r"vpn|gateways?", r"networks?|sessions?|connect\w*|certificates?"),
    (
        r"servers?|services?|systems?|outages?",
        r"incidents?|status|monitor|calendar|gateways?|vpn|dns|resolvers?|storage|queues?|drives?|(?:web ?)?sites?",
    ),
    (r"print(?:ers?|s|ing)|queues?|print jobs?", r"badge"),
    (
        r"mail ?box(?:es)?|e?-?mails?|inbox|forwarding|(?:mail )?rules?",
        r"messages?|consents?|delegates?|calendar|sign-ins?",
    ),
    (r"calendars?|meetings?|invitations?", r"delegates?|consents?|events?|mail\w*"),
    (
        r"accounts?|profiles?|log-?ins?|sign-?ins?|user ?names?|passwords?|rights|permissions?|groups?|access|second factor|authenticator",
        r"directory|signed in|methods?|member\w*|locked|lockouts?|licen[cs]es?|contract|consents?|sessions?|files?|folders?",
    ),
    (r"licen[cs]es?|subscriptions?", r"assign\w*|transfer\w*"),
    (r"certificates?|certs?", r"expired?|valid\w*|tls|vpn"),
    (
        r"laptops?|computers?|pc|machines?|notebooks?|devices?|batter(?:y|ies)|drivers?|updates?|asset",
        r"model|register|contact|management|health|recall\w*|inventory|ports?|screen|phones?|dock",
    ),
    (
        r"files?|folders?|drives?|shares?|storage|backups?|versions?|workbooks?",
        r"rights|uploads?|groups?|restore\w*",
    ),
    (r"managers?|departments?|employee|personnel|phone number|number on (?:record|file)", r"directory"),
)
SUBJECTS = tuple(
    (re.compile(rf"\b(?:{thing})\b"), re.compile(rf"\b(?:{thing}|{teller})\b")) for thing, teller in THINGS
)
THE_THING_IS_FINE = (
    rf"\b(?:{'|'.join(thing for thing, _ in THINGS)})(?: works?\b| runs?\b|(?:'s| is| are| looks?| seems?)"
    r"(?: all| perfectly| quite| completely| also| absolutely)*"
    r" (?:fine|ok|okay|good|great|healthy|clean|stable|normal|up|running|working|in order|all ?right)\b)"
)
LOOKED = r"(?:checked|tested|looked (?:at|into|up|through)|had a (?:\w+ )?look (?:at|into)|examined|reviewed|inspected)"
FROM_HERE = r"(?:here|from (?:here|my side|our side)|(?:on|at) (?:my|our|this) (?:side|end)|in (?:my|our) (?:system|tool|console|monitor)s?)"
# Where the object of a look ends.
CUT = re.compile(r"[,;:–]| - |\b(?:and|but|now|so|because|for you|while|please)\b")
OPENED = frozenset({"console", "lookup", "search", "article"})
DIRECTORY = "directory account profile employee manager department number record user name"


def looked(record: Record, log: Log, said: re.Match[str]) -> bool:
    """Whether anything that was opened by then may tell of what was "checked"; without a thing, anything at all."""
    kinds = {e.kind for e in log}
    if not kinds & {"action", *OPENED}:
        return False
    read = [str(e.data.get("slug") or e.data.get("query")) for e in log if e.kind in ("article", "search")]
    seen = f"{_seen(record, log)} {normal(' '.join(read)).replace('-', ' ')}"
    return _tells(seen, _object(said), unknown=bool(kinds & OPENED))


def shown(record: Record, log: Log, said: re.Match[str]) -> bool:
    """Whether anything seen by then shows how the thing is that is called fine; an article or a search shows nothing."""
    return _tells(_seen(record, log), said[0])


def _object(said: re.Match[str]) -> str:
    return CUT.split(said.string[said.end() :])[0]


def _tells(seen: str, text: str, *, unknown: bool = False) -> bool:
    """Whether what was seen can tell of one of the things of a text; `unknown`: the answer where it names none."""
    tellers = [tells for things, tells in SUBJECTS if things.search(text)]
    return any(tells.search(seen) for tells in tellers) if tellers else unknown


def _seen(record: Record, log: Log) -> str:
    """Words of what was used, done and found out by then."""
    world = record.world
    told = [DIRECTORY for e in log if e.kind == "lookup"]
    for e in log:
        name = str(e.data.get("action", e.data.get("fact", "")))
        if e.kind in ("console", "action"):
            tool = world.tools.get(name)
            told.append(f"{action_words(record, name)} {tool.label if tool else ''}")
        elif e.kind == "fact" and name in world.facts:
            told.append(world.facts[name].say)
    return normal(" ".join(told))
