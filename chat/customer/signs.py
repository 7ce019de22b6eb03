"""What a clause shows of how it is built: patterns in plain text, by name."""

import re

from chat.customer.library import lexicon
from chat.customer.normalise import any_of

_LEAD = r"^(?:(?:and|so|ok|okay|now|then|right|well|but|just|also|oh|hi|please|meanwhile|sorry|again),? )*"
_OWN_SIDE = r"(?:here|(?:our|my|the it|the desk's) (?:side|end))"

_THING = (
    r"(?:bug|button|cable|plug|design|icon|machine|computer|laptop|printer|dock|screen|monitor|system|software|program"
    r"|app|page|site|web ?site|pop-?up|message|text|error|setting|update|phone|password|rule|policy|port|box|tool)"
)
_FEELINGS = "|".join(lexicon()["concepts"]["feeling"])
_INSULTS = "|".join(re.escape(str(word)) for word in lexicon()["concepts"]["insult"])
_CODE = r"(?:codes?|prompts?|push|notifications?|requests?|texts?|sms|pop-?ups?)"
_RANG = (
    r"(?:rang|rung|called|phoned|dial?led|telephoned|buzzed|belled|tried (?:to )?(?:call|ring|phon|reach)\w*)"
)

# Each says something of a clause in plain text.
SIGNS = {
    "question": any_of(r"\?"),
    "asks": any_of(
        _LEAD
        + r"(?:do|does|did|is|are|was|were|have|has|had|who|what|when|which|where|how(?! about)|why(?! not| do not)|should|shall(?! we))\b"
    ),
    # A question by its words alone: nobody is told to do what it speaks of.
    "asks_plainly": any_of(
        _LEAD
        + r"(?:does|did|is|are|was|were|has|had|who|which|where|have (?:you|they|we|i|it|there)|what (?!you\b|i\b|we\b|about\b|if\b))\b"
    ),
    "asks_tag": any_of(
        r"\b(?:are|is|am|do|did|does|have|has|can|will|would|was|were)(?: not)? (?:you|i|it|he|she|that|they|there)\W*$"
    ),
    "yes_or_no": any_of(_LEAD + r"(?:have|has|are|is|do|does|can|could)\b(?! a\b)"),
    "about_a_person": any_of(_LEAD + r"(?:who|what|when)\b"),
    "wants": any_of(
        r"\b(?:i|we)(?: would| will| might| just| really| also| am| do)*(?: going to)?"
        r" (?:like|need|want|ask|asking|suggest|recommend|recommending|advise|propose|think|guess|hope|require|love)\b",
    ),
    "own_plan": any_of(
        r"\bi(?: would| will| just| really| also)* (?:want|need|like|love) to (?!ask|know|see|have you|get you)\w"
    ),
    "when_i": any_of(
        _LEAD + r"(?:once|when|after|as soon as|until) (?:i|we)\b",
        _LEAD
        + r"(?:once|when|after|as soon as|until) (?!you\b)[^,]*?\b(?:approv\w+|agree[sd]?|grant\w*|confirm\w*|says? yes"
        r"|unlock\w*|assign\w*|arriv\w+|answers?|is (?:done|live|active|through|ready))\b",
    ),
    "should_it": any_of(
        _LEAD
        + r"(?:if|should|whenever) (?:it|that|this) (?:happens?|comes? back|fails?|breaks?|returns?|goes|stops?)\b"
    ),
    "nothing_of": any_of(r"^(?:(?:and|so|but|please|ok|sorry),? )*no (?!luck|joy|signal|error|one|sound)\w+"),
    "agent": any_of(
        _LEAD
        + r"(?:i|we|let me(?! (?:see|have) (?:\w+ ){0,3}?(?:screenshot|picture|photo|image|snap|mail|file|log)))\b"
    ),
    "our_side": any_of(rf"\b(?:from|on|at) {_OWN_SIDE}\b", r"\bremotely\b", r"\bmyself\b"),
    "did": any_of(
        _LEAD
        + r"(?:i|we)(?: have| had| just| already| also| now| went ahead and| only)* (?:\w+ed|done|did|put|set|made|sent|reset|gave|got|took)\b",
        r"^(?:just |already |now )+\w+ed\b",
    ),
    "will": any_of(
        r"\b(?:i|we) (?:will|am going to|are going to|would|can|could|may|might|shall|have to|need to|must|should)\b",
        r"\bonce you\b",
    ),
    "past_question": any_of(
        _LEAD + r"(?:did|have|has|had)(?: not)? (?:you(?! know| got)|anyone|anybody|someone|somebody)\b",
        _LEAD + r"(?:did|have|has|had|was|were) (?:\w+ ){0,2}(?:\w+ing)\b",
        _LEAD + r"(?:you |you have |you had )?(?:already|tried)\b",
        _LEAD + r"you (?:have )?(?:already )?(?:tried|rebooted|restarted|done)\b",
    ),
    "past_of_others": any_of(
        _LEAD + r"(?:did|has|had|was|were|have(?! a\b)) (?:my|our|your|the|he|she|they|it|that|this|a|we|i)\b"
    ),
    "offer": any_of(
        r"\b(?:should|shall|may|can|could) i\b(?! get| have| see)|\bshould we\b",
        r"\b(?:want|like|ok for|okay for|prefer|need) (?:me|us) to\b",
    ),
    "third": any_of(
        _LEAD + r"(?:he|she|they)\b",
        _LEAD
        + r"(?:my|our|the other|another|some|a) (?:\w+ ){1,3}?(?:said|says|told|always|normally|usually|did|does|used|never|comes?|came|went|rang|called|asked|walked|brought|broke|lost)\b",
        _LEAD
        + r"(?!you\b|it\b|i\b|we\b|what\b|who\b|ticket\b|case\b|chat\b)[a-z]+ (?:just |also |already )?(?:said|says|told|always|normally|usually|himself|herself|escalated|restarted|rebooted|updated|closed|called|walked|came|brought|rang|asked)\b(?! (?:it|that|me|you|us) (?:now|please))",
        r"\b(?:the|a|some|other) (?:\w+ ){0,2}(?:users?|colleagues?|people|customers?|fellow|lad|guy|woman|man|bloke)\b.*\b\w+(?:s|ed)\b(?! .*\byou)",
    ),
    "stated": any_of(
        r"^(?:(?:a|an|these|those|such|most|new|all) )?(?:updates?|restarts?|reboots?|codes?|prompts?|passwords?|cables?|drivers?|browsers?"
        r"|tickets?|hotspots?|calls?|sessions?|ports?|policies|sponsors?|managers?|closing time) (?:often |mostly )?(?:come|comes|go|goes"
        r"|fails?|failed|are|is|was|were|happens?|takes?|helps?|runs?|expires?|gets?|costs?|works?|can|may|might|would|does|do|never|always|has|have)\b",
        r"^(?:and |but |so )*it (?!(?:is|needs|wants|says|has|works|was|does)\b)(?:\w+ )?\w+(?:s|ed)\b(?!.*\?)",
        r"^(?!.*\b(?:please|let us|needs?|should|must|has to|have to|make sure|ensure|check|see)\b)(?:\w+ ){1,4}?(?:get|gets|got|was|were|been|being)"
        r" (?:\w+ ){0,2}?(?:re\w+ed|updated|patched|closed|escalated|passed|signed|logged|plugged|unplugged|swapped)\b",
        r"^(?:the|this|that|my|our|a|some|his|her|their) (?:[\w-]+ ){1,6}?(?:is|are|was|were|will|has|had|froze|crashed)\b",
        r"^(?:and )?(?:the|this|that|my|our) (?:\w+ ){1,3}works?\b",
        r"^(?:(?:and|so|i think|i guess|hm+|no|well),? )*(?:maybe|perhaps|probably|possibly|presumably) (?:it|that|this) (?:is|was)\b(?!.*\b(?:best|better)\b)",
    ),
    "later": any_of(
        r"\byou (?:may|might|could|will probably)(?: \w+)? (?:have|need) to\b|\b(?:better|rather) not\b",
        r"\bnot (?:now|yet|just yet)\b|\byet\W*$|\b(?:until|till) (?:i|we)\b|\bbefore (?:you|we|i)\b|\b(?:maybe )?later\W*$|\b(?:leave|keep|stay|hold|not|no)\b.*\bfor now\W*$",
        r"\bwait (?:with|before|until)\b|^(?:please )?skip the\b|\bstop \w+ing\b|\bhold fire\b",
        r"\bleave (?:it|that|the \w+)(?: \w+)? (?:on|alone|as|in|running|open|be)\b",
        r"\b(?:stay|keep) (?:it |that |the |your )?(?:\w+ )?(?:signed|logged|connected|in|on|open|running|plugged)\b",
        r"\b(?:if|should|when|whenever) (?:it|that) (?:happens|comes back|fails|breaks|still|does)\b|\bin case\b",
    ),
    "depends": any_of(r"\b(?:if|unless|whether|once)\b"),
    "denies": any_of(
        r"\b(?:i|we) (?:have|do|did|will|am|are|can|would|could|had)(?: \w+)? not\b(?! catch| hear| get your)",
        r"\bit is not\b|\bnot (?:a|an|the|one for|any)\b|\b(?:will|can|does) not (?:help|work|fix)\b|\b(?:is|are) not\b",
        r"\bnothing (?:was|has been|is) (?:changed|done|reset)\b",
        r"^(?:\w+ )?no (?!luck|joy|signal|error)\w+|^not \w+ing\b",
    ),
    "cause_denied": any_of(
        r"\b(?:it|this|that) (?:is|was) not\b|\b(?:i|we) (?:do|can|have|am) not\b|\bnot (?:because|the|a|an|for)\b"
    ),
    "kind": any_of(
        r"\b(?:stupid|silly|dumb|daft|clumsy) me\b|\bi am (?:\w+ ){0,3}?(?:fool|idiot|stupid|daft|dumb|silly|clown)\b",
        rf"\b(?:stupid|dumb|silly|daft|useless|bloody|idiotic|rubbish|pathetic) (?:\w+ ){{0,2}}?{_THING}s?\b",
        rf"\b{_THING}s? (?:is|are|was) (?:so |really |just |a )?(?:stupid|dumb|silly|daft|useless|rubbish|pathetic)\b",
        r"\b(?:nobody|no one|none of us) (?:\w+ )?(?:says?|thinks?|blames?|blaming|said)\b",
        r"\bnot (?:\w+ )?(?:stupid|dumb|an idiot|silly|your fault|to blame|daft|thick)\b",
        r"\bno such thing\b",
    ),
    "you_ring": any_of(
        r"\byou (?:can|may|could|should|might) (?:\w+ )?(?:ring|call|phone|contact)\b",
        r"\b(?:ring|call|phone) (?:us|me)\b",
    ),
    # "May I ring you?" asks for leave, "I rang you" speaks of it as over: neither is the call.
    "asks_leave": any_of(
        _LEAD
        + r"(?:can|could|may|might|shall|should|would|is|are|do|mind|ok if|okay if|how about|what about)\b",
        r"\b(?:ok|okay|all ?right|fine|good)(?: (?:with|for|by) you)?\W*\?",
    ),
    "rings_now": any_of(
        r"\b(?:will|going to|am|are|now) (?:now |just |be )?(?:ring|call|phon|dial|bell|buzz)\w*\b"
    ),
    "rang": any_of(
        rf"(?<!if )\b(?:i|we)(?: have| had| just| already| did| also| only)* {_RANG}\b",
        rf"^(?:just |already |and )*{_RANG}\b(?!.*\?)",
    ),
    "sends": any_of(r"\b(?:i|we|my|our)\b", r"\b(?:sent|sending|approve|accept|tap|press|hit|read|tell)\b"),
    # "Has the code arrived?", but not "do you have such a thing as a code?".
    "came": any_of(
        _LEAD
        + rf"(?:did|do|does|has|have|had|was|were|is|are)\b.*\b(?:it|(?:the|that|this|my|our) (?:\w+ )?{_CODE})\b"
    ),
    "asks_state": any_of(_LEAD + r"(?:did|do|does|has|have|had|was|were|is|are)\b"),
    "insults": any_of(rf"\b(?:{_INSULTS})\b"),
    # "I hope the fever goes down": kindness, though it sounds like a farewell.
    "wishes_health": any_of(
        r"\bhope\b(?!.*\b(?:bye|day|week|weekend|evening|ticket|case)\b)"
        r".*\b(?:better|well soon|fever|recover\w*|pain|goes down|feel\w*|heals?|ease[sd]?|gets? over)\b",
        r"^(?:(?:oh|aw|no|ah),? )*(?:you )?poor\b|\bget well\b",
    ),
    "says_bye": any_of(
        r"\b(?:bye|goodbye|tickets?|cases?|clos\w+|cheers|day|weekend|evening|take care|that is (?:all|it))\b"
    ),
    "others_ring": any_of(r"^(?:someone|somebody|they|the|a|an|he|she|second line|level)\b(?! number)"),
    "closes_thing": any_of(
        r"\bclose (?:\w+ ){0,3}?(?:tabs?|windows?|apps?|programs?|pop-?up|box|browser|files?|lid|laptop|document"
        r"|dialog|message|everything else|outlook|teams|excel|word|chrome|it down)\b",
        r"\bclose and\b",
    ),
    "about_error": any_of(
        r"\berrors?\b",
        r"\bany (?:\w+ )?code\b",
        r"\bcode (?:\w+ )?(?:on|in) (?:the|that|your) (?:\w+ )?(?:screen|window|box|message)\b",
    ),
    "their_boss_does": any_of(
        _LEAD
        + r"(?:is|when|does|has|will|did|can|was|are|could) (?!i |you (?:name|tell|give|say))(?:\w+ ){0,2}your (?:manager|boss|team|department|supervisor)\b"
    ),
    "of_ticket": any_of(r"\b(?:ticket|case|chat|request|conversation|incident|job|this one|we)\b"),
    "mail_or_page": any_of(
        r"\b(?:e?mail|article|guide|page|pop-?up|wizard|warning|manual|on screen|screen|message|update|leaflet)\b"
    ),
    "allows": any_of(
        r"\bnot refusing\b|\b(?:no|not any) (?:policy|rules?)\b",
        r"\b(?:policy|policies|rules?) (?:\w+ )?(?:allows?|permits?|says? you (?:can|may))\b",
        r"(?<!not )\b(?:is|are) (?:allowed|permitted)\b(?!.*\bnot\b)",
    ),
    # Not able, rather than not willing: a hand-over follows.
    "unable": any_of(
        r"\b(?:can|could|am) not (?:able to )?(?:\w+ ){1,5}?(?:from here|from (?:my|our) (?:side|end|desk)|myself|at my level|with my rights)\b",
        r"\b(?:do not have|lack|have no) (?:the )?(?:rights?|access|permissions?|tools?)\b",
    ),
    # To nobody here: "now where is my pen", "wrong chat".
    "to_self": any_of(
        r"^(?:(?:now|hm+|so|oh|and|right|ok|well),? )*(?:where (?:did i|have i|was i|is (?:that|my|the) (?:\w+ )?\w+ (?:again|gone|now))|what was i)\b",
        r"\bwrong (?:chat|window|person|customer|tab)\b|\b(?:was|is|were) (?:meant )?for (?:someone else|somebody else|another|a colleague|my)\b",
    ),
    "what_happens": any_of(
        r"^(?:(?:and|so|ok|then),? )*what (?:happens|comes|appears|pops|shows|do you (?:see|get))\b"
    ),
    "which_target": any_of(
        r"\b(?:which|what) (?:printer|folder|drive|mailbox|file|page|site|socket|port|screen|account)\b"
        r".*\b(?:send|sending|print|printing|set|default|chosen|choose|pick|select|selected|open|save)\b"
    ),
    "signs_out": any_of(r"\b(?:out|off|back|fresh|session|relog|logoff|logout|signout|re-?log\w*)\b"),
    "signs_in": any_of(r"\b(?:sign|log)(?: yourself)? in\b|\blogin\b"),
    "now_can_you": any_of(
        r"^(?:(?:and|so|ok),? )*(?:(?:can|could|are|does|do) (?:you|it|that|the \w+|your \w+)|is (?:it|that))\b.*\bnow\W*\?"
    ),
    "must_feel": any_of(
        rf"\b(?:must|has to|have to) (?:be|have been|feel) (?:\w+ )?(?:{_FEELINGS})\b",
        rf"\b(?:sounds|how|so|really|very) (?:{_FEELINGS})\b",
    ),
    "some_or_all": any_of(
        r"\b(?:all|every|each|always)\b.* or (?:just |only )?(?:some|one|sometimes|now and|a few|this|certain|particular)\b"
    ),
    "leaving": any_of(r"^(?!.*\b(?:you|tried|done|did)\b)(?:.*\b\w+ing|[^?]*) already\W*$"),
    "meta": any_of(
        r"\b(?:ai|bots?|simulat\w+|scenario|system prompt|instructions?|prompts?|roles?|grad(?:er|ing)|scor(?:e|es|ing)|points|xp|marks"
        r"|stars|rating|rubric|hidden|root cause|facts?|developer|character|acting|jailbreak|assistant|debrief|goals?"
        r"|patience|trust|assess\w+|examiner|judge|verified|evaluat\w+|language model|test|pass|solution|answer)\b(?<!pay grade)"
    ),
    "sums_up": any_of(
        r"\blet (?:me|us) (?:see|check|make sure|be sure) (?:if |whether |that )?(?:i|we) (?:have |did )?(?:got|get|understood|understand)\b",
        r"\bget (?:this|that|it|you) (?:straight|right)\b",
    ),
    "when_needed": any_of(
        r"\b(?:by when|when|until when|how soon) (?:do|does|must|will|should|would) (?:you|it|they|the \w+)\b"
        r".*\b(?:need|have to|must|due|want|be (?:done|ready|back|in))\b",
    ),
    "who_or_when": any_of(_LEAD + r"(?:who|whose|when|why(?! not| do not))\b"),
    "of_our_code": any_of(
        r"\b(?:sees?|gets?|got|gotten|have|has|receive[ds]?|read|comes?|came|shows?|approve\w*|tap\w*|accept\w*|sen[dt]|pushe?d?|prompt\w*|there|arrive[ds]?|tell|what|pop\w*)\b"
    ),
    "asks_which": any_of(_LEAD + r"(?:what|which)\b"),
    "took_in": any_of(r"\b(?:understood|understand|got|heard|noted|gathered|take it|read|see)\b"),
    "so_sorry": any_of(r"\bso sorry\b|\b(?:sorry|apologies) (?:for|about|that|to|i|we|you)\b|\bapolog"),
    "hears": any_of(r"\bsorry to hear\b|\bsorry (?:that )?you (?:are|feel)\b"),
    "no_thanks": any_of(r"\bno,? thank|\bnot me\b"),
    "into_a_form": any_of(
        r"^(?:please |now |just |then )*(?:type|enter|put in|confirm|change|reset|set)\b(?!.*\b(?:here|chat|me|us)\b)",
        r"\b(?:into|in|on|at) (?:the|that) (?:\w+ )?(?:portal|page|screen|field|box|prompt|window|form|app)\b",
    ),
    "no_use": any_of(
        r"(?<!why )\bnot\b|\b(?:is|are|was|were|still|currently) (?:\w+ )?(?:down|closed|shut|broken|offline)\b"
    ),
}
