#include "text/bind.h"

#include "base/buf.h"

#include <stdarg.h>
#include <stdio.h>

enum err_code node_fail(const struct node *at, struct err *err, const char *fmt, ...)
{
	char text[sizeof err->text];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof text, tr(err->lang, fmt), ap);
	va_end(ap);
	if (at && at->line && at->file)
		return fail(err, ERR_INPUT, "%s: line %d, column %d: %s", at->file, at->line, at->col, text);
	if (at && at->line)
		return fail(err, ERR_INPUT, "line %d, column %d: %s", at->line, at->col, text);
	return fail(err, ERR_INPUT, "%s", text);
}

struct str node_place(struct arena *a, enum lang lang, const struct node *at)
{
	if (at->file)
		return arena_printf(a, tr(lang, N_("%s, line %d")), at->file, at->line);
	return arena_printf(a, tr(lang, N_("line %d")), at->line);
}

bool texts_have(const struct texts *t, struct str s)
{
	for (size_t i = 0; i < t->n; i++)
		if (str_eq(t->p[i], s))
			return true;
	return false;
}

static enum err_code texts(struct arena *a, const struct node *v, struct str key, struct texts *out, struct err *err)
{
	if (v->kind == NODE_TEXT) {
		out->p = ARENA_NEW(a, struct str);
		out->p[0] = v->text;
		out->n = 1;
		return OK;
	}
	if (v->kind != NODE_LIST)
		return node_fail(v, err, "'" STR_FMT "' must be a text or a list of texts", STR_ARG(key));
	out->p = ARENA_ARRAY(a, struct str, v->n);
	for (size_t i = 0; i < v->n; i++) {
		if (v->items[i]->kind != NODE_TEXT)
			return node_fail(v->items[i], err, "'" STR_FMT "' must hold texts only", STR_ARG(key));
		out->p[i] = v->items[i]->text;
	}
	out->n = v->n;
	return OK;
}

static enum err_code yes(const struct node *v, struct str key, bool *out, struct err *err)
{
	bool is_text = v->kind == NODE_TEXT;

	if (v->kind == NODE_BOOL)
		*out = v->yes;
	else if (is_text && (str_is(v->text, "yes") || str_is(v->text, "true")))
		*out = true;
	else if (is_text && (str_is(v->text, "no") || str_is(v->text, "false")))
		*out = false;
	else
		return node_fail(v, err, "'" STR_FMT "' must be yes or no", STR_ARG(key));
	return OK;
}

static enum err_code read(struct arena *a, const struct node *v, const struct bind *b, void *at, struct err *err)
{
	struct str key = str_c(b->key);

	switch (b->kind) {
	case BIND_TEXT:
		if (v->kind != NODE_TEXT)
			return node_fail(v, err, "'%s' must be a text", b->key);
		*(struct str *)at = v->text;
		return OK;
	case BIND_TEXTS:
		return texts(a, v, key, at, err);
	case BIND_INT:
		if (v->kind == NODE_INT)
			*(int64_t *)at = v->num;
		else if (v->kind != NODE_TEXT || !str_int(v->text, at))
			return node_fail(v, err, "'%s' must be a whole number", b->key);
		return OK;
	case BIND_YES:
		return yes(v, key, at, err);
	case BIND_MAP:
		if (v->kind != NODE_MAP)
			return node_fail(v, err, "'%s' must be a map of keys and values", b->key);
		break;
	case BIND_LIST:
		if (v->kind != NODE_LIST)
			return node_fail(v, err, "'%s' must be a list", b->key);
		break;
	case BIND_NODE:
		break;
	}
	*(const struct node **)at = v;
	return OK;
}

static const struct bind *rule_of(const struct bind *rules, size_t n, struct str key)
{
	for (size_t i = 0; i < n; i++)
		if (str_is(key, rules[i].key))
			return &rules[i];
	return NULL;
}

static enum err_code unknown(
	const struct node *key, const struct bind *rules, size_t n, const char *what, struct err *err)
{
	const char *near = nearest_name(key->text, &rules[0].key, n, sizeof *rules);
	struct buf all CLEANUP(buf_free) = BUF_MAX(512);

	for (size_t i = 0; i < n; i++)
		buf_printf(&all, "%s%s", i ? ", " : "", rules[i].key);
	if (near)
		return node_fail(key, err, "unknown key '" STR_FMT "' in %s; did you mean '%s'?", STR_ARG(key->text),
		                 tr(err->lang, what), near);
	return node_fail(key, err, "unknown key '" STR_FMT "' in %s; it may have: %s", STR_ARG(key->text),
	                 tr(err->lang, what), all.p);
}

enum err_code bind_map(struct arena *a, const struct node *map, const struct bind *rules, size_t n, const char *what,
	void *out, struct err *err)
{
	if (!map || map->kind != NODE_MAP)
		return node_fail(map, err, "%s must be a map of keys and values", tr(err->lang, what));
	for (size_t i = 0; i < map->n; i++) {
		const struct bind *b = rule_of(rules, n, map->keys[i]->text);

		if (!b)
			return unknown(map->keys[i], rules, n, what, err);
		TRY(read(a, map->items[i], b, (char *)out + b->at, err));
	}
	for (size_t i = 0; i < n; i++)
		if (rules[i].required && !node_get(map, str_c(rules[i].key)))
			return node_fail(map, err, "%s lacks '%s'", tr(err->lang, what), rules[i].key);
	return OK;
}
