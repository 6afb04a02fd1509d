/* One's own account: roles, password, second factor, and where one is signed in. */
#include "web/duty_view.h"
#include "web/pages.h"
#include "web/sign_view.h"

#include "who/signin.h"

enum { KEY_BYTES = 8 };

struct str call_time(struct call *c, int64_t us)
{
	int64_t second = us / 1000000 + 8 * 3600;

	return arena_printf(c->arena, STR_FMT " %02d:%02d", STR_ARG(call_day(c, day_at(us))),
		(int)(second / 3600 % 24), (int)(second / 60 % 60));
}

enum err_code put_roles(struct call *c, struct str login, struct grant_lines *out, struct err *err)
{
	struct grants grants;
	char day[DATE_TEXT];

	TRY(grant_list(log_db(c->log), c->arena, login, DATE_NONE, &grants, err));
	for (size_t i = 0; i < grants.n; i++) {
		const struct grant *g = &grants.p[i];
		const struct unit *unit = org_unit(&c->world->org, g->unit);

		if (!g->ended)
			*ARENA_PUSH(c->arena, out->p, out->n, out->cap) = (struct grant_line){
				.role = role_label(g->role),
				.unit = unit ? unit->name : g->unit,
				.from = arena_str(c->arena, date_text(g->from, day)),
				.until = arena_str(c->arena, date_text(g->until, day)),
				.id = g->id.seq};
	}
	return OK;
}

/* ---- sessions ---- */

/* What names a session in a form: the first bytes of its hash, which is no secret. */
static struct str session_key(struct arena *a, struct str hash)
{
	struct str out = S("");

	for (size_t i = 0; i < MIN(hash.n, (size_t)KEY_BYTES); i++)
		out = arena_printf(a, STR_FMT "%02x", STR_ARG(out), (unsigned char)hash.p[i]);
	return out;
}

/* What people call the browser and its system, of what it calls itself; the whole where neither is known. */
static struct str browser_name(struct call *c, struct str agent)
{
	static const char *const browsers[][2] = {{"Edg/", "Edge"}, {"Firefox/", "Firefox"}, {"OPR/", "Opera"},
		{"Chrome/", "Chrome"}, {"Safari/", "Safari"}};
	static const char *const systems[][2] = {{"Android", "Android"}, {"iPhone", "iPhone"}, {"iPad", "iPad"},
		{"Windows", "Windows"}, {"Mac OS X", "macOS"}, {"Linux", "Linux"}};
	const char *browser = NULL, *system = NULL;

	for (size_t i = LEN(browsers); i-- > 0;)
		if (str_has(agent, str_c(browsers[i][0])))
			browser = browsers[i][1];
	for (size_t i = LEN(systems); i-- > 0;)
		if (str_has(agent, str_c(systems[i][0])))
			system = systems[i][1];
	if (!browser)
		return agent;
	return system ? arena_printf(c->arena, "%s · %s", browser, system) : str_c(browser);
}

static enum err_code put_sessions(struct call *c, struct own_view *v, struct err *err)
{
	struct sessions list;

	TRY(session_list(log_db(c->log), c->arena, c->session.account, c->now, &list, err));
	for (size_t i = 0; i < list.n; i++)
		*ARENA_PUSH(c->arena, v->sessions.p, v->sessions.n, v->sessions.cap) = (struct session_line){
			.device = browser_name(c, list.p[i].device),
			.address = list.p[i].address,
			.made = call_time(c, list.p[i].made),
			.used = call_time(c, list.p[i].used),
			.key = session_key(c->arena, list.p[i].hash),
			.current = str_eq(list.p[i].hash, c->session.hash)};
	return OK;
}

struct end {
	struct call *c;
	struct str key;            /* empty: all but this one */
};

static enum err_code write_end(struct tx *tx, void *ctx, struct err *err)
{
	struct end *e = ctx;
	const struct session *mine = &e->c->session;
	struct sessions list;

	if (!e->key.n)
		return session_end_all(tx->db, mine->account, mine->hash, err);
	TRY(session_list(tx->db, tx->arena, mine->account, e->c->now, &list, err));
	for (size_t i = 0; i < list.n; i++)
		if (str_eq(session_key(tx->arena, list.p[i].hash), e->key))
			return session_end(tx->db, mine->account, list.p[i].hash, err);
	return OK;                         /* ended already */
}

enum err_code own_end_post(struct call *c, struct err *err)
{
	struct end e = {c, value_of(&c->values, "session")};

	TRY(call_write(c, write_end, &e, err));
	return call_go(c, url_query(c->arena, url_path("/own"), "done", S("ended")), err);
}

static const struct {
	const char *word, *text;
} dones[] = {
	{"ended", N_("Signed out there.")},
	{"password", N_("The password is changed; everywhere else you are signed out.")},
};

enum err_code own_page(struct call *c, struct err *err)
{
	struct str done = value_of(&c->values, "done");
	struct own_view v = {0};

	TRY(call_world(c, err));
	v.frame = call_frame(c, NAV_OWN, call_say(c, N_("My account")));
	v.login = c->access->account.login;
	v.name = c->access->account.name;
	v.post = c->access->account.post.n ? owner_name(&c->world->org, c->access->account.post) : STR_NONE;
	for (size_t i = 0; i < LEN(dones); i++)
		if (str_is(done, dones[i].word))
			v.done = dones[i].text;
	TRY(second_is(log_db(c->log), c->session.account, &v.second, err));
	TRY(put_roles(c, v.login, &v.roles, err));
	TRY(put_sessions(c, &v, err));
	page_own(page_begin(c), &v);
	return page_end(c, err);
}

/* ---- the password ---- */

static enum err_code show_password(struct call *c, struct str wrong, struct err *err)
{
	struct password_view v = {.door = call_door(c, call_say(c, N_("A new password"))),
		.must = c->session.needs & NEED_PASSWORD};

	v.door->wrong = wrong;
	page_password(page_begin(c), &v);
	return page_end(c, err);
}

enum err_code password_page(struct call *c, struct err *err)
{
	return show_password(c, STR_NONE, err);
}

struct change {
	struct call *c;
	struct signin in;
	struct signin_out out;
	char phc[PASSWORD_PHC];
};

static enum err_code write_password(struct tx *tx, void *ctx, struct err *err)
{
	struct change *x = ctx;
	struct session s = x->c->session;
	unsigned char hash[DIGEST_BYTES];

	TRY(signin_step(tx, &s, &x->in, x->c->now, &x->out, err));
	if (!x->out.good)
		return OK;                 /* the failure is to be kept */
	token_hash(str_c(x->out.token), hash);
	s.hash = (struct str){(const char *)hash, sizeof hash};
	TRY(credential_set(tx->db, s.account, str_c(x->phc), false, x->c->now, s.hash, err));
	return signin_did(tx, &s, NEED_PASSWORD, x->c->now, &x->out, err);
}

static enum err_code try_password(struct change *x, struct err *err)
{
	struct call *c = x->c;
	struct str now = value_of(&c->values, "now"), new = value_of(&c->values, "new");
	const struct account *who = &c->access->account;

	if (!str_eq(new, value_of(&c->values, "again")))
		return fail(err, ERR_INPUT, "the two new passwords differ");
	if (str_eq(new, now))
		return fail(err, ERR_INPUT, "that is the password you have");
	TRY(signin_look(log_db(c->log), c->arena, who->login, now, (struct password_cost){0}, c->now, &x->in, err));
	TRY(credential_hash(log_db(c->log), new, who->login, who->name, (struct password_cost){0}, x->phc, err));
	TRY(call_write(c, write_password, x, err));
	return signin_answer(&x->out, err);
}

enum err_code password_post(struct call *c, struct err *err)
{
	struct change x = {.c = c};
	struct str wrong;

	if (try_password(&x, err) != OK) {
		wrong = call_refused(c, err);
		return wrong.n ? show_password(c, wrong, err) : err->code;
	}
	TRY(call_cookie(c, str_c(x.out.token), err));
	if (c->session.needs)
		return call_go(c, url_path("/"), err);
	return call_go(c, url_query(c->arena, url_path("/own"), "done", S("password")), err);
}
