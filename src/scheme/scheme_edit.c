#include "scheme/scheme_edit.h"

#include "base/buf.h"
#include "text/yaml.h"

enum { EDIT_BYTES = 1 << 20 };

struct edit {
	struct arena *a;
	struct str text;
	struct node *tree;
	const struct node *duties;           /* list; NULL: there is none */
	size_t at;                           /* of the duty in the list */
	struct err *err;
};

/* ---- lines ---- */

/* Where line n begins (from 1); behind the last one the end. */
static size_t line_start(struct str s, int n)
{
	size_t at = 0;

	for (int i = 1; i < n && at < s.n; i++) {
		const char *end = memchr(s.p + at, '\n', s.n - at);

		at = end ? (size_t)(end - s.p) + 1 : s.n;
	}
	return at;
}

/* A line that says nothing: blank, or a comment. */
static bool says_nothing(struct str s, size_t at)
{
	while (at < s.n && (s.p[at] == ' ' || s.p[at] == '\t' || s.p[at] == '\r'))
		at++;
	return at >= s.n || s.p[at] == '\n' || s.p[at] == '#';
}

static size_t next_line(struct str s, size_t at)
{
	const char *end = at < s.n ? memchr(s.p + at, '\n', s.n - at) : NULL;

	return end ? (size_t)(end - s.p) + 1 : s.n;
}

/* From the beginning of a line to `to`, lines at the end that say nothing left out. */
static size_t without_tail(struct str s, size_t from, size_t to)
{
	size_t last = from;

	for (size_t at = from; at < to; at = next_line(s, at))
		if (at == from || !says_nothing(s, at))
			last = next_line(s, at);
	return last;
}

static bool blank_between(struct str s, size_t from, size_t to)
{
	while (from < to && s.p[from] == ' ')
		from++;
	return from == to;
}

/* The byte of a column, which counts characters. */
static size_t column_at(struct str s, size_t start, int col)
{
	size_t at = start;

	for (int i = 1; i < col && at < s.n; i++)
		do
			at++;
		while (at < s.n && ((unsigned char)s.p[at] & 0xC0) == 0x80);
	return at;
}

/* ---- finding ---- */

static enum err_code by_hand(struct edit *e, const char *what)
{
	return fail(e->err, ERR_CONFLICT,
		"the text is written so that only a person can edit it here (%s); edit the file",
		tr(e->err->lang, what));
}

static enum err_code begin(struct arena *a, struct str text, struct edit *e, struct err *err)
{
	*e = (struct edit){.a = a, .text = text, .err = err};
	TRY(yaml_read(a, text, &e->tree, err));
	e->duties = NODE_GET(e->tree, "duties");
	if (e->duties && e->duties->kind != NODE_LIST)
		return node_fail(e->duties, err, "'%s' must be a list", "duties");
	return OK;
}

static bool find(struct edit *e, struct str id)
{
	for (e->at = 0; e->duties && e->at < e->duties->n; e->at++)
		if (str_eq(node_text(e->duties->items[e->at], S("id")), id))
			return true;
	return false;
}

static enum err_code need_duty(struct edit *e, struct str id)
{
	if (find(e, id))
		return OK;
	return fail(e->err, ERR_NOT_FOUND, "no duty '" STR_FMT "' in this text", STR_ARG(id));
}

/* The dash of a duty on its own line, and the lines that it takes. */
struct extent {
	size_t start, dash, end;
};

static enum err_code extent_of(struct edit *e, size_t at, struct extent *out)
{
	const struct node *d = e->duties->items[at];
	size_t value, next;

	out->start = line_start(e->text, d->line);
	value = column_at(e->text, out->start, d->col);
	out->dash = out->start;
	while (out->dash < value && e->text.p[out->dash] == ' ')
		out->dash++;
	if (out->dash >= value || e->text.p[out->dash] != '-' || !blank_between(e->text, out->dash + 1, value))
		return by_hand(e, N_("a duty does not begin with a dash on a line of its own"));
	/* up to the next one, or whatever stands no deeper than the dash */
	next = next_line(e->text, out->start);
	while (next < e->text.n) {
		size_t in = next;

		while (in < e->text.n && e->text.p[in] == ' ')
			in++;
		if (!says_nothing(e->text, next) && in - next <= out->dash - out->start)
			break;
		next = next_line(e->text, next);
	}
	out->end = without_tail(e->text, out->start, next);
	return OK;
}

/* ---- what is meant ---- */

static bool is_text_key(struct str key)
{
	static const char *const keys[] = {"id", "title", "cadence", "proof", "owner", "owned_by", "points", "pace"};

	for (size_t i = 0; i < LEN(keys); i++)
		if (str_is(key, keys[i]))
			return true;
	return false;
}

static enum err_code value_of(struct edit *e, const struct edit_key *k, struct node **out)
{
	struct err no = {.lang = e->err->lang};

	if (is_text_key(k->key) || (k->value.p[0] != '{' && k->value.p[0] != '[')) {
		*out = node_str(e->a, k->value);
		return OK;
	}
	if (yaml_read(e->a, k->value, out, &no) != OK)
		return fail(e->err, ERR_INPUT, STR_FMT ": %s", STR_ARG(k->key), no.text);
	return OK;
}

static struct node *copy_of(struct arena *a, const struct node *n)
{
	struct node *c = ARENA_NEW(a, struct node);

	*c = *n;
	c->items = ARENA_ARRAY(a, struct node *, n->n);
	c->keys = ARENA_ARRAY(a, struct node *, n->n);
	c->cap = c->keys_cap = n->n;
	for (size_t i = 0; i < n->n; i++) {
		c->items[i] = copy_of(a, n->items[i]);
		if (n->kind == NODE_MAP)
			c->keys[i] = n->keys[i];
	}
	return c;
}

static void put_key(struct edit *e, struct node *map, struct str key, struct node *value)
{
	for (size_t i = 0; i < map->n; i++) {
		if (!str_eq(map->keys[i]->text, key))
			continue;
		if (value) {
			map->items[i] = value;
			return;
		}
		memmove(map->keys + i, map->keys + i + 1, (map->n - i - 1) * sizeof *map->keys);
		memmove(map->items + i, map->items + i + 1, (map->n - i - 1) * sizeof *map->items);
		map->n--;
		return;
	}
	if (value)
		node_put(e->a, map, node_str(e->a, key), value);
}

static enum err_code apply(struct edit *e, struct node *duty, const struct edit_key *k)
{
	struct str rest = k->key, part;
	struct node *in = duty, *value = NULL;

	if (k->value.n)
		TRY(value_of(e, k, &value));
	while (str_cut(&rest, S("."), &part) && rest.n) {
		int64_t no;
		struct node *next = node_get(in, part);

		if (in->kind == NODE_LIST && str_int(part, &no) && no >= 1 && (size_t)no <= in->n)
			next = in->items[no - 1];
		else if (in->kind == NODE_MAP && !next && value)
			put_key(e, in, part, next = node_map(e->a));
		if (!next || (next->kind != NODE_MAP && next->kind != NODE_LIST))
			return fail(e->err, ERR_INPUT, "'" STR_FMT "' leads nowhere in this duty", STR_ARG(k->key));
		in = next;
	}
	if (in->kind != NODE_MAP || !part.n)
		return fail(e->err, ERR_INPUT, "'" STR_FMT "' leads nowhere in this duty", STR_ARG(k->key));
	put_key(e, in, part, value);
	return OK;
}

/* ---- writing ---- */

static void put_text(struct edit *e, struct buf *b, struct str key, const struct node *value)
{
	buf_printf(b, STR_FMT ": " STR_FMT "\n", STR_ARG(key), STR_ARG(node_flow(e->a, value)));
}

/* Whole, each key on its line, behind a dash at `indent` blanks. */
static void put_duty(struct edit *e, struct buf *b, int indent, const struct node *duty)
{
	for (size_t i = 0; i < duty->n; i++) {
		buf_printf(b, "%*s%s", indent, "", i ? "  " : "- ");
		put_text(e, b, duty->keys[i]->text, duty->items[i]);
	}
}

/* A duty written with its keys one below the other: what has changed is written anew, the rest is copied. False where
 * it is not written so. */
static bool put_changed(
	struct edit *e, struct buf *b, const struct extent *x, const struct node *before, const struct node *after)
{
	struct str s = e->text;
	size_t done = x->start;

	for (size_t i = 0; i < before->n; i++) {
		const struct node *key = before->keys[i], *value = node_get(after, key->text);
		size_t line = line_start(s, key->line), at = column_at(s, line, key->col), end;

		if (key->col != before->col || (i && !blank_between(s, line, at)))
			return false;
		end = i + 1 < before->n ? line_start(s, before->keys[i + 1]->line) : x->end;
		end = without_tail(s, line, end);
		if (node_alike(before->items[i], value))
			continue;
		if (!value && !i)
			return false;
		buf_put(b, str_sub(s, done, value ? at : line));
		if (value)
			put_text(e, b, key->text, value);
		done = end;
	}
	buf_put(b, str_sub(s, done, x->end));
	if (x->end == s.n && b->n && b->p[b->n - 1] != '\n')
		buf_putc(b, '\n');
	for (size_t i = 0; i < after->n; i++)
		if (!node_get(before, after->keys[i]->text)) {
			buf_printf(b, "%*s", before->col - 1, "");
			put_text(e, b, after->keys[i]->text, after->items[i]);
		}
	return true;
}

/* Reads it again: only the list of duties may differ, and it must be the one that was meant. */
static enum err_code held(struct edit *e, struct buf *b, const struct node *meant, struct str *out)
{
	struct err no = {.lang = e->err->lang};
	struct node *again;
	bool same;

	if (b->over)
		return fail(e->err, ERR_LIMIT, "the scheme would be larger than %d bytes", EDIT_BYTES);
	*out = arena_str(e->a, buf_str(b));
	if (yaml_read(e->a, *out, &again, &no) != OK)
		return by_hand(e, N_("a place that cannot be told from its lines"));
	same = again->kind == NODE_MAP && node_alike(NODE_GET(again, "duties"), meant);
	for (size_t i = 0; same && i < e->tree->n; i++)
		if (!str_is(e->tree->keys[i]->text, "duties"))
			same = node_alike(node_get(again, e->tree->keys[i]->text), e->tree->items[i]);
	return same ? OK : by_hand(e, N_("a place that cannot be told from its lines"));
}

enum err_code scheme_edit_set(struct arena *a, struct str text, struct str id, const struct edit_key *keys, size_t n,
	struct str *out, struct err *err)
{
	struct buf b CLEANUP(buf_free) = BUF_MAX(EDIT_BYTES);
	struct extent x;
	struct node *meant;
	struct edit e;
	size_t head;

	TRY(begin(a, text, &e, err));
	TRY(need_duty(&e, id));
	TRY(extent_of(&e, e.at, &x));
	meant = copy_of(a, e.duties);
	for (size_t i = 0; i < n; i++) {
		if (str_is(keys[i].key, "id"))
			return fail(err, ERR_INPUT, "the id of a duty stays; end it and add another");
		TRY(apply(&e, meant->items[e.at], &keys[i]));
	}
	buf_put(&b, str_sub(text, 0, x.start));
	head = b.n;
	if (!put_changed(&e, &b, &x, e.duties->items[e.at], meant->items[e.at])) {
		b.n = head;
		put_duty(&e, &b, (int)(x.dash - x.start), meant->items[e.at]);
	}
	buf_put(&b, str_sub(text, x.end, text.n));
	return held(&e, &b, meant, out);
}

enum err_code scheme_edit_add(struct arena *a, struct str text, struct str id, const struct edit_key *keys, size_t n,
	struct str *out, struct err *err)
{
	struct buf b CLEANUP(buf_free) = BUF_MAX(EDIT_BYTES);
	struct node *duty = node_map(a), *meant;
	struct extent x = {.end = text.n};
	int indent = 2;
	struct edit e;

	TRY(begin(a, text, &e, err));
	if (find(&e, id))
		return fail(err, ERR_CONFLICT, "there is a duty '" STR_FMT "' already", STR_ARG(id));
	put_key(&e, duty, S("id"), node_str(a, id));
	for (size_t i = 0; i < n; i++)
		TRY(apply(&e, duty, &keys[i]));
	meant = e.duties ? copy_of(a, e.duties) : node_list(a);
	node_push(a, meant, duty);
	if (e.duties && e.duties->n) {
		TRY(extent_of(&e, e.duties->n - 1, &x));
		indent = (int)(x.dash - x.start);
	} else if (e.duties) {
		return by_hand(&e, N_("an empty list of duties"));
	}
	buf_put(&b, str_sub(text, 0, x.end));
	if (b.n && b.p[b.n - 1] != '\n')
		buf_putc(&b, '\n');
	if (!e.duties)
		buf_put(&b, S("duties:\n"));
	put_duty(&e, &b, indent, duty);
	buf_put(&b, str_sub(text, x.end, text.n));
	return held(&e, &b, meant, out);
}

enum err_code scheme_edit_end(struct arena *a, struct str text, struct str id, struct str *out, struct err *err)
{
	struct buf b CLEANUP(buf_free) = BUF_MAX(EDIT_BYTES);
	struct node *meant;
	struct extent x;
	struct edit e;

	TRY(begin(a, text, &e, err));
	TRY(need_duty(&e, id));
	TRY(extent_of(&e, e.at, &x));
	if (e.duties->n == 1)
		return by_hand(&e, N_("the only duty"));
	meant = copy_of(a, e.duties);
	memmove(meant->items + e.at, meant->items + e.at + 1, (meant->n - e.at - 1) * sizeof *meant->items);
	meant->n--;
	buf_put(&b, str_sub(text, 0, x.start));
	buf_put(&b, str_sub(text, x.end, text.n));
	return held(&e, &b, meant, out);
}
