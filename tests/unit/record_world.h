/* What tests of records by hand share: "date=2022-06-03;kind=…" into a record. */
#ifndef TESTS_RECORD_WORLD_H
#define TESTS_RECORD_WORLD_H

#include "import_world.h"

#include "record/record.h"

struct hand {
	struct record_input in;
	struct record_fit fit;
	struct arena *a;
	struct id id;
	struct str why;
	struct fix *f;
};

/* typed: NAME=VALUE, with ; between. */
static inline struct hand hand_of(struct fix *f, const char *type, struct id id, const char *typed)
{
	struct hand h = {.a = &f->a, .f = f, .in = {.scheme = &f->scheme, .lang = LANG_EN, .year = 2022, .id = id}};
	struct record_typed *t = ARENA_ARRAY(&f->a, struct record_typed, 40);
	struct str rest = str_c(typed), one;

	if (type)
		h.in.type = scheme_type(&f->scheme, str_c(type));
	while (str_cut(&rest, S(";"), &one))
		if (one.n && str_cut(&one, S("="), &t[h.in.ntyped].name))
			t[h.in.ntyped++].text = one;
	h.in.typed = t;
	return h;
}

static inline enum err_code hand_add(struct tx *tx, void *ctx, struct err *err)
{
	struct hand *h = ctx;

	return record_add(tx, h->a, &h->in, &h->fit, &h->id, err);
}

static inline enum err_code hand_correct(struct tx *tx, void *ctx, struct err *err)
{
	struct hand *h = ctx;

	return record_correct(tx, h->a, &h->in, &h->fit, &h->id, err);
}

static inline enum err_code hand_withdraw(struct tx *tx, void *ctx, struct err *err)
{
	struct hand *h = ctx;

	return record_withdraw(tx, h->in.scheme, h->in.id, h->in.rev_seq, h->why, err);
}

static inline enum err_code hand_restore(struct tx *tx, void *ctx, struct err *err)
{
	struct hand *h = ctx;

	return record_restore(tx, h->in.scheme, h->in.id, h->why, err);
}

static inline enum err_code by(struct hand *h, intent_fn *fn, const char *actor, const char *via)
{
	return log_write(h->f->log, str_c(actor), str_c(via), fn, h, &h->f->err);
}

/* Enters a record. */
static inline struct id enter(struct fix *f, const char *type, const char *typed)
{
	struct hand h = hand_of(f, type, ID_NONE, typed);

	ok(f, by(&h, hand_add, "zhang.san", "test"));
	return h.id;
}

/* The event of a correction; ID_NONE where nothing was to be said. */
static inline struct id amend(struct fix *f, struct id id, const char *typed)
{
	struct hand h = hand_of(f, NULL, id, typed);

	ok(f, by(&h, hand_correct, "li.si", "test"));
	return h.id;
}

static inline enum err_code withdraw(struct fix *f, struct id id)
{
	struct hand h = hand_of(f, NULL, id, "");

	h.why = S("twice");
	return by(&h, hand_withdraw, "li.si", "test");
}

static inline enum err_code restore(struct fix *f, struct id id)
{
	struct hand h = hand_of(f, NULL, id, "");

	return by(&h, hand_restore, "li.si", "test");
}

/* "name: text|name: text": the problems, those that do not refuse in brackets. */
static inline struct str problems(struct fix *f, const struct record_fit *fit)
{
	struct str s = S("");

	for (size_t i = 0; i < fit->n; i++) {
		const struct record_problem *p = &fit->problems[i];
		struct str name = p->field ? p->field->name : p->name;

		s = arena_printf(&f->a, STR_FMT "%s%s" STR_FMT ": " STR_FMT "%s", STR_ARG(s), i ? "|" : "",
			p->refused ? "" : "(", STR_ARG(name), STR_ARG(p->text), p->refused ? "" : ")");
	}
	return s;
}

static inline struct str canon(struct fix *f, const struct node *n)
{
	struct buf b CLEANUP(buf_free) = BUF_MAX(1 << 20);

	if (n)
		ok(f, json_canon(&b, n, &f->err));
	return arena_str(&f->a, buf_str(&b));
}

static inline int64_t seq_of(struct fix *f, const char *where)
{
	return count(f, arena_printf(&f->a, "select seq from p_record where %s", where).p);
}

#endif
