"""What hints say: a question back, a pointer, a line that one could type. Plain Python."""

from collections.abc import Callable

from chat.customer.library import asked_as
from scenarios.world.document import World
from scenarios.world.graph import COURTESIES
from scenarios.world.state import IDENTITY_ACTS, POSSESSION

Texts = tuple[str, str, str]
Discreet = Callable[[str], bool]  # whether a line gives nothing away
LONGEST = 14  # words of an example that is easy to copy
ASKING = frozenset(
    [
        "what",
        "which",
        "when",
        "where",
        "who",
        "whom",
        "whose",
        "how",
        "is",
        "are",
        "was",
        "were",
        "do",
        "does",
        "did",
        "have",
        "has",
        "can",
        "could",
        "would",
    ]
)
BUTTONS = {
    "id_callback": "“Call back the number on record”",
    "id_code": "“Send a code to the enrolled device”",
}
ENDS: dict[str, Texts] = {
    "end resolved": (
        "What is left before you can close this ticket?",
        "The trouble is over. Close kindly, and write down what the next analyst needs.",
        "You could write: “Glad it works again. Your ticket is closed; reply here if it comes back.” Then finish "
        "the ticket as resolved, with problem, cause, steps and test.",
    ),
    "end escalated": (
        "Is the rest of this yours to repair?",
        "You have seen enough to hand it over: to the team whose job it is, with all that you found.",
        "You could write: “I am handing this to the team that repairs it, with everything we found.” Then finish "
        "the ticket as escalated: name the team and say what you saw and ruled out.",
    ),
    "end declined": (
        "Does what you found agree with what you were told?",
        "Compare what you found with the request. Without proof, policy lets you do only one thing.",
        "You could write: “I cannot do this without proof of who you are. I know that is not what you hoped for.” "
        "Then finish the ticket as declined, and report it to security.",
    ),
    "stuck": (
        "Which step would you take back if you could?",
        "Something that was done stands in the way of a right end. Say so rather than hide it.",
        "You could write: “I have to correct something that I did. I will pass this on, so that it is put right.” "
        "Then finish the ticket, and note honestly what happened.",
    ),
    "wait": (
        "Is everything there already that you are waiting for?",
        "What was set going takes a few minutes. Say how long, and let the time pass.",
        "You could write: “This takes a few minutes. I stay on it and write to you as soon as I see it.”",
    ),
}
# A line for each generic act, which fits any scenario.
EXAMPLES = {
    "ask_problem": "Tell me what happens, step by step, please.",
    "empathise": "That is annoying, and with your deadline all the more. Let us get it going.",
    "thank": "Thank you, that helps me.",
    "apologise": "I am sorry that this costs you so much time.",
    "paraphrase": "Let me check that I got it right: tell me where I am wrong.",
    "confirm_fix": "Does it work now? Please try it and tell me what you see.",
    "id_name": "May I have your full name, please?",
    "id_username": "What is your user name?",
    "id_employee": "What is your employee number, please?",
    "id_asset": "What is the asset tag on your device, please?",
    "id_manager": "Who is your manager, please?",
    "id_phone": "Which phone number do we have for you?",
    "id_callback": "To be safe I ring you back on the number that we have on record.",
    "id_code": "I am sending a code to your enrolled device; please approve it.",
    "f_error": "What exactly does the message on the screen say, word for word?",
    "f_when": "Since when is it like that?",
    "f_changes": "Has anything changed recently, before it began?",
    "f_frequency": "Does it happen every time, or only now and then?",
    "f_network": "Which network are you connected to just now?",
    "f_scope": "Do others have it too, or only you?",
    "f_impact": "What does it keep you from, and until when do you need it?",
    "f_device": "Which device are you using?",
    "f_tried": "What have you tried already?",
    "f_screen": "What do you see on the screen right now?",
    "a_restart": "Please restart it, and tell me when it is up again.",
    "a_restart_app": "Please close the program completely and open it again.",
    "a_sign_out_in": "Please sign out, then sign in again.",
    "a_reconnect": "Please try it once more and tell me what you see.",
    "a_check_cable": "Please check that the cable sits firmly at both ends.",
    "a_other_way": "Please try it another way, so that we can compare.",
    "a_update": "Please install the updates that are waiting.",
    "a_send_evidence": "Please send me a picture of the screen.",
    "a_selfservice": "You can do it yourself on the portal; I stay with you.",
}


def texts(world: World, move: str, discreet: Discreet) -> Texts:
    """The three levels for a move such as "ask f_when", "use unlock" or "end resolved".

    Of the author's wordings only those are shown that are `discreet`.
    """
    if move in ENDS:
        return ENDS[move]
    verb, _, what = move.partition(" ")
    if verb == "use":
        return _console(world, what)
    if what in IDENTITY_ACTS:
        return _identity(what)
    if what in COURTESIES:
        return _care(what)
    if world.action_for(what):
        return _instruction(world, what, discreet)
    about = asked_as(world, what)
    return (
        "What do you still not know about the trouble?",
        f"Ask the customer. In their words it is about “{about}”."
        if discreet(about)
        else "Ask the customer: they know something that you have not asked about.",
        _line(example(world, what, discreet) or "Tell me more about it, please: what exactly do you see?"),
    )


def example(world: World, act: str, discreet: Discreet) -> str:
    """A line to type; for an act of the scenario's own, the author's first short one that is discreet, or ""."""
    if act in EXAMPLES:
        return EXAMPLES[act]
    own = sorted(world.nlu.extra_phrases.get(act, []), key=lambda phrase: len(phrase.split()) > LONGEST)
    return next((_sentence(phrase) for phrase in own if discreet(phrase)), "")


def _identity(act: str) -> Texts:
    known = "What do you know for certain about who is writing to you?"
    if IDENTITY_ACTS[act] in POSSESSION:
        pointer = (
            "Verify first. Do not use a way to reach them that they name: use one that the record holds."
        )
        return known, pointer, f"{_line(EXAMPLES[act])} Then use {BUTTONS[act]} in the tools."
    pointer = (
        "Verify first. Ask for something that you can compare with the record, and do not say it yourself."
    )
    return known, pointer, f"{_line(EXAMPLES[act])} Then compare it with the directory."


def _care(act: str) -> Texts:
    return (
        "How does the customer feel, and have you said that you noticed?",
        "They do not tell you everything yet. A sincere word about what this means to them builds trust.",
        _line(EXAMPLES[act]),
    )


def _instruction(world: World, act: str, discreet: Discreet) -> Texts:
    if act == "a_reconnect" and world.retry == world.action_for(act):
        return (
            "How will you know that it works?",
            "The customer has not tried it again since.",
            _line(EXAMPLES["confirm_fix"]),
        )
    told = asked_as(world, act)
    return (
        "What would you like to see on the customer's side?",
        f"Have the customer do something. In their words: “{told}”."
        if discreet(told)
        else "Have the customer do something: what could they look at, or change?",
        _line(example(world, act, discreet) or "Please look at it with me and tell me what you see."),
    )


def _console(world: World, name: str) -> Texts:
    if tool := world.tools.get(name):
        return (
            "What could you look up without asking the customer?",
            "A diagnostic in the tools shows it: compare what each of them says it can tell.",
            f"In the tools, under diagnostics: “{tool.label}”.",
        )
    return (
        "What follows on your side from what you know by now?",
        "It is your turn: something among the actions in the tools is for you to do.",
        f"In the tools, under actions: “{world.actions[name].label or name}”.",
    )


def _line(text: str) -> str:
    return f"You could write: “{text}”"


def _sentence(phrase: str) -> str:
    """With a capital and a full stop, or a question mark."""
    text = phrase[:1].upper() + phrase[1:]
    if text[-1] in ".?!":
        return text
    return text + ("?" if ASKING.intersection(text.casefold().split()[:2]) else ".")
