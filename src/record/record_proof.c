/* The evidence of a record by hand: files that its fields name, files given with it, files that it had. */
#include "record/record_inside.h"

#include "base/utf8.h"

enum { NAME_BYTES = 200 };

static bool same_name(struct arena *a, struct str x, struct str y)
{
	return str_eq(utf8_squeeze(a, x), utf8_squeeze(a, y));
}

static const struct field *file_field(const struct record_type *t)
{
	for (size_t i = 0; i < t->nfields; i++)
		if (t->fields[i].type == TYPE_FILE)
			return &t->fields[i];
	return NULL;
}

static bool has_name(struct arena *a, const struct texts *names, struct str name)
{
	for (size_t i = 0; i < names->n; i++)
		if (same_name(a, names->p[i], name))
			return true;
	return false;
}

static void add_name(struct arena *a, struct texts *names, size_t *cap, struct str name)
{
	if (!has_name(a, names, name))
		*ARENA_PUSH(a, names->p, names->n, *cap) = name;
}

/* Is the whole text the name of one file, although it holds a separator? */
static bool whole_name(const struct fitting *x, struct str text)
{
	for (size_t i = 0; i < x->in->nfiles; i++)
		if (same_name(x->a, x->in->files[i].name, text))
			return true;
	for (size_t i = 0; i < x->nproofs; i++)
		if (same_name(x->a, x->proofs[i].name, text))
			return true;
	return false;
}

static void names_in(const struct fitting *x, const struct field *f, struct str text, struct texts *names, size_t *cap)
{
	struct texts parts = value_parts(x->a, f, text);

	if (whole_name(x, text))
		add_name(x->a, names, cap, text);
	else
		for (size_t i = 0; i < parts.n; i++)
			add_name(x->a, names, cap, parts.p[i]);
}

/* The names that file fields hold: as they are now, or as they were. */
static struct texts named(const struct fitting *x, bool before)
{
	const struct record_type *t = x->out->type;
	struct texts names = {0};
	size_t cap = 0;

	for (size_t i = 0; i < t->nfields; i++) {
		const struct field *f = &t->fields[i];
		struct value v = before ? row_value(x->a, f, x->fields, x->raw) : x->out->values[i];

		if (f->type == TYPE_FILE && v.state == VALUE_OK)
			names_in(x, f, v.text, &names, &cap);
	}
	return names;
}

/* A name fit to stand in the field beside others: without its separators. */
static struct str plain_name(struct arena *a, const struct field *f, struct str name)
{
	char *out = arena_alloc(a, name.n + 1);
	size_t at = 0, n = 0;

	while (at < name.n) {
		size_t from = at;
		struct str c;

		utf8_next(name, &at);
		c = str_sub(name, from, at);
		if (f && (str_has(f->split, c) || c.p[0] == '\n' || c.p[0] == '\r'))
			c = S("_");
		memcpy(out + n, c.p, c.n);
		n += c.n;
	}
	return (struct str){out, n};
}

static void put_into(struct fitting *x, const struct field *f, struct str name)
{
	struct value *v = &x->out->values[f->at];

	if (v->state != VALUE_OK)
		*v = (struct value){.text = name, .state = VALUE_OK};
	else
		v->text = arena_printf(x->a, STR_FMT STR_FMT STR_FMT, STR_ARG(v->text),
		                       STR_ARG(row_separator(f)), STR_ARG(name));
	x->given[f->at] = true;
}

static struct str digest_of(const struct fitting *x, struct str name)
{
	char text[HASH_TEXT];

	for (size_t i = x->in->nfiles; i-- > 0;)
		if (same_name(x->a, x->out->names[i], name))
			return arena_str(x->a, hash_text(&x->in->files[i].object.digest, text));
	for (size_t i = 0; i < x->nproofs; i++)
		if (same_name(x->a, x->proofs[i].name, name))
			return x->proofs[i].digest;
	return STR_NONE;
}

static void put_proof(struct fitting *x, struct str name)
{
	struct node *one = node_map(x->a);
	struct str digest = digest_of(x, name);

	node_set(x->a, one, S("name"), node_str(x->a, name));
	if (digest.n)
		node_set(x->a, one, S("digest"), node_str(x->a, digest));
	if (!x->out->proof)
		x->out->proof = node_list(x->a);
	node_push(x->a, x->out->proof, one);
}

void fit_proofs(struct fitting *x)
{
	const struct field *f = file_field(x->out->type);
	struct texts before = named(x, true), names = named(x, false);
	size_t cap = names.n;

	x->out->names = ARENA_ARRAY(x->a, struct str, x->in->nfiles);
	for (size_t i = 0; i < x->in->nfiles; i++) {
		struct str name = S("");

		if (fit_clean(x, f, x->in->files[i].name, &name))
			name = str_trim(name);
		if (!name.n || name.n > NAME_BYTES) {
			fit_problem(x, f, true, N_("a name of evidence has 1 to %d bytes"), NAME_BYTES);
			continue;
		}
		if (!has_name(x->a, &names, name)) {
			name = plain_name(x->a, f, name);
			if (f && !has_name(x->a, &names, name))
				put_into(x, f, name);
		}
		x->out->names[i] = name;
		add_name(x->a, &names, &cap, name);
	}
	/* What the fields never named can't have been taken out of them. */
	for (size_t i = 0; i < x->nproofs; i++)
		if (!has_name(x->a, &before, x->proofs[i].name))
			add_name(x->a, &names, &cap, x->proofs[i].name);
	for (size_t i = 0; i < names.n; i++)
		put_proof(x, names.p[i]);
}

bool fit_proofs_same(const struct fitting *x)
{
	const struct node *list = x->out->proof;
	size_t n = list ? list->n : 0, same = 0;

	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < x->nproofs; k++)
			same += str_eq(node_text(list->items[i], S("name")), x->proofs[k].name) &&
			        str_eq(node_text(list->items[i], S("digest")), x->proofs[k].digest);
	return same == n && n == x->nproofs;
}
