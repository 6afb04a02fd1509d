/* use: of a scheme: what other schemes bring is put before what it says itself, as nodes that know their file. */
#include "base/file.h"
#include "base/map.h"
#include "scheme/scheme.h"
#include "scheme/shipped.h"

enum { USED_AT_MOST = 64, USED_DEEP = 16 };

struct used {
	struct str name;                     /* as use: has it */
	const char *file;                    /* for people */
	struct scheme_head head;
	/* its own, or else what it uses has */
	const struct node *suggest, *matrix, *warnings, *prompt;
	struct str calendar;
};

struct loader {
	struct arena *a;
	struct scheme_source from;
	struct str folder;                   /* of the files, for their names in errors */
	struct used all[USED_AT_MOST];       /* [n], in order of first mention; the first is the file itself */
	size_t n;
	struct used *order[USED_AT_MOST];    /* [nordered], those first that others build on */
	size_t nordered;
	const struct used *chain[USED_DEEP]; /* [depth], from the file itself down */
	size_t depth;
	struct err *err;
};

static bool is_shipped_name(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (!((s.p[i] >= 'a' && s.p[i] <= 'z') || (s.p[i] >= '0' && s.p[i] <= '9') || s.p[i] == '-'))
			return false;
	return s.n > 0;
}

/* ./file.yaml: beside the file, nowhere else. */
static bool is_beside(struct str s)
{
	return str_starts(s, S("./")) && s.n > 2 && !str_has(str_sub(s, 2, s.n), S("/"));
}

static enum err_code shipped_only(void *ctx, struct arena *a, struct str name, struct str *out, struct err *err)
{
	if (is_beside(name))
		return fail(err, ERR_NOT_FOUND, "'" STR_FMT "' cannot be read here: only shipped schemes",
			STR_ARG(name));
	return shipped_text(name, out, err);
}

enum err_code scheme_text_beside(void *path, struct arena *a, struct str name, struct str *out, struct err *err)
{
	const struct str *of = path;
	struct str base = path_base(*of), dir = {of->p, of->n - base.n};

	if (!is_beside(name))
		return shipped_text(name, out, err);
	name = arena_printf(a, STR_FMT STR_FMT, STR_ARG(dir), STR_ARG(str_sub(name, 2, name.n)));
	if (!file_exists(name.p))
		return fail(err, ERR_NOT_FOUND, STR_FMT ": no such file or folder", STR_ARG(name));
	return file_read(a, name.p, 1 << 20, out, err);
}

enum err_code scheme_file(struct arena *a, struct str name, struct scheme *out, struct err *err)
{
	struct scheme_source from = {scheme_text_beside, &name};
	struct str text;

	if (is_shipped_name(name) && (shipped_find(name, &text) || !file_exists(name.p))) {
		TRY(shipped_text(name, &text, err));
		return scheme_read_from(a, name, text, (struct scheme_source){0}, out, err);
	}
	TRY(file_read(a, name.p, 1 << 20, &text, err));
	return scheme_read_from(a, name, text, from, out, err);
}

/* ---- loading, each file once ---- */

static enum err_code load(struct loader *l, struct used *u);

/* a.yaml → b.yaml → a.yaml */
static enum err_code circle(struct loader *l, const struct used *again, const struct node *at)
{
	struct str text = STR_NONE;

	for (size_t i = 0; i < l->depth; i++)
		if (text.n || l->chain[i] == again)
			text = arena_printf(l->a, STR_FMT STR_FMT " → ", STR_ARG(text), STR_ARG(l->chain[i]->name));
	return node_fail(at, l->err, "these schemes use each other in a circle: " STR_FMT STR_FMT, STR_ARG(text),
		STR_ARG(again->name));
}

static struct used *known(struct loader *l, struct str name)
{
	for (size_t i = 0; i < l->n; i++)
		if (str_eq(l->all[i].name, name))
			return &l->all[i];
	return NULL;
}

static const char *file_name(struct loader *l, struct str name)
{
	if (is_beside(name))
		return arena_printf(l->a, STR_FMT STR_FMT, STR_ARG(l->folder), STR_ARG(str_sub(name, 2, name.n))).p;
	return arena_printf(l->a, "schemes/" STR_FMT ".yaml", STR_ARG(name)).p;
}

static enum err_code read_text(struct loader *l, const struct used *by, struct used *u, const struct node *at)
{
	struct err no = {.lang = l->err->lang};
	struct str text;
	enum err_code code;

	if (is_beside(u->name) && is_shipped_name(by->name))
		return node_fail(at, l->err, "a shipped scheme uses shipped schemes only");
	code = (l->from.text ? l->from.text : shipped_only)(l->from.ctx, l->a, u->name, &text, &no);
	if (code == ERR_NOT_FOUND)
		return node_fail(at, l->err, "%s", no.text);
	if (code != OK)
		return fail(l->err, code, "%s", no.text);
	return scheme_head_read(l->a, text, u->file, &u->head, l->err);
}

static enum err_code use_one(struct loader *l, const struct used *by, const struct node *at)
{
	struct str name = at->kind == NODE_TEXT ? at->text : STR_NONE;
	struct used *u;

	if (!is_shipped_name(name) && !is_beside(name))
		return node_fail(at, l->err,
			"'use' takes names of shipped schemes and files that lie beside this one (./file.yaml)");
	u = known(l, name);
	for (size_t i = 0; i < l->depth; i++)
		if (l->chain[i] == u)
			return circle(l, u, at);
	if (u)
		return OK;
	if (l->n == USED_AT_MOST || l->depth == USED_DEEP)
		return node_fail(at, l->err, "more than %d schemes used, or more than %d one behind the other",
			USED_AT_MOST - 1, USED_DEEP);
	u = &l->all[l->n++];
	u->name = name;
	u->file = file_name(l, name);
	TRY(read_text(l, by, u, at));
	return load(l, u);
}

/* Warnings and suggestions of several are put together; of the others the first counts. */
static const struct node *join(struct loader *l, const struct node *a, const struct node *b)
{
	struct node *list;

	if (!a || !b)
		return a ? a : b;
	list = node_list(l->a);
	for (size_t i = 0; i < a->n; i++)
		node_push(l->a, list, a->items[i]);
	for (size_t i = 0; i < b->n; i++) {
		bool there = false;

		for (size_t k = 0; k < a->n; k++)
			there = there || a->items[k] == b->items[i];
		if (!there)
			node_push(l->a, list, b->items[i]);
	}
	return list;
}

static void inherit(struct loader *l, struct used *u, const struct used *of)
{
	const struct scheme *own = &u->head.s;

	if (!own->suggest)
		u->suggest = join(l, u->suggest, of->suggest);
	if (!own->warnings)
		u->warnings = join(l, u->warnings, of->warnings);
	if (!u->matrix)
		u->matrix = of->matrix;
	if (!u->prompt)
		u->prompt = of->prompt;
	if (!u->calendar.n)
		u->calendar = of->calendar;
}

static enum err_code load(struct loader *l, struct used *u)
{
	const struct scheme *own = &u->head.s;
	const struct node *use = own->use;
	struct node one = {.kind = NODE_LIST, .n = 1, .items = (struct node *[]){(struct node *)use}};

	u->suggest = own->suggest;
	u->warnings = own->warnings;
	u->matrix = own->matrix;
	u->prompt = own->prompt;
	u->calendar = own->calendar;
	if (use && use->kind != NODE_LIST)
		use = &one;
	l->chain[l->depth++] = u;
	for (size_t i = 0; use && i < use->n; i++) {
		TRY(use_one(l, u, use->items[i]));
		inherit(l, u, known(l, use->items[i]->text));
	}
	l->depth--;
	l->order[l->nordered++] = u;
	return OK;
}

/* ---- putting together ---- */

/* The map under one key of every file. same: a value that says the same as before is no clash. */
static enum err_code merge(struct loader *l, const struct node *(*of)(const struct used *u), const char *key, bool same,
	const struct node **out)
{
	struct map seen = MAP_IN(l->a);
	struct node *all = node_map(l->a);

	for (size_t i = 0; i < l->nordered; i++) {
		const struct node *m = of(l->order[i]);

		for (size_t k = 0; m && k < m->n; k++) {
			void **at = map_at(&seen, m->keys[k]->text);
			const struct node *before = *at;

			if (!before) {
				*at = m->keys[k];
				node_put(l->a, all, m->keys[k], m->items[k]);
				continue;
			}
			if (same && m->items[k]->kind == NODE_TEXT &&
			    str_eq(node_text(all, before->text), m->items[k]->text))
				continue;
			return node_fail(m->keys[k], l->err,
				"'" STR_FMT "' under %s: is there twice; the other stands in " STR_FMT,
				STR_ARG(before->text), key, STR_ARG(node_place(l->a, l->err->lang, before)));
		}
		if (m && !all->line) {
			all->line = m->line;
			all->col = m->col;
			all->file = m->file;
		}
	}
	*out = all->n || of(&l->all[0]) ? all : NULL;
	return OK;
}

static const struct node *concat(struct loader *l, const struct node *(*of)(const struct used *u))
{
	struct node *all = NULL;

	for (size_t i = 0; i < l->nordered; i++) {
		const struct node *list = of(l->order[i]);

		for (size_t k = 0; list && k < list->n; k++) {
			all = all ? all : node_list(l->a);
			node_push(l->a, all, list->items[k]);
		}
	}
	return all;
}

static const struct node *lists_of(const struct used *u) { return u->head.lists; }
static const struct node *checklists_of(const struct used *u) { return u->head.checklists; }
static const struct node *records_of(const struct used *u) { return u->head.records; }
static const struct node *office_of(const struct used *u) { return u->head.s.office; }
static const struct node *roles_of(const struct used *u) { return u->head.s.roles; }
static const struct node *figures_of(const struct used *u) { return u->head.figures; }
static const struct node *sheets_of(const struct used *u) { return u->head.sheets; }
static const struct node *duties_of(const struct used *u) { return u->head.duties; }

static enum err_code together(struct loader *l, struct scheme_head *main)
{
	const struct used *own = &l->all[0];
	struct scheme *s = &main->s;

	TRY(merge(l, lists_of, "lists", false, &main->lists));
	TRY(merge(l, checklists_of, "checklists", false, &main->checklists));
	TRY(merge(l, records_of, "records", false, &main->records));
	TRY(merge(l, office_of, "office", true, &s->office));
	TRY(merge(l, roles_of, "roles", true, &s->roles));
	TRY(merge(l, figures_of, "figures", false, &main->figures));
	main->sheets = concat(l, sheets_of);
	main->duties = concat(l, duties_of);
	s->suggest = s->suggest || s->report ? own->suggest : NULL;      /* no section for them without a report */
	s->warnings = own->warnings;
	s->matrix = own->matrix;
	s->prompt = own->prompt;
	s->calendar = own->calendar;
	s->uses = ARENA_ARRAY(l->a, struct scheme_used, l->nordered);
	for (size_t i = 0; i < l->nordered; i++)
		if (l->order[i] != own)
			s->uses[s->nuses++] = (struct scheme_used){l->order[i]->name, l->order[i]->head.s.text};
	return OK;
}

enum err_code scheme_use(struct arena *a, struct str name, struct scheme_source from, struct scheme_head *main,
	struct err *err)
{
	struct loader *l = ARENA_NEW(a, struct loader);
	struct str base = path_base(name);

	l->a = a;
	l->from = from;
	l->err = err;
	l->folder = (struct str){name.p, name.n - base.n};
	l->n = 1;
	/* what others would call it */
	l->all[0].name = !name.n || is_shipped_name(name) ? name : arena_printf(a, "./" STR_FMT, STR_ARG(base));
	l->all[0].head = *main;
	TRY(load(l, &l->all[0]));
	return together(l, main);
}
