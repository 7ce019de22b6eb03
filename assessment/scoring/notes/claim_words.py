"""How notes put what they claim: formal, terse, abbreviated, as a newcomer to English would. Case does not matter."""

import re

_SEEN = r"(?:checked|chec'?kd|chkd|chk'?d|ck'?d|verified|verif'?d|vrfd|vfd|confirmed|conf'?d|established|proved|proven|validated|authenticated)"
_BE = r"(?:(?:was|is|were|are|has|have|had|been|got|fully|successfully|duly|correctly|properly|now|also|first|then|both|all|each|of|the|caller|customer|user)\s+)*"
_WHO = r"(?:caller|customer|cust|user|usr|client|requester|requestor|person|account holder|pt|him|her|them)"
CUSTOMER = r"(?:caller|customer|cust|user|usr|client|requester|she|he|they)"
_OK = r"(?:ok(?:ay)?|done|complete[d]?|passed|successful|success|positive|matched|matches|match|match(?:es)?|good|fine|cleared|genuine)"
_PARTLY = r"\W+(?:with|via|by|over|through|on|in|at|from|for|only|except|elsewhere)\b"  # it works there, and not here
_RUN = r"(?:works?|working|worked|fixed|fine|ok(?:ay)?|solved|resolved|connected|connects|success\w*|back (?:up|online|to normal)|runs|running)"
ITEMS = {
    "employee_id": r"(?:employee|emp|staff|personnel)\.?\W?(?:id|no|nr|number|num|#)\b",
    "asset_tag": r"asset\W?(?:tag|no|number|id)?\b",
    "manager": r"(?:line )?(?:manager|mgr|supervisor|boss|sponsor)(?:'s)?(?: name)?\b",
    "phone_on_file": r"phone (?:no|number)\b",
    "username": r"user\W?name\b",
    "callback": r"(?:call\W{0,3}back|\bcb\b)",
    "push_code": r"(?:push(?: code| prompt)?|code (?:on|to|from) (?:the )?(?:enrolled|registered) (?:device|phone))\b",
}
_ITEM = "(?:" + "|".join(ITEMS.values()) + ")"
_LINK = r"(?:\s*(?:,|and|&|\+|plus|as well as|/)\s*(?:the |his |her |their |a |via |by |with )*)"
_BY = r"(?:\W+(?:by|via|with|through|using|thru|against|per|w/|over|two items|2 items|both)\b)*\W*(?:the |his |her |their |a |matching )*"


def _pattern(*ways: str) -> re.Pattern[str]:
    return re.compile("|".join(ways), re.IGNORECASE)


VERIFIED = _pattern(
    rf"(?<!employee )(?<!user )(?<!staff )(?<!emp )(?<!asset )\b(?:identity|identification|ids?|id check|id verification|verification|verif|caller check|security check)\b(?:\W|of\b)+{_BE}(?:{_SEEN}|{_OK})\b(?! badge)",
    rf"\b{_SEEN}\s+(?:the |his |her |their |\w+'s )*(?:identity|identification|id|ids)\b",
    rf"\b(?:verified|verif'?d|vrfd|vfd|authenticated|identified)\s+(?:the )?{_WHO}\b(?!'s| account| right| setting| laptop)",
    r"\b(?:verified|verif'?d|vrfd|vfd|authenticated|identified|id'd)\b",
    r"\b(?:identification|verification|identity check)\b[^.,;]{0,40}\b(?:carried out|performed|done|completed|passed)\b",
    rf"\b{_WHO}\s+(?:has |have )?passed\s+(?:the )?(?:verification|identity check|security check)\b",
    rf"\bdid (?:verify|authenticate|identify) (?:the )?{_WHO}\b",
    rf"\b{_WHO}\s+(?:is|was)\s+(?:legit\w*|genuine|who (?:he|she|they) sa(?:y|id))",
    r"\b(?:he|she|they|caller|customer|user)\s+(?:proved|has proven|showed)\s+(?:his |her |their )?(?:identity|who (?:he|she|they))",
    r"\bsecurity questions?\b.{0,20}\b(?:passed|answered|correct\w*|right|ok)\b",
)
MATCHED = _pattern(
    rf"{_ITEM}(?:{_LINK}{_ITEM})*\W+{_BE}(?:matched|matches|match|correct|ok(?:ay)?|verified|right|fits?|agreed?|identical|checked out|provided correctly)\b",
    rf"\b(?:verified|verif'?d|vrfd|vfd|identity \w+|id {_SEEN}|{_SEEN} (?:the |his |her |their )*(?:identity|id)){_BY}{_ITEM}(?:{_LINK}{_ITEM})*",
)
CONFIRMED = _pattern(
    rf"\b{CUSTOMER}\s+(?:has |have )?(?:confirmed|confirms|conf'?d|cfmd)\b(?=\W*$|\W+(?:by|on|in) (?:chat|phone)|\W*(?:that )?(?:(?:it|all|everything|this|now|the|is|are|they|she|he|\w+)\s+){{0,4}}{_RUN}\b|\W+(?:the )?(?:fix|solution|success|resolution|repair)\b)",
    rf"\b(?:confirmed|confirms|conf'?d|cfmd)\b\W*(?:as |that |by \w+ |with \w+ |to be )*(?:(?:it|all|everything|this|now|is|are)\s+)*{_RUN}\b",
    rf"\b{_RUN}\W+(?:was |is |and )?(?:confirmed|conf'?d|cfmd)\b",
    rf"\b(?:confirmed|conf'?d|cfmd|tested|approved) by (?:the )?{CUSTOMER}\b",
    rf"\b{CUSTOMER}\s+(?:says|said|reports|reported|states|stated|told me)\W+(?:that )?(?:(?:it|all|everything|this|now|is|are)\s+)*{_RUN}\b",
    rf"\b{CUSTOMER} (?:tested|tried) (?:it |again |this )*(?:successfully|with success)\b",
)
WORKS = _pattern(
    rf"\b(?:works?|working|worked|runs?|running|prints?|connects?|opens?)\s+(?:\w+\s+)?(?:again|now)\b(?!{_PARTLY})",
    r"\b(?:now|all|everything|everything is|all is)\s+(?:works?|working|fixed|solved|resolved|sorted)\b",
    rf"\b(?:it|this|system|service)\s+(?:is |now |again |fully )*(?:works?|working|fixed|solved|resolved|sorted)\b(?!{_PARTLY})",
    r"\b(?:up and running|back to normal|back online|fully functional)\b",
    r"\b(?:issue|problem|fault|trouble|error|case)\s+(?:(?:is|was|has|been|now|fully|all|completely)\s+)*(?:fixed|solved|resolved|gone|sorted|cured|cleared)\b",
    r"\b(?:fixed|solved|resolved|repaired)\s+(?:the |this |it\b|that )(?:issue|problem|fault|trouble|error)?",
    r"(?:^|[,;]\s*|\band )(?:it |it's |its |all )?(?:works|working|fixed|solved|resolved|ok works)(?: (?:ok|fine|well|perfectly|great|as expected|as it should))*\W*$",
    r"\b(?:up|back|online|connected|running) (?:again|now)\b",
    r"\b(?:is|are) (?:now |again )+able to\b",
    r"\b(?:connection|service|access|function(?:ality)?) (?:(?:was|is|has|been) )*(?:restored|re-?established)\b",
    r"\btest(?:ed)?\b[^.;]{0,25}[:,]\s*(?:ok(?:ay)?|passed|successful|success|positive|good)\b",
    r"\btest(?:ed|s|ing)?(?: and| was| were| is|:)*\s*(?:ok(?:ay)?|working|works|fine|successful(?:ly)?|good|positive|passed|fixed)\b",
    r"\bsuccessfully (?:tested|fixed|solved|resolved|repaired)\b",
    r"\b(?:fix|solution|repair|function(?:ality)?)\s+(?:(?:was|is|has|been|successfully)\s+)*(?:tested|verified|confirmed|works|worked|successful)\b",
    r"\bno (?:further|more|longer any) (?:issues?|problems?|errors?|trouble)\b",
)
CALLED_BACK = _pattern(
    r"\b(?:did|made|performed|tried|placed|carried out)\s+(?:a |the )?call\W?back\b",
    rf"\b(?:called|rang|phoned|telephoned|rung|dialled)\s+(?:(?:the |him|her|them|{_WHO}|mr|ms|\w+)\s+){{0,3}}?(?:back\b|(?:on |at )?(?:the |his |her |their )?(?:registered |known )?number\b)",
    r"\b(?:call\W?back|cb)\b\W*(?:(?:to|on|via|at) (?:the |his |her |their )?(?:number|phone|line)?(?: we have| that we hold)?(?: on (?:record|file))?\W*)?(?:(?:was|is|has|had|been|got)\s+)*(?:done|made|tried|attempted|performed|carried out|placed|fail\w*|no answer|not answered|unanswered|answered|unsuccessful|successful|success|ok|positive|passed|completed?|went to|got no|had no|did not (?:come|reach|get)|nobody|confirmed|matched|verified|rang out)\b",
    r"\b(?:no answer|nobody answered|no reply)\b.{0,12}\b(?:call\W?back|number on (?:record|file))",
)
REPORTED = _pattern(
    r"\b(?:reported|rptd|rpt'?d|escalated|passed|forwarded|raised|flagged|notified|referred)\s+(?:\w+\s+){0,4}?(?:to|with)\s+(?:the |our |it )*(?:security|sec|soc|infosec|cert)\b",
    r"\b(?:informed|notified|alerted|told|warned|contacted)\s+(?:the |our |it )*(?:security|sec team|soc|infosec)\b(?! question)",
    r"\bsecurity(?: team| desk| dept| department)?\s+(?:(?:was|is|has|have|been|were|already|now|also)\s+)*(?:informed|told|notified|alerted|aware|warned|contacted|knows)\b",
    r"\bsecurity (?:incident|ticket|report|case)\s+(?:(?:was|is|has|been)\s+)*(?:opened|raised|created|logged|filed|sent|made|submitted)\b",
    r"\b(?:opened|raised|created|logged|filed|sent|made|submitted)\s+(?:a |the )?(?:security (?:incident|ticket|report|case)|report to security)\b",
)
DECLINED = _pattern(
    r"(?:^|\b(?:i|we|was|were|been|is|has|have|then|and)\s+)(?:declined|refused|rejected|denied)\b(?! by (?:the )?(?:customer|user|caller|client))(?! to (?:give|tell|answer|say))",
    r"\b(?:request|wish|demand|reset|extension|forwarding)\s+(?:(?:was|is|has|been|were|therefore)\s+)*denied\b",
    r"\b(?:request|wish|demand|reset|extension|forwarding|access|change|it|caller|admission|key)\s+(?:(?:was|is|has|been|were|therefore)\s+)*(?:declined|refused|rejected|turned down)\b(?! by (?:the )?(?:customer|user|caller|client))(?! to)",
)
HANDED_OVER = _pattern(
    r"\b(?:escalated|esc'?d|escal)\b(?! by (?:the )?(?:customer|user|caller|client))",
    r"\b(?:handed|passed|transferred|forwarded|given|sent|assigned|routed)\s+(?:\w+\s+){0,3}?(?:over |on )?to\s+(?:the |our )?(?:\w+[ -]){0,3}?(?:team|l2|l3|2nd line|second line|2nd level|second level|specialists?|engineers?)\b",
)
RESTARTED = _pattern(
    r"\b(?:did|made|performed|forced|carried out)\s+(?:a |the |another )?(?:restart|reboot)\b",
    r"(?:^|\b(?:i|we|user|customer|cust|caller|pc|laptop|computer|phone|router|device|was|were|been|then)\s+)(?:restarted|rebooted|power.?cycled)\b",
    r"\b(?:restart|reboot)\s+(?:(?:was|were|is|of|the|laptop|pc|computer|phone|router|device)\s+)*(?:done|made|performed|carried out|completed?|did not help|didn't help|no change|without)\b",
)
SENT = _pattern(
    r"\b(?:sent|mailed|emailed|e-mailed|posted)\s+(?:\w+\s+){0,4}?(?:e-?mail|mail|sms|letter|parcel|technician|engineer|replacement|new (?:device|phone|laptop|printer)|link)\b",
    r"\b(?:e-?mail|mail|sms|technician|engineer|replacement|link)\s+(?:with \w+ |to \w+ )?(?:(?:was|is|has|been)\s+)*(?:sent|dispatched|posted)\b",
    r"\b(?:emailed|e-mailed|mailed) (?:him|her|them|the (?:user|customer|caller))\b",
)
UNCHANGED = _pattern(
    r"\bnothing (?:was |has been |is |were )?(?:changed|granted|given out|disclosed|altered)\b",
    r"\bno (?:changes? (?:was |were )?(?:made|done)|access (?:was )?(?:given|granted))\b",
)
