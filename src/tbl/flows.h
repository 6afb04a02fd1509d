/* Flows: what may happen to a thing one step after another. Read by scheme/flow_def.h; docs/flows.md says it in tables.
 *
 * FLOW(id, name, on a record or OPENS by its first step, title): its rows follow it.
 * STATE(flow, id, name, title, final): the first is that of a thing to which nothing has happened yet.
 * MOVE(flow, id, name, from, to, act, other hand than, asks, title)
 *   from: IN(flow, state) | …, or NEW: the step that makes the thing. to: TO(flow, state), or STAY.
 *   act: of tbl/acts.h, on the unit that the thing lies in; with R_KEEPER on the one that keeps its record.
 *   other hand than: AFTER(flow, move) | …: who does this is not who did the last of those; with EVERY: any of them.
 *   asks: fields that must be there (F_…), and rules (R_…) of scheme/flow_def.h.
 * KEY(flow, id, name, sorts of field, state): a field of a record type's flow: map. state: where a record that never
 *   had a step stands when the field says something (the first such row counts); else NONE.
 *   A type without a flow: map has as key X its field X, where it is of such a sort; the day that dates it, and its
 *   first unit, as "found" or "date", and "unit".
 * SET(flow, move, key, what): the step writes this of itself into that field; CLEARS: takes it away.
 *
 * Whoever includes this defines the rows it wants. Names of states, moves and keys are in the log: they never
 * change. */
#ifndef FLOW
#define FLOW(...)
#endif
#ifndef STATE
#define STATE(...)
#endif
#ifndef MOVE
#define MOVE(...)
#endif
#ifndef KEY
#define KEY(...)
#endif
#ifndef SET
#define SET(...)
#endif

FLOW(FINDING, "finding", ON_RECORD, N_("Finding"))
STATE(FINDING, FOUND,      "found",      N_("found"), false)
STATE(FINDING, REGISTERED, "registered", N_("registered"), false)
STATE(FINDING, FED_BACK,   "fed-back",   N_("fed back"), false)
STATE(FINDING, RECEIVED,   "received",   N_("receipt signed"), false)
STATE(FINDING, DISPUTED,   "disputed",   N_("disputed"), false)
STATE(FINDING, PLANNED,    "planned",    N_("measures to be approved"), false)
STATE(FINDING, RECTIFYING, "rectifying", N_("being put right"), false)
STATE(FINDING, EXTENSION,  "extension",  N_("extension asked for"), false)
STATE(FINDING, DONE,       "done",       N_("put right, closure asked for"), false)
STATE(FINDING, RETURNED,   "returned",   N_("returned"), false)
STATE(FINDING, VERIFIED,   "verified",   N_("verified"), false)
STATE(FINDING, CLOSED,     "closed",     N_("closed with a number"), true)
STATE(FINDING, STANDING,   "standing",   N_("kept up for the long term"), false)
STATE(FINDING, RECHECKED,  "rechecked",  N_("checked again after closure"), true)
STATE(FINDING, REOPENED,   "reopened",   N_("reopened"), false)
STATE(FINDING, DROPPED,    "dropped",    N_("dropped after a dispute"), true)

MOVE(FINDING, REGISTER, "register", IN(FINDING, FOUND), TO(FINDING, REGISTERED), ACT_RECORD_CHANGE, 0,
	F_BY | R_KEEPER | R_TO, N_("register it"))
MOVE(FINDING, FEEDBACK, "feedback", IN(FINDING, FOUND) | IN(FINDING, REGISTERED), TO(FINDING, FED_BACK),
	ACT_PROBLEM_DECIDE, 0, F_BY | R_KEEPER | F_NO | F_DUE | R_TO | R_DUE, N_("feed it back to the unit"))
MOVE(FINDING, RECEIPT, "receipt", IN(FINDING, FED_BACK), TO(FINDING, RECEIVED), ACT_RECORD_CHANGE,
	AFTER(FINDING, FEEDBACK), F_BY, N_("sign the receipt"))
MOVE(FINDING, DISPUTE, "dispute", IN(FINDING, FED_BACK) | IN(FINDING, RECEIVED), TO(FINDING, DISPUTED),
	ACT_RECORD_CHANGE, AFTER(FINDING, FEEDBACK), F_BY | F_WHY, N_("dispute it"))
MOVE(FINDING, UPHOLD, "uphold", IN(FINDING, DISPUTED), TO(FINDING, RECEIVED), ACT_REVIEW, AFTER(FINDING, DISPUTE),
	F_BY | R_KEEPER | F_WHY, N_("uphold it"))
MOVE(FINDING, DROP, "drop", IN(FINDING, DISPUTED), TO(FINDING, DROPPED), ACT_REVIEW, AFTER(FINDING, DISPUTE),
	F_BY | R_KEEPER | F_WHY, N_("drop it"))
MOVE(FINDING, MEASURE, "measure", IN(FINDING, RECEIVED) | IN(FINDING, RETURNED) | IN(FINDING, REOPENED), STAY,
	ACT_RECORD_CHANGE, 0, F_BY | F_NO | F_POST | F_DUE | F_TEXT | R_NEW_NO, N_("set a measure"))
MOVE(FINDING, PLAN, "plan", IN(FINDING, RECEIVED) | IN(FINDING, RETURNED) | IN(FINDING, REOPENED),
	TO(FINDING, PLANNED), ACT_RECORD_CHANGE, 0, F_BY | R_MEASURES, N_("hand the measures in"))
MOVE(FINDING, APPROVE, "approve", IN(FINDING, PLANNED), TO(FINDING, RECTIFYING), ACT_REVIEW,
	AFTER(FINDING, PLAN) | AFTER(FINDING, MEASURE) | EVERY, F_BY | R_KEEPER, N_("approve the measures"))
MOVE(FINDING, SEND_BACK, "send-back", IN(FINDING, PLANNED), TO(FINDING, RECEIVED), ACT_REVIEW,
	AFTER(FINDING, PLAN) | AFTER(FINDING, MEASURE) | EVERY, F_BY | R_KEEPER | F_WHY, N_("send the measures back"))
MOVE(FINDING, PROGRESS, "progress", IN(FINDING, RECTIFYING) | IN(FINDING, RETURNED) | IN(FINDING, REOPENED),
	TO(FINDING, RECTIFYING), ACT_RECORD_CHANGE, 0, F_BY | F_PROGRESS | R_KNOWN_NO, N_("report progress"))
MOVE(FINDING, EXTEND, "extend", IN(FINDING, RECTIFYING) | IN(FINDING, RETURNED) | IN(FINDING, REOPENED),
	TO(FINDING, EXTENSION), ACT_RECORD_CHANGE, 0, F_BY | F_WHY | F_DUE | R_IN_TIME | R_LATER,
	N_("ask for an extension"))
MOVE(FINDING, GRANT, "grant", IN(FINDING, EXTENSION), TO(FINDING, RECTIFYING), ACT_REVIEW, AFTER(FINDING, EXTEND),
	F_BY | R_KEEPER | F_DUE | R_ABOVE | R_LATER | R_DUE | R_AS_ASKED, N_("grant the extension"))
MOVE(FINDING, REFUSE, "refuse", IN(FINDING, EXTENSION), TO(FINDING, RECTIFYING), ACT_REVIEW, AFTER(FINDING, EXTEND),
	F_BY | R_KEEPER | F_WHY | R_ABOVE, N_("refuse the extension"))
MOVE(FINDING, DONE, "done", IN(FINDING, RECTIFYING) | IN(FINDING, RETURNED) | IN(FINDING, REOPENED) |
	IN(FINDING, STANDING), TO(FINDING, DONE), ACT_RECORD_CHANGE, 0, F_BY | F_TEXT | R_MEASURES_DONE,
	N_("put right: ask for closure"))
MOVE(FINDING, ON_THE_SPOT, "on-the-spot", IN(FINDING, FOUND) | IN(FINDING, REGISTERED) | IN(FINDING, FED_BACK) |
	IN(FINDING, RECEIVED), TO(FINDING, DONE), ACT_RECORD_CHANGE, 0, F_BY | F_TEXT, N_("put right on the spot"))
MOVE(FINDING, VERIFY, "verify", IN(FINDING, DONE), TO(FINDING, VERIFIED), ACT_VERDICT, AFTER(FINDING, DONE) |
	AFTER(FINDING, ON_THE_SPOT) | AFTER(FINDING, PROGRESS) | EVERY, F_BY | F_WAY | F_TEXT | R_KEEPER,
	N_("verify it"))
MOVE(FINDING, RETURN, "return", IN(FINDING, DONE) | IN(FINDING, VERIFIED), TO(FINDING, RETURNED), ACT_VERDICT,
	AFTER(FINDING, DONE) | AFTER(FINDING, ON_THE_SPOT) | AFTER(FINDING, PROGRESS) | EVERY,
	F_BY | F_WHY | R_DUE | R_KEEPER, N_("return it"))
MOVE(FINDING, CLOSE, "close", IN(FINDING, VERIFIED), TO(FINDING, CLOSED), ACT_VERDICT, AFTER(FINDING, DONE) |
	AFTER(FINDING, ON_THE_SPOT) | AFTER(FINDING, PROGRESS) | EVERY, F_BY | R_KEEPER | F_NO | R_NEXT, N_("close it"))
MOVE(FINDING, STAND, "standing", IN(FINDING, RECTIFYING) | IN(FINDING, VERIFIED), TO(FINDING, STANDING), ACT_REVIEW,
	AFTER(FINDING, DONE) | AFTER(FINDING, PROGRESS), F_BY | R_KEEPER | F_WHY | F_DUE | R_DUE,
	N_("keep it up for the long term"))
MOVE(FINDING, CONTINUE, "continue", IN(FINDING, STANDING), STAY, ACT_RECORD_CHANGE, 0, F_BY | F_TEXT | R_DUE,
	N_("say how it is kept up"))
MOVE(FINDING, NOTICE, "notice", IN(FINDING, RECTIFYING) | IN(FINDING, DONE) | IN(FINDING, RETURNED) |
	IN(FINDING, VERIFIED) | IN(FINDING, CLOSED) | IN(FINDING, STANDING) | IN(FINDING, RECHECKED) |
	IN(FINDING, REOPENED), STAY, ACT_PROBLEM_DECIDE, 0, F_BY | R_KEEPER | F_NO, N_("give notice of results"))
MOVE(FINDING, RECHECK, "recheck", IN(FINDING, CLOSED) | IN(FINDING, RECHECKED), TO(FINDING, RECHECKED), ACT_VERDICT,
	AFTER(FINDING, DONE) | AFTER(FINDING, ON_THE_SPOT) | AFTER(FINDING, PROGRESS) | EVERY,
	F_BY | R_KEEPER | F_WAY | F_TEXT | R_NEXT, N_("check it again"))
MOVE(FINDING, REOPEN, "reopen", IN(FINDING, CLOSED) | IN(FINDING, RECHECKED), TO(FINDING, REOPENED), ACT_VERDICT,
	AFTER(FINDING, DONE) | AFTER(FINDING, ON_THE_SPOT) | AFTER(FINDING, PROGRESS) | EVERY,
	F_BY | R_KEEPER | F_WHY | F_DUE | R_DUE, N_("reopen it: it has come back"))

KEY(FINDING, CLOSED,     "closed",     SORT(DATE), STATE_FINDING_CLOSED)
KEY(FINDING, DONE,       "done",       SORT(DATE), STATE_FINDING_DONE)
KEY(FINDING, FEEDBACK,   "feedback",   SORT(DATE), STATE_FINDING_FED_BACK)
KEY(FINDING, FOUND,      "found",      SORT(DATE), NONE)
KEY(FINDING, UNIT,       "unit",       SORT(UNIT) | SORT(TEXT) | SORT(CHOICE), NONE)
KEY(FINDING, LEVEL,      "level",      SORT(CHOICE) | SORT(TEXT), NONE)
KEY(FINDING, DUE,        "due",        SORT(DATE), NONE)
KEY(FINDING, EXTENDED,   "extended",   SORT(DATE), NONE)
KEY(FINDING, NOTICE,     "notice",     SORT(DATE), NONE)
KEY(FINDING, CLOSURE_NO, "closure_no", SORT(TEXT), NONE)
KEY(FINDING, RECHECK,    "recheck",    SORT(DATE), NONE)
KEY(FINDING, PROGRESS,   "progress",   SORT(NUMBER), NONE)
KEY(FINDING, SOURCE,     "source",     SORT(CHOICE) | SORT(TEXT) | SORT(LINK), NONE)
KEY(FINDING, CAUSE,      "cause",      SORT(CHOICE) | SORT(TEXT) | SORT(TAGS), NONE)
KEY(FINDING, WHAT,       "what",       SORT(TEXT), NONE)

SET(FINDING, REGISTER, LEVEL, F_LEVEL)
SET(FINDING, REGISTER, UNIT, F_UNIT)
SET(FINDING, FEEDBACK, FEEDBACK, F_DAY)
SET(FINDING, FEEDBACK, DUE, F_DUE)
SET(FINDING, FEEDBACK, LEVEL, F_LEVEL)
SET(FINDING, FEEDBACK, UNIT, F_UNIT)
SET(FINDING, PROGRESS, PROGRESS, F_PROGRESS)
SET(FINDING, GRANT, DUE, F_DUE)
SET(FINDING, DONE, DONE, F_DAY)
SET(FINDING, ON_THE_SPOT, DONE, F_DAY)
SET(FINDING, RETURN, DONE, CLEARS)
SET(FINDING, RETURN, DUE, F_DUE)
SET(FINDING, CLOSE, CLOSED, F_DAY)
SET(FINDING, CLOSE, CLOSURE_NO, F_NO)
SET(FINDING, CLOSE, RECHECK, F_DUE)
SET(FINDING, STAND, DUE, F_DUE)
SET(FINDING, CONTINUE, DUE, F_DUE)
SET(FINDING, NOTICE, NOTICE, F_DAY)
SET(FINDING, RECHECK, RECHECK, F_DUE)
SET(FINDING, REOPEN, DUE, F_DUE)
SET(FINDING, REOPEN, DONE, CLEARS)
SET(FINDING, REOPEN, CLOSED, CLEARS)
SET(FINDING, REOPEN, CLOSURE_NO, CLEARS)

/* An inspection: planned, held, its results fed back. */
FLOW(INSPECTION, "inspection", ON_RECORD, N_("Inspection"))
STATE(INSPECTION, PLANNED,   "planned",   N_("planned"), false)
STATE(INSPECTION, HELD,      "held",      N_("was held"), false)
STATE(INSPECTION, REPORTED,  "reported",  N_("results fed back"), true)
STATE(INSPECTION, CANCELLED, "cancelled", N_("cancelled"), true)

MOVE(INSPECTION, HOLD, "hold", IN(INSPECTION, PLANNED), TO(INSPECTION, HELD), ACT_RECORD_CHANGE, 0, F_BY | R_KEEPER,
	N_("say that it was held"))
MOVE(INSPECTION, POSTPONE, "postpone", IN(INSPECTION, PLANNED), STAY, ACT_RECORD_CHANGE, 0,
	F_BY | R_KEEPER | F_WHY | F_DUE | R_DUE, N_("put it off"))
MOVE(INSPECTION, CANCEL, "cancel", IN(INSPECTION, PLANNED), TO(INSPECTION, CANCELLED), ACT_REVIEW, 0,
	F_BY | F_WHY | R_KEEPER, N_("cancel it"))
MOVE(INSPECTION, REPORT, "report", IN(INSPECTION, HELD), TO(INSPECTION, REPORTED), ACT_RECORD_CHANGE, 0,
	F_BY | R_KEEPER | F_NO, N_("feed its results back"))

KEY(INSPECTION, REPORT,    "report",    SORT(DATE), STATE_INSPECTION_REPORTED)
KEY(INSPECTION, DATE,      "date",      SORT(DATE), STATE_INSPECTION_HELD)
KEY(INSPECTION, DUE,       "due",       SORT(DATE), NONE)
KEY(INSPECTION, UNIT,      "unit",      SORT(UNIT) | SORT(TEXT) | SORT(CHOICE), NONE)
KEY(INSPECTION, LEAD,      "lead",      SORT(POST) | SORT(TEXT), NONE)
KEY(INSPECTION, TEAM,      "team",      SORT(LIST) | SORT(TAGS) | SORT(TEXT), NONE)
KEY(INSPECTION, METHODS,   "methods",   SORT(LIST) | SORT(TAGS) | SORT(CHOICE) | SORT(TEXT), NONE)
KEY(INSPECTION, CHECKLIST, "checklist", SORT(CHOICE) | SORT(TEXT), NONE)

SET(INSPECTION, HOLD, DATE, F_DAY)
SET(INSPECTION, POSTPONE, DUE, F_DUE)
SET(INSPECTION, REPORT, REPORT, F_DAY)

/* A risk: registered with its record, rated, reviewed (研判), talked over with others (会商), until it is closed.
 * What its level may become follows from the matrix (flow/risk_step.h). Who took measures, reviewed it or talked
 * it over last does not close it; who raised it last does not lower it. */
FLOW(RISK, "risk", ON_RECORD, N_("Risk"))
STATE(RISK, OPEN,     "open",     N_("in hand"), false)
STATE(RISK, CLOSED,   "closed",   N_("resolved"), true)
STATE(RISK, REOPENED, "reopened", N_("reopened"), false)
MOVE(RISK, RATE, "rate", IN(RISK, OPEN) | IN(RISK, REOPENED), STAY, ACT_RECORD_CHANGE, 0, F_BY | F_LEVEL | F_WAY,
	N_("rate it"))
MOVE(RISK, MEASURE, "measure", IN(RISK, OPEN) | IN(RISK, REOPENED), STAY, ACT_RECORD_CHANGE, 0, F_BY | F_TEXT,
	N_("set measures"))
MOVE(RISK, REVIEW, "review", IN(RISK, OPEN) | IN(RISK, REOPENED), STAY, ACT_RECORD_CHANGE, 0, F_BY | F_TEXT,
	N_("review it"))
MOVE(RISK, CONSULT, "consult", IN(RISK, OPEN) | IN(RISK, REOPENED), STAY, ACT_RECORD_CHANGE, 0, F_BY | F_NO | F_TEXT,
	N_("talk it over with others"))
MOVE(RISK, ESCALATE, "escalate", IN(RISK, OPEN) | IN(RISK, REOPENED), STAY, ACT_RECORD_CHANGE, 0,
	F_BY | F_LEVEL | F_WHY, N_("raise its level"))
MOVE(RISK, LOWER, "lower", IN(RISK, OPEN) | IN(RISK, REOPENED), STAY, ACT_REVIEW, AFTER(RISK, RATE) |
	AFTER(RISK, ESCALATE), F_BY | F_LEVEL | F_WHY, N_("lower its level"))
MOVE(RISK, CLOSE, "close", IN(RISK, OPEN) | IN(RISK, REOPENED), TO(RISK, CLOSED), ACT_REVIEW, AFTER(RISK, MEASURE) |
	AFTER(RISK, REVIEW) | AFTER(RISK, CONSULT), F_BY | F_TEXT, N_("say that it is resolved"))
MOVE(RISK, REOPEN, "reopen", IN(RISK, CLOSED), TO(RISK, REOPENED), ACT_REVIEW, 0, F_BY | F_WHY, N_("reopen it"))

KEY(RISK, CLOSED,   "closed",   SORT(DATE), STATE_RISK_CLOSED)
KEY(RISK, LEVEL,    "level",    SORT(CHOICE) | SORT(TEXT), NONE)
KEY(RISK, UNIT,     "unit",     SORT(UNIT) | SORT(TEXT) | SORT(CHOICE), NONE)
KEY(RISK, MEASURES, "measures", SORT(TEXT), NONE)
KEY(RISK, REVIEWED, "reviewed", SORT(DATE), NONE)

SET(RISK, RATE, LEVEL, F_LEVEL)
SET(RISK, RATE, REVIEWED, F_DAY)
SET(RISK, MEASURE, MEASURES, F_TEXT)
SET(RISK, REVIEW, LEVEL, F_LEVEL)
SET(RISK, REVIEW, REVIEWED, F_DAY)
SET(RISK, CONSULT, LEVEL, F_LEVEL)
SET(RISK, CONSULT, REVIEWED, F_DAY)
SET(RISK, ESCALATE, LEVEL, F_LEVEL)
SET(RISK, ESCALATE, REVIEWED, F_DAY)
SET(RISK, LOWER, LEVEL, F_LEVEL)
SET(RISK, LOWER, REVIEWED, F_DAY)
SET(RISK, CLOSE, CLOSED, F_DAY)
SET(RISK, REOPEN, CLOSED, CLEARS)

/* An excuse of one slot of a duty, more time for it, or that it does not apply (flow/allow.h): asked for by the
 * owner's side, granted or refused by another hand; what was granted is revoked by another than granted it. */
FLOW(EXCUSE, "excuse", OPENS, N_("Excuse"))
STATE(EXCUSE, ASKED,     "asked",     N_("asked for"), false)
STATE(EXCUSE, GRANTED,   "granted",   N_("granted"), true)
STATE(EXCUSE, REFUSED,   "refused",   N_("not granted"), true)
STATE(EXCUSE, WITHDRAWN, "withdrawn", N_("taken back"), true)
STATE(EXCUSE, REVOKED,   "revoked",   N_("revoked"), true)
MOVE(EXCUSE, ASK, "ask", NEW, TO(EXCUSE, ASKED), ACT_RECORD_ADD, 0, F_BY | F_WHY | R_TO, N_("ask for it"))
MOVE(EXCUSE, GRANT, "grant", IN(EXCUSE, ASKED), TO(EXCUSE, GRANTED), ACT_REVIEW, AFTER(EXCUSE, ASK),
	F_BY | R_AS_ASKED, N_("grant it"))
MOVE(EXCUSE, REFUSE, "refuse", IN(EXCUSE, ASKED), TO(EXCUSE, REFUSED), ACT_REVIEW, AFTER(EXCUSE, ASK), F_BY | F_WHY,
	N_("refuse it"))
MOVE(EXCUSE, WITHDRAW, "withdraw", IN(EXCUSE, ASKED), TO(EXCUSE, WITHDRAWN), ACT_RECORD_ADD, 0, F_BY | R_OWN,
	N_("take it back"))
MOVE(EXCUSE, REVOKE, "revoke", IN(EXCUSE, GRANTED), TO(EXCUSE, REVOKED), ACT_REVIEW, AFTER(EXCUSE, GRANT),
	F_BY | F_WHY, N_("revoke it"))

/* A post changes hands (flow/handover.h): what is open is listed, who leaves gives it, who comes takes it. Both act
 * for the same post, so that their names tell the hands apart. */
FLOW(HANDOVER, "handover", OPENS, N_("Handover"))
STATE(HANDOVER, PREPARED,  "prepared",  N_("listed"), false)
STATE(HANDOVER, GIVEN,     "given",     N_("confirmed by who leaves"), false)
STATE(HANDOVER, CONFIRMED, "confirmed", N_("confirmed by both"), true)
STATE(HANDOVER, LEFT,      "left",      N_("left to a vacancy"), true)
STATE(HANDOVER, TAKEN_UP,  "taken-up",  N_("taken up from a vacancy"), true)
STATE(HANDOVER, DROPPED,   "dropped",   N_("dropped"), true)
MOVE(HANDOVER, PREPARE, "prepare", NEW, TO(HANDOVER, PREPARED), ACT_RECORD_ADD, 0, F_BY | F_POST | F_PROOF | R_TO,
	N_("list what is open"))
MOVE(HANDOVER, GIVE, "give", IN(HANDOVER, PREPARED), TO(HANDOVER, GIVEN), ACT_RECORD_CHANGE, 0, F_BY | F_WAY,
	N_("give it"))
MOVE(HANDOVER, TAKE, "take", IN(HANDOVER, GIVEN), TO(HANDOVER, CONFIRMED), ACT_RECORD_CHANGE, AFTER(HANDOVER, GIVE),
	F_BY | F_WAY | R_PERSON, N_("take it over"))
MOVE(HANDOVER, LEAVE, "leave", IN(HANDOVER, PREPARED), TO(HANDOVER, LEFT), ACT_RECORD_CHANGE, 0, F_BY | F_WAY,
	N_("leave it to a vacancy"))
MOVE(HANDOVER, TAKE_UP, "take-up", IN(HANDOVER, PREPARED), TO(HANDOVER, TAKEN_UP), ACT_RECORD_CHANGE, 0,
	F_BY | F_WAY, N_("take it up from a vacancy"))
MOVE(HANDOVER, NOTE, "note", IN(HANDOVER, PREPARED) | IN(HANDOVER, GIVEN), STAY, ACT_RECORD_CHANGE, 0,
	F_BY | F_NO | F_TEXT, N_("note on a line"))
MOVE(HANDOVER, DROP, "drop", IN(HANDOVER, PREPARED) | IN(HANDOVER, GIVEN), TO(HANDOVER, DROPPED), ACT_RECORD_CHANGE,
	0, F_BY | F_WHY, N_("drop it"))

/* An appeal against the score of an item (about: "assessment/item"): taken up by the panel, decided, and where it is
 * upheld scored anew. That the panel is not the scorer score/assess_log.c holds. */
FLOW(APPEAL, "appeal", OPENS, N_("Appeal"))
STATE(APPEAL, FILED,     "filed",     N_("filed"), false)
STATE(APPEAL, TAKEN_UP,  "taken-up",  N_("taken up by the panel"), false)
STATE(APPEAL, UPHELD,    "upheld",    N_("upheld, to be scored anew"), false)
STATE(APPEAL, PARTLY,    "partly",    N_("partly upheld, to be scored anew"), false)
STATE(APPEAL, DISMISSED, "dismissed", N_("dismissed"), true)
STATE(APPEAL, RESCORED,  "rescored",  N_("scored anew"), true)
STATE(APPEAL, TAKEN_BACK, "taken-back", N_("taken back"), true)
MOVE(APPEAL, FILE, "file", NEW, TO(APPEAL, FILED), ACT_RECORD_ADD, 0, F_BY | F_WHY | R_TO, N_("file it"))
MOVE(APPEAL, TAKE_BACK, "take-back", IN(APPEAL, FILED) | IN(APPEAL, TAKEN_UP), TO(APPEAL, TAKEN_BACK), ACT_RECORD_ADD,
	0,
	F_BY | R_OWN, N_("take it back"))
MOVE(APPEAL, TAKE_UP, "take-up", IN(APPEAL, FILED), TO(APPEAL, TAKEN_UP), ACT_APPEAL_DECIDE, AFTER(APPEAL, FILE),
	F_BY, N_("take it up"))
MOVE(APPEAL, UPHOLD, "uphold", IN(APPEAL, TAKEN_UP), TO(APPEAL, UPHELD), ACT_APPEAL_DECIDE, AFTER(APPEAL, FILE),
	F_BY | F_WHY, N_("uphold the appeal"))
MOVE(APPEAL, PARTLY, "partly", IN(APPEAL, TAKEN_UP), TO(APPEAL, PARTLY), ACT_APPEAL_DECIDE, AFTER(APPEAL, FILE),
	F_BY | F_WHY, N_("uphold it in part"))
MOVE(APPEAL, DISMISS, "dismiss", IN(APPEAL, TAKEN_UP), TO(APPEAL, DISMISSED), ACT_APPEAL_DECIDE, AFTER(APPEAL, FILE),
	F_BY | F_WHY, N_("dismiss it"))
MOVE(APPEAL, RESCORE, "rescore", IN(APPEAL, UPHELD) | IN(APPEAL, PARTLY), TO(APPEAL, RESCORED), ACT_SCORE,
	AFTER(APPEAL, FILE) | AFTER(APPEAL, UPHOLD) | AFTER(APPEAL, PARTLY) | EVERY, F_BY, N_("score it anew"))

#undef FLOW
#undef STATE
#undef MOVE
#undef KEY
#undef SET
