/* Every address there is: what it takes, and who answers. */
#include "web/call.h"

#define ROUTE(method_, path_, fn, act_, flags_, n, ...) \
	{ \
		.method = method_, .path = path_, .run = (void (*)(void))(fn), .act = (act_), .flags = (flags_), \
		.nparams = (n), ##__VA_ARGS__ \
	}
#define PAGE(...) ROUTE("GET", __VA_ARGS__)
#define FORM(...) ROUTE("POST", __VA_ARGS__)
#define TAKES(...) .params = {__VA_ARGS__}
#define PART(name_, kind_) \
	{ \
		.name = (name_), .kind = (kind_), .must = true \
	}
#define FIELDS(name_) \
	{ \
		.name = (name_), .kind = PARAM_FIELDS, .max = FIELD, .many = true \
	}
#define FILES(name_) \
	{ \
		.name = (name_), .kind = PARAM_FILE, .many = true \
	}
#define MAY(name_, kind_, max_) \
	{ \
		.name = (name_), .kind = (kind_), .max = (max_) \
	}
#define MANY(name_, kind_) \
	{ \
		.name = (name_), .kind = (kind_), .many = true \
	}
/* What a form of a step says: thirteen of them. */
#define STEP_FIELDS \
	MAY("do", PARAM_WORD, 0), MAY("seen", PARAM_INT, 0), MAY("day", PARAM_DATE, 0), MAY("no", PARAM_TEXT, NAME), \
		MAY("due", PARAM_DATE, 0), MAY("post", PARAM_TEXT, 0), MAY("unit", PARAM_TEXT, 0), \
		MAY("level", PARAM_TEXT, 0), MAY("progress", PARAM_INT, 0), MAY("text", PARAM_LONG, FIELD), \
		MAY("way", PARAM_TEXT, NAME), MAY("why", PARAM_LONG, FIELD), FILES("files")

enum {
	NAME = 600, FIELD = 8192, BYTES = 600, LONG = 65536,
	OPEN = ROUTE_OPEN, HALF = ROUTE_HALF, ANY = ROUTE_ANY, STEP = ROUTE_STEP, UPLOAD = ROUTE_UPLOAD,
};

const struct route web_routes[] = {
	/* signing in */
	PAGE("/signin", signin_page, ACT_OWN, OPEN, 1, TAKES(MAY("to", PARAM_TEXT, NAME))),
	FORM("/signin", signin_post, ACT_OWN, OPEN, 3,
		TAKES(MAY("to", PARAM_TEXT, NAME), MAY("login", PARAM_TEXT, 0), MAY("password", PARAM_SECRET, BYTES))),
	FORM("/signout", signout_post, ACT_OWN, HALF, 0),
	PAGE("/second", second_page, ACT_OWN, HALF, 1, TAKES(MAY("to", PARAM_TEXT, NAME))),
	FORM("/second", second_post, ACT_OWN, HALF, 2, TAKES(MAY("to", PARAM_TEXT, NAME), MAY("code", PARAM_TEXT, 0))),
	PAGE("/step", step_page, ACT_OWN, 0, 1, TAKES(MAY("to", PARAM_TEXT, NAME))),
	FORM("/step", step_post, ACT_OWN, 0, 3,
		TAKES(MAY("to", PARAM_TEXT, NAME), MAY("code", PARAM_TEXT, 0), MAY("password", PARAM_SECRET, BYTES))),
	PAGE("/enrol", enrol_page, ACT_OWN, HALF, 1, TAKES(MAY("to", PARAM_TEXT, NAME))),
	FORM("/enrol/start", enrol_start, ACT_OWN, HALF, 0),
	FORM("/enrol", enrol_post, ACT_OWN, HALF, 1, TAKES(MAY("code", PARAM_TEXT, 0))),
	PAGE("/password", password_page, ACT_OWN, HALF, 1, TAKES(MAY("to", PARAM_TEXT, NAME))),
	FORM("/password", password_post, ACT_OWN, HALF, 3,
		TAKES(MAY("now", PARAM_SECRET, BYTES), MAY("new", PARAM_SECRET, BYTES),
			MAY("again", PARAM_SECRET, BYTES))),
	PAGE("/first", first_page, ACT_OWN, OPEN, 1, TAKES(MAY("token", PARAM_WORD, 0))),
	FORM("/first", first_post, ACT_OWN, OPEN, 9,
		TAKES(MAY("token", PARAM_WORD, 0), MAY("admin.login", PARAM_TEXT, 0), MAY("admin.name", PARAM_TEXT, 0),
			MAY("admin.password", PARAM_SECRET, BYTES), MAY("login", PARAM_TEXT, 0),
			MAY("name", PARAM_TEXT, 0), MAY("password", PARAM_SECRET, BYTES), MAY("role", PARAM_WORD, 0),
			MAY("post", PARAM_WORD, 0))),

	/* accounts */
	PAGE("/own", own_page, ACT_OWN, 0, 1, TAKES(MAY("done", PARAM_WORD, 0))),
	FORM("/own/end", own_end_post, ACT_OWN, 0, 1, TAKES(MAY("session", PARAM_WORD, 0))),
	PAGE("/accounts", accounts_page, ACT_ACCOUNT_VIEW, STEP, 0),
	FORM("/accounts", accounts_post, ACT_ACCOUNT_MANAGE, STEP, 3,
		TAKES(MAY("login", PARAM_TEXT, 0), MAY("name", PARAM_TEXT, 0), MAY("post", PARAM_WORD, 0))),
	PAGE("/accounts/:login", account_page, ACT_ACCOUNT_VIEW, STEP, 2,
		TAKES(PART("login", PARAM_WORD), MAY("done", PARAM_WORD, 0))),
	FORM("/accounts/:login", account_post, ACT_ACCOUNT_MANAGE, STEP, 9,
		TAKES(PART("login", PARAM_WORD), MAY("do", PARAM_WORD, 0), MAY("role", PARAM_WORD, 0),
			MAY("unit", PARAM_WORD, 0), MAY("from", PARAM_DATE, 0), MAY("until", PARAM_DATE, 0),
			MAY("grant", PARAM_INT, 0), MAY("post", PARAM_WORD, 0), MAY("name", PARAM_TEXT, 0))),

	/* what is recorded */
	PAGE("/", desk_page, ACT_OWN, 0, 2, TAKES(MAY("day", PARAM_DATE, 0), MAY("whose", PARAM_WORD, 0))),
	PAGE("/duties", duties_page, ACT_VIEW, ANY, 1, TAKES(MAY("format", PARAM_WORD, 0))),
	PAGE("/duties/:id", duty_page, ACT_VIEW, ANY, 5,
		TAKES(PART("id", PARAM_WORD), MAY("format", PARAM_WORD, 0), MAY("unit", PARAM_WORD, 0),
			MAY("slot", PARAM_TEXT, NAME),
			MAY("done", PARAM_WORD, 0))),
	FORM("/duties/:id", duty_post, ACT_RECORD_ADD, ANY, 7,
		TAKES(PART("id", PARAM_WORD), MAY("unit", PARAM_WORD, 0), MAY("slot", PARAM_TEXT, NAME),
			MAY("kind", PARAM_WORD, 0), MAY("until", PARAM_DATE, 0), MAY("why", PARAM_TEXT, NAME),
			MAY("day", PARAM_DATE, 0))),
	PAGE("/charts/:kind", chart_one_page, ACT_VIEW, ANY, 7,
		TAKES(PART("kind", PARAM_WORD), MAY("format", PARAM_WORD, 0), MAY("duty", PARAM_WORD, 0),
			MAY("unit", PARAM_WORD, 0), MAY("year", PARAM_INT, 0), MAY("n", PARAM_INT, 0),
			MAY("known", PARAM_INT, 0))),
	PAGE("/excuses", excuses_page, ACT_VIEW, ANY, 2,
		TAKES(MAY("done", PARAM_WORD, 0), MAY("format", PARAM_WORD, 0))),
	FORM("/excuses/:id", excuse_post, ACT_REVIEW, ANY, 6,
		TAKES(PART("id", PARAM_INT), MAY("do", PARAM_WORD, 0), MAY("why", PARAM_TEXT, NAME),
			MAY("until", PARAM_DATE, 0), MAY("day", PARAM_DATE, 0), MAY("seen", PARAM_INT, 0))),
	FORM("/excuses/:id/withdraw", excuse_withdraw_post, ACT_RECORD_ADD, ANY, 4,
		TAKES(PART("id", PARAM_INT), MAY("why", PARAM_TEXT, NAME), MAY("day", PARAM_DATE, 0),
			MAY("seen", PARAM_INT, 0))),
	PAGE("/handovers", handovers_page, ACT_VIEW, ANY, 1, TAKES(MAY("format", PARAM_WORD, 0))),
	PAGE("/handovers/posts/:code", handover_post_page, ACT_VIEW, ANY, 1, TAKES(PART("code", PARAM_TEXT))),
	FORM("/handovers/posts/:code", handover_post_post, ACT_RECORD_ADD, ANY, 2,
		TAKES(PART("code", PARAM_TEXT), MAY("day", PARAM_DATE, 0))),
	PAGE("/handovers/:id", handover_page, ACT_VIEW, ANY, 2,
		TAKES(PART("id", PARAM_INT), MAY("done", PARAM_WORD, 0))),
	FORM("/handovers/:id", handover_step_post, ACT_RECORD_CHANGE, ANY, 7,
		TAKES(PART("id", PARAM_INT), MAY("do", PARAM_WORD, 0), MAY("line", PARAM_TEXT, 0),
			MAY("text", PARAM_TEXT, NAME), MAY("why", PARAM_TEXT, NAME), MAY("day", PARAM_DATE, 0),
			MAY("seen", PARAM_INT, 0))),
	PAGE("/registers", registers_page, ACT_VIEW, ANY, 0),
	PAGE("/registers/:type", register_page, ACT_VIEW, ANY, 6,
		TAKES(PART("type", PARAM_WORD), MAY("q", PARAM_TEXT, 0), MAY("sort", PARAM_WORD, 0),
			MAY("page", PARAM_INT, 0), MAY("rows", PARAM_INT, 0), FIELDS("w."))),
	PAGE("/export", registers_export_page, ACT_REPORT_EXPORT, 0, 1, TAKES(MAY("format", PARAM_WORD, 0))),
	PAGE("/export/:token", take_page, ACT_REPORT_EXPORT, 0, 1, TAKES(PART("token", PARAM_WORD))),
	PAGE("/export/:token/file", take_file_page, ACT_REPORT_EXPORT, 0, 1, TAKES(PART("token", PARAM_WORD))),
	PAGE("/registers/:type/export", register_export_page, ACT_REPORT_EXPORT, 0, 5,
		TAKES(PART("type", PARAM_WORD), MAY("format", PARAM_WORD, 0), MAY("q", PARAM_TEXT, 0),
			MAY("sort", PARAM_WORD, 0), FIELDS("w."))),
	PAGE("/registers/:type/new", entry_page, ACT_RECORD_ADD, ANY, 2,
		TAKES(PART("type", PARAM_WORD), MAY("done", PARAM_INT, 0))),
	FORM("/registers/:type/new", entry_post, ACT_RECORD_ADD, ANY | UPLOAD, 4,
		TAKES(PART("type", PARAM_WORD), FIELDS("f."), FILES("files"), MAY("then", PARAM_WORD, 0))),
	PAGE("/records/:id", record_page, ACT_VIEW, ANY, 2, TAKES(PART("id", PARAM_INT), MAY("done", PARAM_WORD, 0))),
	PAGE("/records/:id/correct", correct_page, ACT_RECORD_CHANGE, ANY, 1, TAKES(PART("id", PARAM_INT))),
	FORM("/records/:id/correct", correct_post, ACT_RECORD_CHANGE, ANY | UPLOAD, 5,
		TAKES(PART("id", PARAM_INT), FIELDS("f."), FILES("files"), MAY("rev", PARAM_INT, 0),
			MAY("why", PARAM_TEXT, NAME))),
	FORM("/records/:id/withdraw", withdraw_post, ACT_RECORD_WITHDRAW, ANY, 3,
		TAKES(PART("id", PARAM_INT), MAY("rev", PARAM_INT, 0), MAY("why", PARAM_TEXT, NAME))),
	FORM("/records/:id/restore", record_restore_post, ACT_RECORD_WITHDRAW, ANY, 2,
		TAKES(PART("id", PARAM_INT), MAY("why", PARAM_TEXT, NAME))),
	PAGE("/files/:digest", file_page, ACT_VIEW, ANY, 1, TAKES(PART("digest", PARAM_WORD))),
	PAGE("/figures", figures_page, ACT_VIEW, 0, 2,
		TAKES(MAY("format", PARAM_WORD, 0), MAY("figure", PARAM_TEXT, NAME))),

	/* findings and inspections */
	PAGE("/findings", findings_page, ACT_VIEW, ANY, 9,
		TAKES(MAY("format", PARAM_WORD, 0), MAY("state", PARAM_WORD, 0), MAY("unit", PARAM_WORD, 0),
			MAY("source", PARAM_TEXT, NAME),
			MAY("overdue", PARAM_FLAG, 0), MAY("alone", PARAM_FLAG, 0), MAY("age", PARAM_INT, 0),
			MAY("year", PARAM_INT, 0), MAY("page", PARAM_INT, 0))),
	PAGE("/findings/:id", finding_page, ACT_VIEW, ANY, 2,
		TAKES(PART("id", PARAM_INT), MAY("done", PARAM_WORD, 0))),
	FORM("/findings/:id", finding_post, ACT_VIEW, ANY | UPLOAD, 14, TAKES(PART("id", PARAM_INT), STEP_FIELDS)),
	PAGE("/inspections", inspections_page, ACT_VIEW, ANY, 2,
		TAKES(MAY("format", PARAM_WORD, 0), MAY("year", PARAM_INT, 0))),
	PAGE("/inspections/:id", inspection_page, ACT_VIEW, ANY, 3,
		TAKES(PART("id", PARAM_INT), MAY("done", PARAM_WORD, 0), MAY("list", PARAM_TEXT, NAME))),
	FORM("/inspections/:id", inspection_post, ACT_VIEW, ANY | UPLOAD, 20,
		TAKES(PART("id", PARAM_INT), STEP_FIELDS, MAY("list", PARAM_TEXT, NAME), MAY("item", PARAM_WORD, 0),
			MAY("result", PARAM_WORD, 0), MAY("what", PARAM_LONG, FIELD), MAY("finding", PARAM_FLAG, 0),
			FIELDS("f."))),
	/* risks and warnings */
	PAGE("/risks", risks_page, ACT_VIEW, ANY, 7,
		TAKES(MAY("done", PARAM_INT, 0), MAY("format", PARAM_WORD, 0),
			MAY("level", PARAM_TEXT, 0), MAY("unit", PARAM_TEXT, 0), MAY("state", PARAM_WORD, 0),
			MAY("likelihood", PARAM_TEXT, 0), MAY("impact", PARAM_TEXT, 0))),
	PAGE("/risks/consult", consult_page, ACT_VIEW, ANY, 0),
	FORM("/risks/consult", consult_post, ACT_VIEW, ANY | UPLOAD, 8,
		TAKES(FIELDS("c."), FIELDS("l."), FIELDS("t."), MAY("day", PARAM_DATE, 0), MAY("no", PARAM_TEXT, NAME),
			MANY("met", PARAM_TEXT), MAY("text", PARAM_LONG, FIELD), FILES("files"))),
	PAGE("/risks/:no", risk_page, ACT_VIEW, ANY, 4,
		TAKES(PART("no", PARAM_TEXT), MAY("likelihood", PARAM_TEXT, 0), MAY("impact", PARAM_TEXT, 0),
			MAY("done", PARAM_WORD, 0))),
	FORM("/risks/:no", risk_post, ACT_VIEW, ANY, 10,
		TAKES(PART("no", PARAM_TEXT), MAY("do", PARAM_WORD, 0), MAY("seen", PARAM_INT, 0),
			MAY("day", PARAM_DATE, 0), MAY("likelihood", PARAM_TEXT, 0), MAY("impact", PARAM_TEXT, 0),
			MAY("level", PARAM_TEXT, 0), MAY("minutes", PARAM_TEXT, NAME), MAY("text", PARAM_LONG, FIELD),
			MAY("why", PARAM_LONG, FIELD))),
	PAGE("/warnings", warnings_page, ACT_VIEW, ANY, 6,
		TAKES(MAY("format", PARAM_WORD, 0), MAY("rule", PARAM_TEXT, 0), MAY("colour", PARAM_WORD, 0),
			MAY("state", PARAM_WORD, 0),
			MAY("mine", PARAM_FLAG, 0), MAY("page", PARAM_INT, 0))),
	PAGE("/warnings/backtest", backtest_page, ACT_VIEW, 0, 2,
		TAKES(MAY("from", PARAM_INT, 0), MAY("to", PARAM_INT, 0))),
	PAGE("/warnings/:key", warning_page, ACT_VIEW, ANY, 2,
		TAKES(PART("key", PARAM_TEXT), MAY("done", PARAM_WORD, 0))),
	FORM("/warnings/:key", warning_post, ACT_VIEW, ANY, 3,
		TAKES(PART("key", PARAM_TEXT), MAY("do", PARAM_WORD, 0), MAY("text", PARAM_LONG, FIELD))),

	/* the report */
	PAGE("/report", report_page, ACT_VIEW, 0, 5,
		TAKES(MAY("figure", PARAM_TEXT, NAME), MAY("edit", PARAM_TEXT, NAME), MAY("saved", PARAM_TEXT, NAME),
			MAY("known", PARAM_INT, 0), MAY("only", PARAM_FLAG, 0))),
	FORM("/report", section_post, ACT_NARRATIVE_EDIT, ROUTE_LONG, 4,
		TAKES(MAY("section", PARAM_TEXT, NAME), MAY("text", PARAM_LONG, LONG), MAY("rev", PARAM_INT, 0),
			MAY("why", PARAM_TEXT, BYTES))),
	FORM("/report/problems", problem_post, ACT_PROBLEM_DECIDE, 0, 3,
		TAKES(MAY("key", PARAM_TEXT, NAME), MAY("do", PARAM_WORD, 0), MAY("why", PARAM_TEXT, BYTES))),
	PAGE("/report/history", history_page, ACT_VIEW, 0, 1, TAKES(MAY("section", PARAM_TEXT, NAME))),
	FORM("/report/restore", section_restore_post, ACT_NARRATIVE_EDIT, 0, 3,
		TAKES(MAY("section", PARAM_TEXT, NAME), MAY("version", PARAM_INT, 0), MAY("rev", PARAM_INT, 0))),
	PAGE("/report/export", report_export_page, ACT_REPORT_EXPORT, 0, 4,
		TAKES(MAY("format", PARAM_WORD, 0), MAY("redact", PARAM_TEXT, NAME), MAY("known", PARAM_INT, 0),
			MAY("approved", PARAM_INT, 0))),
	PAGE("/report/preview", preview_page, ACT_VIEW, 0, 3,
		TAKES(MAY("page", PARAM_INT, 0), MAY("redact", PARAM_TEXT, NAME), MAY("known", PARAM_INT, 0))),
	PAGE("/report/preview/:picture", preview_picture, ACT_VIEW, 0, 4,
		TAKES(PART("picture", PARAM_WORD), MAY("redact", PARAM_TEXT, NAME), MAY("known", PARAM_INT, 0),
			MAY("dpi", PARAM_INT, 0))),
	PAGE("/report/paper", paper_page, ACT_VIEW, 0, 1, TAKES(MAY("saved", PARAM_FLAG, 0))),
	FORM("/report/paper", paper_post, ACT_PAPER_EDIT, 0, 2, TAKES(FIELDS("f."), MAY("why", PARAM_TEXT, BYTES))),
	PAGE("/report/versions", versions_page, ACT_VIEW, 0, 2,
		TAKES(MAY("of", PARAM_INT, 0), MAY("done", PARAM_WORD, 0))),
	FORM("/report/approve", approve_post, ACT_REPORT_APPROVE, 0, 3,
		TAKES(MAY("no", PARAM_TEXT, NAME), MAY("day", PARAM_DATE, 0), MAY("digest", PARAM_WORD, 0))),
	FORM("/report/sent", sent_post, ACT_REPORT_SEND, 0, 4,
		TAKES(MAY("version", PARAM_INT, 0), MAY("to", PARAM_TEXT, NAME), MAY("way", PARAM_TEXT, NAME),
			MAY("day", PARAM_DATE, 0))),
	FORM("/report/withdraw", approval_withdraw_post, ACT_REPORT_APPROVE, 0, 2,
		TAKES(MAY("version", PARAM_INT, 0), MAY("why", PARAM_TEXT, BYTES))),
	PAGE("/report/compare", compare_page, ACT_VIEW, 0, 0),

	/* assessment */
	PAGE("/assess", assess_page, ACT_VIEW, ANY, 2, TAKES(MAY("done", PARAM_WORD, 0), MAY("format", PARAM_WORD, 0))),
	PAGE("/assess/:unit", assess_unit_page, ACT_VIEW, ANY, 2,
		TAKES(PART("unit", PARAM_TEXT), MAY("done", PARAM_WORD, 0))),
	FORM("/assess/:unit", assess_unit_post, ACT_SCORE, ANY, 10,
		TAKES(PART("unit", PARAM_TEXT), MAY("do", PARAM_WORD, 0), MAY("item", PARAM_TEXT, 0),
			MAY("points", PARAM_TEXT, 0), MAY("text", PARAM_TEXT, BYTES), MAY("mark", PARAM_INT, 0),
			MAY("appeal", PARAM_INT, 0), MAY("total", PARAM_TEXT, 0), FIELDS("p."), FIELDS("w."))),
	FORM("/assess/:unit/self", assess_self_post, ACT_RECORD_ADD, ANY, 4,
		TAKES(PART("unit", PARAM_TEXT), MAY("item", PARAM_TEXT, 0), MAY("points", PARAM_TEXT, 0),
			MAY("text", PARAM_TEXT, BYTES))),
	FORM("/assess/:unit/appeal", assess_appeal_post, ACT_RECORD_ADD, ANY, 3,
		TAKES(PART("unit", PARAM_TEXT), MAY("item", PARAM_TEXT, 0), MAY("text", PARAM_TEXT, BYTES))),
	PAGE("/appeals", appeals_page, ACT_VIEW, ANY, 1, TAKES(MAY("format", PARAM_WORD, 0))),
	PAGE("/appeals/:id", appeal_page, ACT_VIEW, ANY, 2, TAKES(PART("id", PARAM_INT), MAY("done", PARAM_WORD, 0))),
	FORM("/appeals/:id", appeal_post, ACT_APPEAL_DECIDE, ANY, 3,
		TAKES(PART("id", PARAM_INT), MAY("do", PARAM_WORD, 0), MAY("why", PARAM_TEXT, BYTES))),
	FORM("/appeals/:id/back", appeal_back_post, ACT_RECORD_ADD, ANY, 1, TAKES(PART("id", PARAM_INT))),

	/* registers that come in */
	PAGE("/import", imports_page, ACT_IMPORT, ANY, 2, TAKES(MAY("done", PARAM_WORD, 0), MAY("page", PARAM_INT, 0))),
	FORM("/import", imports_post, ACT_IMPORT, ANY | ROUTE_UPLOAD, 2,
		TAKES(MAY("year", PARAM_INT, 0), MANY("files", PARAM_FILE))),
	PAGE("/import/:token", import_page, ACT_IMPORT, ANY, 4,
		TAKES(PART("token", PARAM_WORD), MAY("show", PARAM_WORD, 0), MAY("table", PARAM_INT, 0),
			MAY("page", PARAM_INT, 0))),
	FORM("/import/:token", import_post, ACT_IMPORT, ANY, 2,
		TAKES(PART("token", PARAM_WORD), MAY("do", PARAM_WORD, 0))),
	PAGE("/import/:token/refused", import_refused_page, ACT_IMPORT, ANY, 1, TAKES(PART("token", PARAM_WORD))),
	PAGE("/imports/:id", import_past_page, ACT_IMPORT, 0, 1, TAKES(PART("id", PARAM_INT))),
	FORM("/imports/:id", import_past_post, ACT_UNDO, 0, 2,
		TAKES(PART("id", PARAM_INT), MAY("why", PARAM_TEXT, NAME))),

	/* the responsibility system */
	PAGE("/scheme", scheme_page, ACT_VIEW, 0, 0),
	FORM("/scheme", scheme_upload_post, ACT_SCHEME_EDIT, UPLOAD, 1, TAKES(MAY("file", PARAM_FILE, 0))),
	PAGE("/scheme/versions/:n", scheme_version_page, ACT_VIEW, 0, 2,
		TAKES(PART("n", PARAM_INT), MAY("done", PARAM_WORD, 0))),
	PAGE("/scheme/versions/:n/text", scheme_text_page, ACT_VIEW, 0, 1, TAKES(PART("n", PARAM_INT))),
	PAGE("/scheme/draft/:digest", scheme_draft_page, ACT_SCHEME_EDIT, 0, 2,
		TAKES(PART("digest", PARAM_WORD), MAY("base", PARAM_INT, 0))),
	FORM("/scheme/draft/:digest", scheme_draft_post, ACT_SCHEME_EDIT, 0, 3,
		TAKES(PART("digest", PARAM_WORD), MAY("base", PARAM_INT, 0), MAY("from", PARAM_DATE, 0))),
	PAGE("/scheme/duties/:id", scheme_duty_page, ACT_SCHEME_EDIT, 0, 3,
		TAKES(PART("id", PARAM_WORD), MAY("draft", PARAM_WORD, 0), MAY("base", PARAM_INT, 0))),
	FORM("/scheme/duties/:id", scheme_duty_post, ACT_SCHEME_EDIT, ROUTE_LONG, 5,
		TAKES(PART("id", PARAM_WORD), MAY("draft", PARAM_WORD, 0), MAY("base", PARAM_INT, 0),
			MAY("do", PARAM_WORD, 0), FIELDS("k."))),
	PAGE("/scheme/new", scheme_new_page, ACT_SCHEME_EDIT, 0, 3,
		TAKES(MAY("form", PARAM_WORD, 0), MAY("draft", PARAM_WORD, 0), MAY("base", PARAM_INT, 0))),
	FORM("/scheme/new", scheme_new_post, ACT_SCHEME_EDIT, ROUTE_LONG, 5,
		TAKES(MAY("form", PARAM_WORD, 0), MAY("draft", PARAM_WORD, 0), MAY("base", PARAM_INT, 0),
			MAY("id", PARAM_WORD, 0), FIELDS("k."))),

	/* the plan, the burden of proof */
	PAGE("/plan", plan_page, ACT_VIEW, 0, 2, TAKES(MAY("done", PARAM_WORD, 0), MAY("format", PARAM_WORD, 0))),
	FORM("/plan", plan_post, ACT_PROBLEM_DECIDE, 0, 4,
		TAKES(MAY("no", PARAM_TEXT, NAME), MAY("do", PARAM_WORD, 0), MAY("day", PARAM_DATE, 0),
			MAY("why", PARAM_TEXT, BYTES))),
	PAGE("/burden", burden_page, ACT_VIEW, 0, 1, TAKES(MAY("format", PARAM_WORD, 0))),

	/* the log */
	PAGE("/log", log_page, ACT_LOG_VIEW, 0, 3,
		TAKES(MAY("kind", PARAM_WORD, 0), MAY("day", PARAM_DATE, 0), MAY("page", PARAM_INT, 0))),
	PAGE("/log/:seq", event_page, ACT_LOG_VIEW, 0, 1, TAKES(PART("seq", PARAM_INT))),
	PAGE("/verify", verify_page, ACT_LOG_VERIFY, 0, 0),
	FORM("/verify", verify_post, ACT_LOG_VERIFY, 0, 1, TAKES(MAY("depth", PARAM_WORD, 0))),

	/* the organisation, search */
	PAGE("/org", org_page, ACT_VIEW, ANY, 1, TAKES(MAY("format", PARAM_WORD, 0))),
	PAGE("/org/posts/:code", org_post_page, ACT_VIEW, ANY, 2,
		TAKES(PART("code", PARAM_TEXT), MAY("done", PARAM_WORD, 0))),
	FORM("/org/posts/:code", org_post_post, ACT_ORG_EDIT, 0, 9,
		TAKES(PART("code", PARAM_TEXT), MAY("do", PARAM_WORD, 0), MAY("name", PARAM_TEXT, 0),
			MAY("role", PARAM_TEXT, 0), MAY("unit", PARAM_TEXT, 0), MAY("from", PARAM_DATE, 0),
			MAY("until", PARAM_DATE, 0), MAY("term", PARAM_INT, 0), MAY("acting", PARAM_FLAG, 0))),
	PAGE("/org/units/:unit", org_unit_page, ACT_VIEW, ANY, 2,
		TAKES(PART("unit", PARAM_TEXT), MAY("done", PARAM_WORD, 0))),
	FORM("/org/units/:unit", org_unit_post, ACT_ORG_EDIT, 0, 7,
		TAKES(PART("unit", PARAM_TEXT), MAY("do", PARAM_WORD, 0), MAY("code", PARAM_TEXT, 0),
			MAY("name", PARAM_TEXT, 0), MAY("short", PARAM_TEXT, 0), MAY("kind", PARAM_TEXT, 0),
			MAY("role", PARAM_TEXT, 0))),
	PAGE("/help", help_page, ACT_OWN, 0, 0),
	PAGE("/help/:page", help_doc_page, ACT_OWN, 0, 1, TAKES(PART("page", PARAM_WORD))),
	PAGE("/metrics", metrics_page, ACT_OWN, OPEN, 0),
	PAGE("/search", search_page, ACT_VIEW, ANY, 1, TAKES(MAY("q", PARAM_TEXT, 400))),

	PAGE("/settings", settings_page, ACT_OWN, 0, 0),
	PAGE("/more", more_page, ACT_OWN, 0, 0),
};
const size_t web_nroutes = LEN(web_routes);
