/* What random walks through the real log share: people with accounts, roles and posts that change, worlds that begin anew,
 * what a refusal may not have changed, tables that must be those of a replay. A walk's model says of each try whether it
 * may be, from docs/flows.md, docs/events.md and the rights of tbl/acts.h, and knows nothing of the program's tables.
 * ZEREN_STEPS: how many tries. ZEREN_SEED: other ones. */
#ifndef TESTS_WALK_WORLD_H
#define TESTS_WALK_WORLD_H

#include "flow_world.h"

#include "who/account.h"

/* ---- chance ---- */

static uint64_t walk_seed;

static inline int chance(int n)
{
	walk_seed ^= walk_seed << 13;
	walk_seed ^= walk_seed >> 7;
	walk_seed ^= walk_seed << 17;
	return (int)((walk_seed >> 33) % (unsigned)n);
}

static inline int64_t walk_wish(const char *name, int64_t otherwise)
{
	const char *s = getenv(name);
	int64_t n;

	return s && str_int(str_c(s), &n) && n > 0 ? n : otherwise;
}

static inline bool walk_named(const char *list, const char *word)
{
	struct str rest = str_c(list), one;

	while (str_cut(&rest, S(" "), &one))
		if (str_is(one, word))
			return true;
	return false;
}

/* ---- people ---- */

enum { PEOPLE_MOST = 12, ROLES_OF_ONE = 2 };

struct person {
	const char *login, *name;
	int post;                        /* of the walk's posts; -1: none */
	struct {
		enum role role;
		const char *unit;            /* NULL: no more */
	} roles[ROLES_OF_ONE];
};

/* Whose hand a try is. On the web a person acts by his account; else at the terminal, in the name of any post. */
struct walk_hand {
	int who, by;                     /* by: the post that is said; -1: none */
	bool web;
};
/* A hand that has done something: the post it was done for. */
struct walk_did {
	int who, post;
};

static struct person people[PEOPLE_MOST];
static const char *const *walk_posts;
static int npeople, nposts;

static inline int acting_post(const struct walk_hand *h)
{
	return h->web ? people[h->who].post : h->by;
}

/* Named for a post: on the web one's own and no other, else any. */
static inline bool hand_named(const struct walk_hand *h)
{
	return acting_post(h) >= 0 && (!h->web || h->by < 0 || h->by == acting_post(h));
}

/* Four eyes: the same post; on the web also the same person. */
static inline bool same_hand(const struct walk_hand *h, const struct walk_did *d)
{
	return d->post == acting_post(h) || (h->web && d->who == h->who);
}

static inline struct walk_did did(const struct walk_hand *h)
{
	return (struct walk_did){h->who, acting_post(h)};
}

static inline bool unit_covers(const char *of, const char *unit)
{
	return !strcmp(of, unit) || !strcmp(of, "U00") || (!strcmp(of, "U01") && strcmp(unit, "U00") != 0);
}

/* One of these roles over the unit; at the terminal everything is allowed. */
static inline bool hand_may(const struct walk_hand *h, unsigned roles, const char *unit)
{
	for (int i = 0; h->web && i < ROLES_OF_ONE; i++)
		if (people[h->who].roles[i].unit && (roles >> people[h->who].roles[i].role & 1) &&
			unit_covers(people[h->who].roles[i].unit, unit))
			return true;
	return !h->web;
}
#define ENTERS  (1u << ROLE_FILLER | 1u << ROLE_OWNER)
#define REVIEWS (1u << ROLE_REVIEWER)
#define SCORES  (1u << ROLE_SCORER)
#define PANELS  (1u << ROLE_PANEL)

/* Mostly one that can act: three in four of those on the web leave the post to their account. */
static inline struct walk_hand some_hand(void)
{
	struct walk_hand h = {chance(npeople), chance(nposts), chance(3) != 0};

	if (!chance(20) || (h.web && chance(4)))
		h.by = -1;
	return h;
}

static inline struct str hand_post(const struct walk_hand *h)
{
	return h->by < 0 ? STR_NONE : str_c(walk_posts[h->by]);
}

static inline enum err_code hand_write(struct fix *f, const struct walk_hand *h, intent_fn *fn, void *ctx)
{
	return log_write(f->log, str_c(people[h->who].login), h->web ? S("web") : S("cli"), fn, ctx, &f->err);
}

static inline enum err_code person_add(struct tx *tx, void *ctx, struct err *err)
{
	const struct person *p = ctx;
	struct id id;

	TRY(account_add(tx, str_c(p->login), str_c(p->name), p->post < 0 ? STR_NONE : str_c(walk_posts[p->post]), &id, err));
	for (int i = 0; i < ROLES_OF_ONE && p->roles[i].unit; i++) {
		struct grant g = {.login = str_c(p->login), .role = p->roles[i].role, .unit = str_c(p->roles[i].unit),
		                  .from = DATE_NONE, .until = DATE_NONE};

		TRY(grant_add(tx, &g, NULL, err));
	}
	return OK;
}

struct moving {
	const char *login, *post;
};

static inline enum err_code person_move(struct tx *tx, void *ctx, struct err *err)
{
	const struct moving *m = ctx;
	struct account account;

	TRY(account_get(tx->db, tx->arena, str_c(m->login), &account, err));
	return account_change(tx, &account, STR_NONE, str_c(m->post), err);
}

/* Somebody changes to another post, and takes with him what he has done. */
static inline void some_move(struct fix *f)
{
	int who = chance(npeople), post = chance(nposts);
	struct moving m = {people[who].login, walk_posts[post]};

	if (people[who].post < 0 || people[who].post == post)
		return;
	ok(f, log_write(f->log, S("张一"), S("test"), person_move, &m, &f->err));
	people[who].post = post;
}

/* ---- a world ---- */

struct walk_plan {
	const char *name, *org, *scheme;
	const struct person *people;
	int npeople;
	const char *const *posts;
	int nposts;
	long ordinary;                       /* tries without ZEREN_STEPS */
	void (*begin)(struct fix *f);        /* a world that has office, scheme and people: what there is to walk over */
	void (*draw)(void);                  /* a try */
	bool (*may)(void);                   /* the model: may it be? */
	enum err_code (*make)(struct fix *f);
	void (*go)(void);                    /* the model takes it */
	void (*compare)(struct fix *f);      /* what is there is what the model has; nothing is that must never be */
	const char *(*words)(struct fix *f); /* the try, for people */
	int (*kind)(void);                   /* of the try; below kinds: each must be taken now and then */
	int kinds;
};

enum { TRIES_A_WORLD = 300, KINDS_MOST = 40 };
/* 2022-12-30T08:00:00Z */
#define WALK_CLOCK 1672387200000000

static inline struct fix *world_begin(const struct walk_plan *p)
{
	void *state = NULL;
	struct log_opt opt = log_options();
	struct fix *f;
	struct org org;

	assert_int_equal(setup_plain(&state), 0);
	f = state;
	opt.clock = WALK_CLOCK;
	opt.origin = "walk";
	ok(f, log_create(path_in(f, "log"), NULL, opt, &f->log, &f->err));
	put_file(f, "org.json", p->org);
	ok(f, org_read(&f->a, path_in(f, "org.json"), 2022, &org, &f->err));
	ok(f, log_write(f->log, S("张一"), S("test"), flow_org_put, &org, &f->err));
	adopt_scheme(f, str_c(p->scheme));
	walk_posts = p->posts;
	nposts = p->nposts;
	npeople = p->npeople;
	for (int i = 0; i < npeople; i++) {
		people[i] = p->people[i];
		ok(f, log_write(f->log, S("张一"), S("test"), person_add, &people[i], &f->err));
	}
	p->begin(f);
	return f;
}

static inline void world_end(const struct walk_plan *p, struct fix *f)
{
	void *state = f;

	p->compare(f);
	sound(f);
	teardown(&state);
}

/* What every step moves; cheap enough to ask around each refusal. */
static inline struct str mark_of(struct fix *f, struct arena *a)
{
	return rows_of(f, a, log_db(f->log),
		"select (select count(*) from event), (select count(*) from p_step), (select coalesce(sum(last_seq), 0) from p_flow),"
		" (select coalesce(sum(rev_seq), 0) from p_record), (select count(*) from p_record),"
		" (select coalesce(sum(coalesce(settled_seq, 0)), 0) from p_assess), (select count(*) from p_assess_mark),"
		" (select coalesce(sum(coalesce(confirmed_seq, 0)), 0) from p_assess_mark)");
}

static inline void walk(const struct walk_plan *p)
{
	long steps = (long)walk_wish("ZEREN_STEPS", p->ordinary), taken = 0, worlds = 0, wholes = 0, in_world = 0;
	long by_kind[KINDS_MOST] = {0};
	struct fix *f = NULL;

	walk_seed = 0x9e3779b97f4a7c15u ^ (uint64_t)walk_wish("ZEREN_SEED", 1) << 20;
	for (long done = 0; done < steps; done++, in_world++) {
		struct arena a CLEANUP(arena_free) = ARENA_INIT;
		struct str before, whole = STR_NONE;
		enum err_code code;
		bool may;

		if (f && in_world >= TRIES_A_WORLD) {
			world_end(p, f);
			f = NULL;
		}
		if (!f) {
			f = world_begin(p);
			in_world = 0;
			worlds++;
		}
		if (!chance(40))
			some_move(f);
		if (!chance(300)) {              /* now and then in the middle of a world */
			p->compare(f);
			sound(f);
		}
		p->draw();
		may = p->may();
		before = mark_of(f, &a);
		if (!chance(20))
			whole = dump_tables(f, &a, log_db(f->log));
		code = p->make(f);
		if (may != (code == OK))
			FLUNK("try %ld: %s: the model says %s, the log: %s", done, p->words(f), may ? "yes" : "no",
				code == OK ? "yes" : f->err.text);
		err_clear(&f->err);
		if (may) {
			p->go();
			by_kind[p->kind()]++;
			taken++;
			continue;
		}
		if (!str_eq(before, mark_of(f, &a)))
			FLUNK("try %ld: %s was refused, and something has changed", done, p->words(f));
		wholes += whole.n > 0;
		if (whole.n && !str_eq(whole, dump_tables(f, &a, log_db(f->log))))
			FLUNK("try %ld: %s was refused, and a table has changed", done, p->words(f));
	}
	if (f)
		world_end(p, f);
	for (int i = 0; i < p->kinds; i++)
		if (!by_kind[i])
			FLUNK("%s: none of kind %d was taken in %ld tries", p->name, i, taken);
	print_message("%s: %ld tries, %ld taken, %ld worlds; of the refused %ld held against every table\n", p->name, steps,
		taken, worlds, wholes);
}

#endif
