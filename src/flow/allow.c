#include "flow/allow.h"

#include "base/buf.h"
#include "base/utf8.h"
#include "text/json.h"
#include "who/access.h"

#include <stdlib.h>

enum { ABOUT_BYTES = 8 << 10, NAMED_AT_MOST = 12 };

static const char *const kind_names[] = {N_("excused"), N_("extended"), N_("not_applicable")};

const char *allow_kind_name(enum allow_kind k)
{
	BUG_IF((size_t)k >= LEN(kind_names));
	return kind_names[k];
}

bool allow_kind_named(struct str name, enum allow_kind *out)
{
	for (size_t i = 0; i < LEN(kind_names); i++) {
		if (str_is(name, kind_names[i])) {
			*out = (enum allow_kind)i;
			return true;
		}
	}
	return false;
}

/* ---- what an excuse is about ---- */

static enum err_code about_text(struct arena *a, const struct excuse_input *in, struct str *out, struct err *err)
{
	struct buf b CLEANUP(buf_free) = BUF_MAX(ABOUT_BYTES);
	struct node *map = node_map(a);
	char due[DATE_TEXT];

	node_set(a, map, S("duty"), node_str(a, in->duty->id));
	node_set(a, map, S("owner"), node_str(a, in->slot->owner));
	if (in->slot->object.n)
		node_set(a, map, S("object"), node_str(a, in->slot->object));
	node_set(a, map, S("label"), node_str(a, in->slot->label));
	node_set(a, map, S("kind"), node_str(a, str_c(kind_names[in->kind])));
	node_set(a, map, S("due"), node_str(a, arena_str(a, date_text(in->slot->due, due))));
	TRY(json_canon(&b, map, err));
	*out = arena_str(a, buf_str(&b));
	return OK;
}

/* False for what is no excuse of a slot: another program's, or of a later version. */
static bool about_read(struct arena *a, struct excuse *x)
{
	struct err quiet = {0};
	struct node *map;

	if (json_read(a, x->c.about, (struct json_opt){0}, &map, &quiet) != OK || map->kind != NODE_MAP)
		return false;
	x->duty = node_text(map, S("duty"));
	x->owner = node_text(map, S("owner"));
	x->object = node_text(map, S("object"));
	x->label = node_text(map, S("label"));
	return x->duty.n && allow_kind_named(node_text(map, S("kind")), &x->kind) &&
		date_parse(node_text(map, S("due")), &x->due);
}

static bool read_case(struct arena *a, const struct flow_case *c, struct excuse *x)
{
	*x = (struct excuse){.c = *c, .due = DATE_NONE, .asked = DATE_NONE, .decided = DATE_NONE, .revoked = DATE_NONE,
		.until = DATE_NONE};
	if (!about_read(a, x))
		return false;
	for (size_t i = 0; i < c->n; i++) {
		const struct flow_step *s = &c->steps[i];

		if (s->move == MOVE_EXCUSE_ASK) {
			x->asked = s->day;
			x->until = s->due;
			x->why = s->why;
		} else if (s->move == MOVE_EXCUSE_GRANT || s->move == MOVE_EXCUSE_REFUSE) {
			x->decided = s->day;
			if (s->move == MOVE_EXCUSE_GRANT) {
				x->until = s->due;
				x->grant = s->id.seq;
			}
		} else if (s->move == MOVE_EXCUSE_REVOKE) {
			x->revoked = s->day;
		}
	}
	return true;
}

enum err_code excuses_load(struct db *db, struct arena *a, struct date on, struct excuses *out, struct err *err)
{
	struct flow_cases cases;
	struct excuse x;

	*out = (struct excuses){0};
	TRY(flow_load(db, a, FLOW_EXCUSE, on, &cases, err));
	for (size_t i = 0; i < cases.n; i++)
		if (read_case(a, &cases.p[i], &x))
			*ARENA_PUSH(a, out->p, out->n, out->cap) = x;
	return OK;
}

enum err_code excuse_get(struct db *db, struct arena *a, struct id id, struct excuse *out, struct err *err)
{
	struct flow_case c;

	TRY(flow_read(db, a, FLOW_EXCUSE, id, DATE_NONE, &c, err));
	if (!c.started || !read_case(a, &c, out))
		return fail(err, ERR_NOT_FOUND, "no excuse %lld", (long long)id.seq);
	return OK;
}

/* ---- what was granted ---- */

static int by_decision(const void *a, const void *b)
{
	const struct excuse *x = *(const struct excuse *const *)a, *y = *(const struct excuse *const *)b;

	if (x->decided.n != y->decided.n)
		return x->decided.n < y->decided.n ? -1 : 1;
	return (x->grant > y->grant) - (x->grant < y->grant);
}

enum err_code allow_load(struct db *db, struct facts *f, struct err *err)
{
	struct arena *a = f->arena;
	struct allowance *out;
	const struct excuse **granted;
	struct excuses all;
	size_t n = 0;

	TRY(excuses_load(db, a, DATE_NONE, &all, err));
	granted = ARENA_ARRAY(a, const struct excuse *, all.n);
	for (size_t i = 0; i < all.n; i++)
		if (all.p[i].grant)
			granted[n++] = &all.p[i];
	if (n)
		qsort(granted, n, sizeof *granted, by_decision);
	out = ARENA_ARRAY(a, struct allowance, n);
	for (size_t i = 0; i < n; i++) {
		const struct excuse *x = granted[i];

		out[i] = (struct allowance){.duty = x->duty, .owner = x->owner, .object = x->object, .label = x->label,
			.kind = x->kind, .asked = x->asked, .decided = x->decided, .until = x->until,
			.revoked = x->revoked};
	}
	f->allowed = out;
	f->nallowed = n;
	return OK;
}

/* ---- finding the slot ---- */

/* The same post or unit, whatever it is called by. */
static bool same_one(struct arena *a, const struct org *org, struct str x, struct str y)
{
	const struct post *p = org_post(org, x);
	const struct unit *u = org_unit(org, x);

	return (p && p == org_post(org, y)) || (u && u == org_unit(org, y)) ||
		str_eq(utf8_squeeze(a, x), utf8_squeeze(a, y));
}

static bool label_is(struct arena *a, struct str want, struct str x, struct str y)
{
	struct str w = utf8_squeeze(a, want);

	return str_eq(w, utf8_squeeze(a, x)) || str_eq(w, utf8_squeeze(a, y));
}

static void name_one(struct buf *b, size_t *named, const struct slot *x)
{
	if (++*named <= NAMED_AT_MOST)
		buf_printf(b, "%s" STR_FMT " %s" STR_FMT, *named > 1 ? "; " : "", STR_ARG(x->label),
			x->owner.n ? "· " : "", STR_ARG(x->owner));
	else if (*named == NAMED_AT_MOST + 1)
		buf_printf(b, "; …");
}

enum err_code slot_named(struct arena *a, const struct org *org, const struct duty_state *s,
	const struct duty_state *shown, const struct slot_name *name, const struct slot **out, struct err *err)
{
	struct buf fits CLEANUP(buf_free) = BUF_MAX(700), all CLEANUP(buf_free) = BUF_MAX(700);
	size_t nfits = 0, nall = 0;

	for (size_t i = 0; i < s->nslots; i++) {
		const struct slot *x = &s->slots[i], *seen = i < shown->nslots ? &shown->slots[i] : x;

		name_one(&all, &nall, seen);
		if ((name->owner.n && !same_one(a, org, name->owner, x->owner)) ||
			(name->object.n && !same_one(a, org, name->object, x->object)) ||
			(name->label.n && !label_is(a, name->label, x->label, seen->label)))
			continue;
		*out = x;
		name_one(&fits, &nfits, seen);
	}
	if (nfits == 1)
		return OK;
	if (nfits)
		return fail(err, ERR_INPUT, "which slot of duty " STR_FMT "? " STR_FMT, STR_ARG(s->duty->id),
			STR_ARG(buf_str(&fits)));
	if (!nall)
		return fail(err, ERR_NOT_FOUND, "duty " STR_FMT " has no slot on that day", STR_ARG(s->duty->id));
	return fail(err, ERR_NOT_FOUND, "duty " STR_FMT " has no such slot; there are: " STR_FMT, STR_ARG(s->duty->id),
		STR_ARG(buf_str(&all)));
}

/* ---- writing ---- */

/* The unit of the slot's owner; empty: the office as a whole. */
static struct str unit_of(const struct org *org, struct str owner)
{
	const struct unit *u = org_owner_unit(org, owner);

	return u ? u->code : STR_NONE;
}

static bool same_slot(const struct excuse *x, const struct excuse_input *in)
{
	return str_eq(x->duty, in->duty->id) && str_eq(x->owner, in->slot->owner) &&
		str_eq(x->object, in->slot->object) && str_eq(x->label, in->slot->label);
}

static enum err_code not_twice(struct tx *tx, const struct excuse_input *in, struct err *err)
{
	struct excuses all;

	TRY(excuses_load(tx->db, tx->arena, DATE_NONE, &all, err));
	for (size_t i = 0; i < all.n; i++)
		if (flow_open_state(all.p[i].c.state) && same_slot(&all.p[i], in))
			return fail(err, ERR_CONFLICT, "excuse %lld asks for this slot already, and is not decided yet",
				(long long)all.p[i].c.subject.seq);
	return OK;
}

static enum err_code check_until(const struct excuse_input *in, struct date day, struct err *err)
{
	char due[DATE_TEXT];

	date_text(in->slot->due, due);
	if (in->kind != ALLOW_EXTENDED)
		return date_is(in->until) ? err_on(err, "until",
			fail(err, ERR_INPUT, "only an extension has a new day")) : OK;
	if (!date_is(in->until))
		return err_on(err, "until", fail(err, ERR_REQUIRED, "until when? an extension needs its day"));
	if (!date_lt(in->slot->due, in->until))
		return err_on(err, "until",
			fail(err, ERR_INPUT, "the new day must be later than the one in force, %s", due));
	if (date_lt(in->slot->due, day))
		return err_on(err, "day",
			fail(err, ERR_CONFLICT, "more time must be asked for on or before the due day, which was %s",
			due));
	return OK;
}

enum err_code excuse_ask(
	struct tx *tx, const struct scheme *s, const struct excuse_input *in, struct id *id, struct err *err)
{
	struct flow_input step = FLOW_INPUT;
	struct id unit;
	struct org org;

	step.step = S("ask");
	step.day = date_is(in->day) ? in->day : day_at(log_now(tx->log));
	step.by = in->by;
	step.why = in->why;
	step.due = in->until;
	TRY(org_load(tx->db, tx->arena, DATE_NONE, &org, err));
	step.unit = unit_of(&org, in->slot->owner);
	unit = flow_unit_id(tx->db, step.unit);
	TRY(id_is(unit) ? access_check(tx, ACT_RECORD_ADD, unit, err) : access_office(tx, ACT_RECORD_ADD, err));
	TRY(check_until(in, step.day, err));
	TRY(about_text(tx->arena, in, &step.about, err));
	TRY(not_twice(tx, in, err));
	return flow_step(tx, s, FLOW_EXCUSE, ID_NONE, &step, id, err);
}

/* Where the duty names the post that decides, no other does. */
static enum err_code need_approver(struct tx *tx, const struct scheme *s, const struct excuse *x, struct str by,
	struct err *err)
{
	const struct duty *d = scheme_duty(s, x->duty);
	const struct node *named = d ? NODE_GET(d->node, "approver") : NULL;
	const struct post *want, *is;
	struct account account;
	struct org org;

	if (!named || named->kind != NODE_TEXT)
		return OK;
	if (str_is(tx->via, "web") || str_is(tx->via, "api")) {
		TRY(account_get(tx->db, tx->arena, tx->actor, &account, err));
		by = account.post;
	}
	TRY(org_load(tx->db, tx->arena, DATE_NONE, &org, err));
	want = org_post(&org, named->text);
	is = org_post(&org, by);
	if (want && is && want != is)
		return fail(err, ERR_DENIED, "post " STR_FMT " decides this, not " STR_FMT, STR_ARG(want->name),
			STR_ARG(is->name));
	return OK;
}

enum err_code excuse_decide(struct tx *tx, const struct scheme *s, struct id id, const struct excuse_decision *d,
	struct err *err)
{
	struct flow_input step = FLOW_INPUT;
	bool grants = str_is(d->step, "grant");
	struct excuse x;

	TRY(excuse_get(tx->db, tx->arena, id, &x, err));
	step.step = d->step;
	step.by = d->by;
	step.why = d->why;
	step.day = d->day;
	step.due = d->until;
	step.seen = d->seen;
	if (date_is(d->until) && (!grants || x.kind != ALLOW_EXTENDED))
		return err_on(err, "until", fail(err, ERR_INPUT, "only an extension has a new day"));
	if (date_is(d->until) && !date_lt(x.due, d->until))
		return err_on(err, "until", fail(err, ERR_INPUT, "the new day must be later than the due day"));
	if (grants || str_is(d->step, "refuse"))
		TRY(need_approver(tx, s, &x, d->by, err));
	return flow_step(tx, s, FLOW_EXCUSE, id, &step, NULL, err);
}
