"""What is counted while it happens. What can be read from the database is read at scraping (helpdesk_sim.metrics).

Labels take few values: never an id, a person or a text. Times are in seconds.
"""

from prometheus_client import Counter, Gauge, Histogram

QUICK = (0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.35, 0.5, 1, 2.5, 5, 10)
PATIENT = (0.05, 0.1, 0.25, 0.5, 1, 2, 5, 8, 15, 30, 60, 120)

ACK_SECONDS = Histogram(
    "helpdesk_ack_seconds", "From a message's arrival to its ack, stored and committed.", buckets=QUICK
)
REPLY_SECONDS = Histogram(
    "helpdesk_reply_seconds",
    "From storing a message to storing the reply, without the pacing that people see.",
    ["voice"],  # scripted, model
    buckets=PATIENT,
)
MESSAGES = Counter("helpdesk_messages", "Messages of learners that were stored.", ["way"])  # socket, rest
TURNS = Counter("helpdesk_turns", "Customers' turns that were stored.", ["voice"])
FALLBACKS = Counter(
    "helpdesk_fallbacks", "Turns in scripted words where a model was to speak, by cause.", ["cause"]
)
REFUSALS = Counter(
    "helpdesk_refusals", "Frames that were answered with an error, by its code.", ["code"]
)  # busy, retry, ... (design: contract)
SOCKETS = Gauge("helpdesk_sockets", "Open sockets.", ["kind"], multiprocess_mode="livesum")  # session, me
CLOSINGS = Counter("helpdesk_closings", "Sockets closed by the server, by close code.", ["code"])
SCORE_SECONDS = Histogram(
    "helpdesk_score_seconds", "From the end of a session to its committed score.", buckets=PATIENT
)
FAILURES = Counter(
    "helpdesk_failures",
    "Tries of owed work that came to nothing; it stays owed and is tried again.",
    ["kind"],  # turn, or the model that owes: assessment, owedreward, notice, ...
)
LINK_LOSSES = Counter("helpdesk_link_losses", "How often hints of other processes ceased to arrive (Redis).")
