#include "text/json.h"

#include "base/utf8.h"
#include "text/nfc.h"
#include "text/place.h"

#include <jansson.h>

/* jansson checks the text and decodes it, but keeps no places and turns decimals into doubles. It keeps the
 * order of keys, though, so a second look at the text, token by token beside jansson's tree, finds both. */
struct reader {
	struct arena *a;
	struct str s;
	size_t at;
	int line, col;
	struct json_opt opt;
	struct err *err;
};

static void step(struct reader *r, size_t n)
{
	for (size_t end = r->at + n; r->at < end; r->at++)
		r->col += ((unsigned char)r->s.p[r->at] & 0xC0) != 0x80;
}

/* To the next token: over blanks and, since the text is known to be sound, over commas and colons as well. */
static void to_token(struct reader *r)
{
	for (; r->at < r->s.n; r->at++)
		switch (r->s.p[r->at]) {
		case '\n':
			r->line++;
			r->col = 1;
			break;
		case ' ': case '\t': case '\r': case ',': case ':':
			r->col++;
			break;
		default:
			return;
		}
}

/* The string, number or word at the reader's place; moves behind it. */
static struct str token(struct reader *r)
{
	size_t from = r->at, to = from;

	if (r->s.p[to] == '"') {
		for (to++; r->s.p[to] != '"'; to++)
			to += r->s.p[to] == '\\';
		to++;
	} else {
		while (to < r->s.n && !memchr(",:]} \t\r\n", r->s.p[to], 8))
			to++;
	}
	step(r, to - from);
	return str_sub(r->s, from, to);
}

static struct node *here(struct reader *r, enum node_kind kind)
{
	struct node *n = ARENA_NEW(r->a, struct node);

	n->kind = kind;
	n->line = r->line;
	n->col = r->col;
	return n;
}

static enum err_code text_of(struct reader *r, struct str s, struct node **out)
{
	struct node *n = here(r, NODE_TEXT);
	struct err ignored = {0};

	if (nfc(r->a, s, &n->text, &ignored) != OK)
		return fail(r->err, ERR_INPUT, "line %d, column %d: more than %d combining marks in a row",
			n->line, n->col, NFC_MARKS);
	if (n->text.p == s.p)
		n->text = arena_str(r->a, s);
	token(r);
	*out = n;
	return OK;
}

static enum err_code number_of(struct reader *r, const json_t *j, struct node **out)
{
	bool whole = json_is_integer(j);
	struct node *n = here(r, whole ? NODE_INT : NODE_TEXT);
	struct str digits = token(r);

	if (!whole && !r->opt.decimals)
		return fail(r->err, ERR_INPUT, "line %d, column %d: " STR_FMT " is not a whole number",
			n->line, n->col, STR_ARG(str_sub(digits, 0, 40)));
	if (whole)
		n->num = json_integer_value(j);
	else
		n->text = arena_str(r->a, digits);
	n->decimal = !whole;
	*out = n;
	return OK;
}

static enum err_code value_of(struct reader *r, json_t *j, int depth, struct node **out);

static enum err_code list_of(struct reader *r, json_t *j, int depth, struct node **out)
{
	struct node *n = here(r, NODE_LIST), *value;

	step(r, 1);
	for (size_t i = 0; i < json_array_size(j); i++) {
		TRY(value_of(r, json_array_get(j, i), depth, &value));
		node_push(r->a, n, value);
	}
	to_token(r);
	step(r, 1);
	*out = n;
	return OK;
}

static enum err_code map_of(struct reader *r, json_t *j, int depth, struct node **out)
{
	struct node *n = here(r, NODE_MAP), *key, *value;
	const struct node *again, *first;

	step(r, 1);
	for (void *i = json_object_iter(j); i; i = json_object_iter_next(j, i)) {
		to_token(r);
		TRY(text_of(r, str_c(json_object_iter_key(i)), &key));
		TRY(value_of(r, json_object_iter_value(i), depth, &value));
		node_put(r->a, n, key, value);
	}
	to_token(r);
	step(r, 1);
	again = node_repeat(n, &first);   /* jansson saw the keys before NFC */
	if (again)
		return fail(r->err, ERR_INPUT,
			"line %d, column %d: the key \"" STR_FMT "\" stands here a second time",
			again->line, again->col, STR_ARG(again->text));
	*out = n;
	return OK;
}

static enum err_code value_of(struct reader *r, json_t *j, int depth, struct node **out)
{
	to_token(r);
	switch (json_typeof(j)) {
	case JSON_OBJECT:
	case JSON_ARRAY:
		if (depth == JSON_DEPTH)
			return fail(r->err, ERR_INPUT, "line %d, column %d: nested deeper than %d levels",
				r->line, r->col, JSON_DEPTH);
		return (json_is_object(j) ? map_of : list_of)(r, j, depth + 1, out);
	case JSON_STRING:
		return text_of(r, (struct str){json_string_value(j), json_string_length(j)}, out);
	case JSON_INTEGER:
	case JSON_REAL:
		return number_of(r, j, out);
	case JSON_TRUE:
	case JSON_FALSE:
		*out = here(r, NODE_BOOL);
		(*out)->yes = json_is_true(j);
		break;
	case JSON_NULL:
		*out = here(r, NODE_NULL);
		break;
	}
	token(r);
	return OK;
}

/* The key whose closing quote is the last byte of s. Inside a string every quote has an odd number of
 * backslashes before it. */
static struct str last_key(struct str s)
{
	size_t to = s.n ? s.n - 1 : 0;

	for (size_t i = to; i-- > 0;) {
		size_t slashes = 0;

		while (s.p[i] == '"' && slashes < i && s.p[i - 1 - slashes] == '\\')
			slashes++;
		if (s.p[i] == '"' && slashes % 2 == 0)
			return str_sub(s, i + 1, to);
	}
	return S("");
}

/* jansson's error in our words. */
static enum err_code refuse(struct str s, const json_error_t *e, struct err *err)
{
	int line = MAX(e->line, 1), col = MAX(e->column, 1);
	struct str key;

	switch (json_error_code(e)) {
	case json_error_out_of_memory:
		BUG("out of memory (JSON of %zu bytes)", s.n);
	case json_error_stack_overflow:
		return fail(err, ERR_INPUT, "line %d, column %d: nested deeper than %d levels", line, col,
			JSON_DEPTH);
	case json_error_invalid_utf8:
		return fail(err, ERR_INPUT, "line %d, column %d: not valid UTF-8 text", line, col);
	case json_error_null_character:
	case json_error_null_byte_in_key:
		return fail(err, ERR_INPUT, "line %d, column %d: a NUL character", line, col);
	case json_error_premature_end_of_input:
		return fail(err, ERR_INPUT, "line %d, column %d: the JSON text ends too early", line, col);
	case json_error_end_of_input_expected:
		return fail(err, ERR_INPUT, "line %d, column %d: more text behind the end of the JSON value",
			line, col);
	case json_error_numeric_overflow:
		return fail(err, ERR_INPUT, "line %d, column %d: the number is too large", line, col);
	case json_error_duplicate_key:
		key = last_key(str_sub(s, 0, (size_t)e->position));
		col = MAX(col - (int)utf8_count(key) - 1, 1);   /* back to the opening quote */
		return fail(err, ERR_INPUT,
			"line %d, column %d: the key \"" STR_FMT "\" stands here a second time", line, col,
			STR_ARG(key));
	default:
		return fail(err, ERR_INPUT, "line %d, column %d: not JSON: %s", line, col, e->text);
	}
}

/* jansson (2.14 at least) reads over a NUL byte behind a number or word. */
static enum err_code refuse_nul(struct str s, struct err *err)
{
	const char *nul = s.n ? memchr(s.p, 0, s.n) : NULL;
	struct place where;

	if (!nul)
		return OK;
	where = place_of(s, (size_t)(nul - s.p));
	return fail(err, ERR_INPUT, "line %d, column %d: a NUL character", where.line, where.col);
}

/* No more values and keys than this; exact for sound JSON. */
static size_t most_values(struct str s)
{
	size_t n = 1;
	bool inside = false;

	for (size_t i = 0; i < s.n; i++) {
		if (inside && s.p[i] == '\\')
			i++;
		else if (s.p[i] == '"')
			inside = !inside;
		else if (!inside)
			n += s.p[i] == ',' || s.p[i] == ':' || s.p[i] == '[' || s.p[i] == '{';
	}
	return n;
}

static void json_free(json_t **j)
{
	json_decref(*j);
}

enum err_code json_read(struct arena *a, struct str text, struct json_opt opt, struct node **out,
	struct err *err)
{
	struct reader r = {.a = a, .line = 1, .col = 1, .opt = opt, .err = err};
	CLEANUP(json_free) json_t *j = NULL;
	json_error_t e;

	r.s = str_starts(text, S("\xEF\xBB\xBF")) ? str_sub(text, 3, text.n) : text;
	if (r.s.n > JSON_BYTES)
		return fail(err, ERR_LIMIT, "%zu bytes of JSON, at most %d are read", r.s.n, JSON_BYTES);
	if (r.s.n > JSON_VALUES && most_values(r.s) > JSON_VALUES)
		return fail(err, ERR_LIMIT, "more than %d values in one JSON text", JSON_VALUES);
	TRY(refuse_nul(r.s, err));
	j = json_loadb(r.s.n ? r.s.p : "", r.s.n, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, &e);
	if (!j)
		return refuse(r.s, &e, err);
	return value_of(&r, j, 0, out);
}
