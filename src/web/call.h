/* One request, as page functions see it, and what they do with it. Before one is called, the guard (guard.h) has found
 * out who asks, whether he may, whether the form is his own, and what the address and the form say. */
#ifndef WEB_CALL_H
#define WEB_CALL_H

#include "http/http.h"
#include "http/route.h"
#include "who/session.h"
#include "web/frame.h"
#include "web/rate.h"
#include "web/world.h"

/* Flags of a route. Without any: for who is signed in and may do the route's act on the office's own unit. */
enum {
	ROUTE_OPEN = 1,            /* for anybody: signing in */
	ROUTE_HALF = 2,            /* for a session that still needs something (session.h) as well */
	ROUTE_ANY = 4,             /* who may do the act in any unit; the page shows what he may see */
	ROUTE_STEP = 8,            /* who proved within five minutes who he is; others are asked first */
	ROUTE_UPLOAD = 16,         /* a form with files */
	ROUTE_LONG = 32            /* a form with long text */
};

struct drops;                     /* web/drop.h */
struct takes;                     /* web/takes.h */

struct person_name {
	struct str login, name;
};

struct call {
	struct arena *arena;
	struct log *log;               /* this worker's reader */
	struct writer *writer;
	struct rates *rates;
	struct drops *drops;           /* uploads that wait */
	struct takes *takes;           /* workbooks that take a while */
	int64_t now;                   /* µs, by the log's clock */
	const struct access *access;   /* who asks; on open routes NULL */
	bool sees_all;                 /* may view the office: scope.h */
	struct session session;
	struct str token;              /* of the session, as the browser sent it */
	char csrf[TOKEN_TEXT];
	const struct http_request *req;
	struct http_response *resp;
	const struct route *route;
	struct values values;          /* declared parameters */
	enum lang lang;
	struct date on;                /* the day asked about; DATE_NONE until call_world without one in the address */
	bool asked;                    /* the address names the day */
	struct http_server *server;    /* for its counters */
	struct verifier *verifier;
	int64_t known;                 /* the event that the report is as known at; 0: now */
	struct worlds *worlds;
	struct previews *previews;     /* pictures of the report's pages (web/previews.h) */
	const struct world *world;     /* after call_world; given back by the dispatcher */
	struct facts facts;            /* the world's, with the arena of this call */
	struct figures figures;
	struct html html;              /* after page_begin */
	struct html_wrong wrong;       /* after call_refused: which field, for the page */
	const char *theme, *size;      /* as the browser chose: light, dark, large; or NULL */
	struct range head;             /* of the log, when the request came in */
	struct { struct person_name *p; size_t n, cap; } people;       /* for call_person: all accounts */
	bool people_loaded;
	int status;                    /* of a refusal, where its error says too little; else 0 */
	bool answered;                 /* by the guard */
};

/* A page function. Its error becomes a page of its own. */
typedef enum err_code page_fn(struct call *c, struct err *err);

/* ---- who ---- */

/* Does he have the act on the office's own unit; in any unit at all? */
bool call_may(const struct call *c, enum act act);
bool call_may_any(const struct call *c, enum act act);

/* Where he begins: the desk, or the first page that his roles open. */
struct url call_home(const struct call *c);

/* Takes one of the session's (on open routes the address's) turns; ERR_BUSY, answered with 429, where there is none. */
enum err_code call_rate(struct call *c, enum rate rate, struct err *err);

/* ---- writing ---- */

/* One intent in his name, in the writer's thread: returns when it is durable, or refused. */
enum err_code call_write(struct call *c, intent_fn *fn, void *ctx, struct err *err);

/* A refusal that the person can do something about, to be shown in the form: its text, with the answer's status set and
 * err cleared. Empty for any other, which stays in err. */
struct str call_refused(struct call *c, struct err *err);

/* Another token in the browser's cookie; empty: none any more. */
enum err_code call_cookie(struct call *c, struct str token, struct err *err);

/* 303 to an address of ours. */
enum err_code call_go(struct call *c, struct url to, struct err *err);
/* The same to where a form was called from, as a parameter said; "/" where that is no address of ours. */
enum err_code call_back(struct call *c, struct str to, struct err *err);

/* ---- what is shown ---- */

/* Takes the world of the day asked about: of the address; else today, or the last day of the office's year when that is
 * over. */
enum err_code call_world(struct call *c, struct err *err);

/* The address of this page, without its parameters. */
struct url call_here(struct call *c);

/* The frame of a page that stands before the office: signing in, refusals. */
struct door *call_door(struct call *c, struct str title);

/* The frame of a page in that world. title is translated already. */
struct frame *call_frame(struct call *c, enum nav nav, struct str title);

/* The page is being written: what pages take. */
struct html *page_begin(struct call *c);
enum err_code page_end(struct call *c, struct err *err);

/* An address of ours that keeps the day asked about. */
struct url call_url(struct call *c, struct url u);
/* The record of that number in the world; NULL when there is none. Whether he sees it is asked apart (scope.h). */
const struct fact *call_record(const struct call *c, int64_t seq);
/* A login as a person's name; itself where there is no such account. Of a step taken at the command line, who sat
 * there. Lives in the call's arena; the first one asked for takes one statement, which brings them all. */
struct str call_person(struct call *c, struct str login);
/* A message key in the call's language. */
struct str call_say(const struct call *c, const char *key);
/* A day for people: 2022年6月3日, 3 June 2022. */
struct str call_day(const struct call *c, struct date day);
/* Its month: 2022年6月, June 2022. */
struct str call_month(const struct call *c, struct date day);

extern const struct route web_routes[];
extern const size_t web_nroutes;

page_fn desk_page, duties_page, duty_page, registers_page, register_page, record_page, file_page, report_page,
	figures_page, settings_page, more_page;
page_fn signin_page, signin_post, signout_post, second_page, second_post, step_page, step_post, enrol_page, enrol_start,
	enrol_post, password_page, password_post, first_page, first_post;
page_fn entry_page, entry_post, correct_page, correct_post, withdraw_post, record_restore_post;
page_fn findings_page, finding_page, finding_post, inspections_page, inspection_page, inspection_post;
page_fn section_post, problem_post, history_page, section_restore_post, report_export_page, preview_page,
	preview_picture,
	paper_page, paper_post, versions_page, approve_post, sent_post, approval_withdraw_post, compare_page;
page_fn org_page, org_post_page, org_post_post, org_unit_page, org_unit_post, search_page, metrics_page,
	log_page, event_page, verify_page, verify_post, help_page,
	help_doc_page;
page_fn duty_post, excuses_page, excuse_post, excuse_withdraw_post;
page_fn handovers_page, handover_post_page, handover_post_post, handover_page, handover_step_post;
page_fn chart_one_page;
page_fn own_page, own_end_post, accounts_page, accounts_post, account_page, account_post;
page_fn risks_page, risk_page, risk_post, consult_page, consult_post;
page_fn warnings_page, warning_page, warning_post, backtest_page;
page_fn imports_page, imports_post, import_page, import_post, import_refused_page, import_past_page, import_past_post,
	register_export_page, registers_export_page, take_page, take_file_page;
page_fn scheme_page, scheme_upload_post, scheme_version_page, scheme_text_page, scheme_draft_page, scheme_draft_post,
	scheme_duty_page, scheme_duty_post, scheme_new_page, scheme_new_post, plan_page, plan_post, burden_page;
page_fn assess_page, assess_unit_page, assess_unit_post, assess_self_post, assess_appeal_post, appeals_page,
	appeal_page, appeal_post, appeal_back_post;

#endif
