#include "web/call.h"

#include "web/guard.h"
#include "web/help_view.h"
#include "web/pages.h"
#include "web/scope.h"

enum { PAGE_BYTES = 16 << 20 };

struct str call_say(const struct call *c, const char *key)
{
	return str_c(tr(c->lang, key));
}

static const char *const months[] = {"January", "February", "March", "April", "May", "June", "July", "August",
	"September", "October", "November", "December"};

struct str call_month(const struct call *c, struct date day)
{
	struct ymd d = date_ymd(day);

	return c->lang == LANG_ZH ? arena_printf(c->arena, "%d年%d月", d.y, d.m)
				  : arena_printf(c->arena, "%s %d", months[d.m - 1], d.y);
}

struct str call_day(const struct call *c, struct date day)
{
	struct ymd d;

	if (!date_is(day))
		return STR_NONE;
	d = date_ymd(day);
	return c->lang == LANG_ZH ? arena_printf(c->arena, "%d年%d月%d日", d.y, d.m, d.d)
				  : arena_printf(c->arena, "%d %s %d", d.d, months[d.m - 1], d.y);
}

struct url call_url(struct call *c, struct url u)
{
	char text[DATE_TEXT];

	return c->asked ? url_query(c->arena, u, "on", arena_str(c->arena, date_text(c->on, text))) : u;
}

bool call_may(const struct call *c, enum act act)
{
	return c->access && may_office(c->access, act);
}

bool call_may_any(const struct call *c, enum act act)
{
	if (!c->access || call_may(c, act))
		return c->access;
	for (size_t i = 0; i < c->access->n; i++)
		if (c->access->units[i].acts >> act & 1)
			return true;
	return false;
}

/* ---- writing ---- */

enum err_code call_write(struct call *c, intent_fn *fn, void *ctx, struct err *err)
{
	return writer_do(c->writer, c->access ? c->access->account.login : S("-"), S("web"), fn, ctx, err);
}

/* Which of a page's forms was sent. */
static struct str form_word(const struct call *c)
{
	for (size_t i = 0; i < c->route->nparams; i++)
		if (strcmp(c->route->params[i].name, "do") == 0)
			return value_of(&c->values, "do");
	return STR_NONE;
}

struct str call_refused(struct call *c, struct err *err)
{
	struct str text;

	if (guard_status(err->code) == 500)
		return STR_NONE;
	text = arena_str(c->arena, str_c(err->text));
	c->wrong = (struct html_wrong){form_word(c), err->field, text};
	c->resp->status = c->status ? c->status : guard_status(err->code);
	err_clear(err);
	return text;
}

enum err_code call_go(struct call *c, struct url to, struct err *err)
{
	return http_redirect(c->resp, to.text, err);
}

enum err_code call_back(struct call *c, struct str to, struct err *err)
{
	struct err quiet = {.lang = c->lang};

	if (to.n && http_redirect(c->resp, to, &quiet) == OK)
		return OK;
	return http_redirect(c->resp, S("/"), err);
}

/* ---- what is shown ---- */

/* Without a day in the address: today, but not beyond the year in hand, where nothing would be there yet. */
static enum err_code default_day(struct call *c, struct date *out, struct err *err)
{
	struct date last;
	int year;

	TRY(world_year(c->worlds, c->log, &c->head, &year, err));
	*out = day_at(c->now);
	if (date_make(year, 12, 31, &last) && date_lt(last, *out))
		*out = last;
	return OK;
}

enum err_code call_world(struct call *c, struct err *err)
{
	if (c->world) /* taken already: each taking is given back once */
		return OK;
	if (!date_is(c->on))
		TRY(default_day(c, &c->on, err));
	TRY(world_take(c->worlds, c->log, &c->head, c->on, c->lang, &c->world, err));
	c->facts = facts_for(&c->world->facts, c->arena);
	c->figures = figures_for(&c->world->figures, &c->facts);
	if (!call_sees_all(c))
		call_cut(c);
	return OK;
}

/* ---- the frame ---- */

/* The rail: each word for who may do the act, on the office or (any) on some unit. */
static const struct {
	enum nav nav;
	const char *title, *path;
	enum act act;
	bool any, main, phone;
} rail[] = {
	{NAV_DESK, N_("Desk"), "/", ACT_VIEW, true, true, true},
	{NAV_DUTIES, N_("Duties"), "/duties", ACT_VIEW, true, true, true},
	{NAV_REGISTERS, N_("Registers"), "/registers", ACT_VIEW, true, true, true},
	{NAV_FINDINGS, N_("Findings"), "/findings", ACT_VIEW, true, true, false},
	{NAV_RISKS, N_("Risks"), "/risks", ACT_VIEW, true, true, false},
	{NAV_WARNINGS, N_("Warnings"), "/warnings", ACT_VIEW, true, false, false},
	{NAV_ASSESS, N_("Assessment"), "/assess", ACT_VIEW, true, true, false},
	{NAV_REPORT, N_("Report"), "/report", ACT_VIEW, false, true, true},
	{NAV_FIGURES, N_("Figures"), "/figures", ACT_VIEW, false, false, false},
	{NAV_SCHEME, N_("Responsibility system"), "/scheme", ACT_VIEW, false, false, false},
	{NAV_PLAN, N_("Plan"), "/plan", ACT_VIEW, false, false, false},
	{NAV_BURDEN, N_("Burden of proof"), "/burden", ACT_VIEW, false, false, false},
	{NAV_IMPORT, N_("Import"), "/import", ACT_IMPORT, false, false, false},
	{NAV_ORG, N_("Organisation"), "/org", ACT_VIEW, true, false, false},
	{NAV_EXCUSES, N_("Excuses and more time"), "/excuses", ACT_VIEW, true, false, false},
	{NAV_HANDOVERS, N_("Handovers"), "/handovers", ACT_VIEW, true, false, false},
	{NAV_LOG, N_("Log"), "/log", ACT_LOG_VIEW, false, true, true},
	{NAV_VERIFY, N_("Verify"), "/verify", ACT_LOG_VERIFY, false, false, false},
	{NAV_ACCOUNTS, N_("Accounts"), "/accounts", ACT_ACCOUNT_VIEW, false, true, true},
	{NAV_OWN, N_("My account"), "/own", ACT_OWN, false, false, false},
	{NAV_HELP, N_("Help"), "/help", ACT_OWN, false, false, false},
	{NAV_SETTINGS, N_("Settings"), "/settings", ACT_OWN, false, false, false},
};

static bool shown(const struct call *c, size_t i)
{
	return rail[i].any ? call_may_any(c, rail[i].act) : call_may(c, rail[i].act);
}

struct url call_home(const struct call *c)
{
	for (size_t i = 0; i < LEN(rail); i++)
		if (rail[i].main && shown(c, i))
			return url_path(rail[i].path);
	return url_path("/own");
}

static void put_rail(struct call *c, struct frame *f)
{
	f->main.p = ARENA_ARRAY(c->arena, struct nav_item, LEN(rail));
	f->more.p = ARENA_ARRAY(c->arena, struct nav_item, LEN(rail));
	f->phone.p = ARENA_ARRAY(c->arena, struct nav_item, LEN(rail) + 1);
	for (size_t i = 0; i < LEN(rail); i++) {
		struct nav_item item = {.nav = rail[i].nav,
			.title = rail[i].title,
			.current = rail[i].nav == f->nav,
			.url = call_url(c, url_path(rail[i].path))};

		if (!shown(c, i))
			continue;
		if (rail[i].main)
			f->main.p[f->main.n++] = item;
		else
			f->more.p[f->more.n++] = item;
		if (rail[i].phone)
			f->phone.p[f->phone.n++] = item;
	}
	f->phone.p[f->phone.n++] = (struct nav_item){.nav = NAV_MORE,
		.title = N_("More"),
		.current = f->nav == NAV_MORE,
		.url = call_url(c, url_path("/more"))};
}

/* The parameters of this page but the day, for the form that asks about another. */
static void put_carry(struct call *c, struct frame *f)
{
	f->carry.p = ARENA_ARRAY(c->arena, struct hidden, PARAM_VALUES);
	for (size_t i = 0; i < c->route->nparams; i++) {
		bool in_path = str_has(str_c(c->route->path), arena_printf(c->arena, ":%s", c->route->params[i].name));

		for (size_t k = 0; !in_path && k < c->values.of[i].n; k++)
			f->carry.p[f->carry.n++] =
				(struct hidden){c->values.of[i].p[k].name, c->values.of[i].p[k].value};
	}
}

struct url call_here(struct call *c)
{
	struct str rest = c->req->path, part;
	struct url u = url_path("/");

	while (str_cut(&rest, S("/"), &part))
		if (part.n)
			u = url_add(c->arena, u, part);
	return u;
}

static void put_head(struct call *c, struct frame *f)
{
	struct hash root = range_root(&c->world->head);
	char hex[HASH_TEXT];

	f->root = arena_str(c->arena, str_sub(hash_text(&root, hex), 0, 16));
	f->size_of_log = c->world->head.n;
}

struct door *call_door(struct call *c, struct str title)
{
	struct door *d = ARENA_NEW(c->arena, struct door);

	*d = (struct door){.lang = c->lang == LANG_ZH ? "zh-CN" : "en", .theme = str_c(c->theme),
		.size = str_c(c->size), .title = title};
	return d;
}

struct frame *call_frame(struct call *c, enum nav nav, struct str title)
{
	struct frame *f = ARENA_NEW(c->arena, struct frame);

	f->lang = c->lang == LANG_ZH ? "zh-CN" : "en";
	f->said = c->world && scheme_lang(c->facts.scheme) != LANG_ZH ? "en" : "zh-CN";
	f->theme = str_c(c->theme);
	f->size = str_c(c->size);
	f->title = title;
	f->office = c->world->org.office.name;
	f->person = c->access ? c->access->account.name : STR_NONE;
	f->search = call_may_any(c, ACT_VIEW);
	f->asked = c->asked;
	f->on = c->on;
	f->on_text = call_day(c, c->on);
	f->past = !date_eq(c->on, day_at(c->now));
	f->nav = nav;
	f->help = help_at(c, nav);
	f->here = call_here(c);
	f->printed = call_day(c, day_at(c->now));
	put_rail(c, f);
	put_carry(c, f);
	put_head(c, f);
	return f;
}

struct str wrong_at(const struct html *h, const char *form, const char *field)
{
	bool here = h->wrong.field && strcmp(h->wrong.field, field) == 0 &&
		(!*form || str_is(h->wrong.form, form));

	return here ? h->wrong.why : STR_NONE;
}

const char *word(const struct html *h, const char *key)
{
	return tr(h->lang, key);
}

/* ---- writing ---- */

struct html *page_begin(struct call *c)
{
	c->resp->body.max = PAGE_BYTES;
	c->html = (struct html){.out = &c->resp->body, .lang = c->lang, .csrf = str_c(c->csrf),
		.wrong = c->wrong};
	return &c->html;
}

enum err_code page_end(struct call *c, struct err *err)
{
	http_type(c->resp, "text/html; charset=utf-8");
	return html_done(&c->html, err);
}
