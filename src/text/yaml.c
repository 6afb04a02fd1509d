#include "text/yaml.h"

#include "base/utf8.h"
#include "text/nfc.h"
#include "text/place.h"

#include <yaml.h>

struct frame {
	struct node *node;   /* list or map */
	struct node *key;    /* waits for its value */
};

struct reader {
	struct arena *a;
	struct str s;
	struct frame open[YAML_DEPTH];
	int depth;
	struct node *root;
	struct err *err;
};

/* libyaml's words, and what they mean to somebody who has written a list or a scheme. */
static const struct {
	const char *theirs, *ours;
	bool begin;   /* the place to look at is where the thing began, not where libyaml gave up */
} problems[] = {
	{"mapping values are not allowed in this context",
		N_("a colon out of place, or the line is indented wrongly"), false},
	{"block sequence entries are not allowed in this context",
		N_("a \"- \" out of place, or the line is indented wrongly"), false},
	{"mapping keys are not allowed in this context",
		N_("a \"? \" out of place, or the line is indented wrongly"), false},
	{"did not find expected key", N_("a key is expected here; is the line indented like those above?"),
		false},
	{"did not find expected '-' indicator",
		N_("a \"- \" is expected here; is the line indented like those above?"), false},
	{"could not find expected ':'", N_("a colon is missing behind a key"), true},
	{"did not find expected ',' or ']'", N_("a comma or ] is missing"), false},
	{"did not find expected ',' or '}'", N_("a comma or } is missing"), false},
	{"did not find expected node content", N_("a value is expected here"), false},
	{"found character that cannot start any token",
		N_("a text can't begin with this character; put it in quotes"), false},
	{"found unexpected end of stream", N_("the quotation that begins here does not end"), true},
	{"found unexpected document indicator", N_("the quotation that begins here does not end"), true},
	{"found unknown escape character",
		N_("an unknown escape behind \\; in single quotes a \\ is a \\"), false},
	{"did not find expected hexdecimal number",
		N_("an unknown escape behind \\; in single quotes a \\ is a \\"), false},
	{"found invalid Unicode character escape code",
		N_("an unknown escape behind \\; in single quotes a \\ is a \\"), false},
	{"did not find expected <document start>", N_("nothing may follow behind the end of the document"),
		false},
	{"found a tab character where an indentation space is expected", N_("a tab; indent with blanks"),
		false},
	{"found a tab character that violates indentation", N_("a tab; indent with blanks"), false},
	{"control characters are not allowed", N_("a control character"), false},
	{"did not find expected alphabetic or numeric character",
		N_("a text that begins with & or * must stand in quotes"), false},
	{"did not find expected comment or line break", N_("nothing more may stand in the line of a | or >"),
		false},
};

static enum err_code bad(struct reader *r, yaml_mark_t at, const char *what)
{
	return fail(r->err, ERR_INPUT, "line %d, column %d: %s", (int)at.line + 1, (int)at.column + 1,
		tr(r->err->lang, what));
}

/* The byte of a mark, which counts characters. */
static char byte_at(struct str s, yaml_mark_t at)
{
	size_t chars = 0;

	for (size_t i = 0; i < s.n; i++)
		if (((unsigned char)s.p[i] & 0xC0) != 0x80 && chars++ == at.index)
			return s.p[i];
	return 0;
}

/* What libyaml itself refuses. */
static enum err_code refuse(struct reader *r, const yaml_parser_t *p)
{
	const char *what = p->problem ? p->problem : "";
	yaml_mark_t at = p->problem_mark;

	if (p->error == YAML_MEMORY_ERROR)
		BUG("out of memory (YAML of %zu bytes)", r->s.n);
	if (p->error == YAML_READER_ERROR) {   /* has no mark */
		struct place where = place_of(r->s, p->problem_offset);

		at.line = (size_t)where.line - 1;
		at.column = (size_t)where.col - 1;
	} else if (byte_at(r->s, at) == '\t') {
		return bad(r, at, N_("a tab; indent with blanks"));
	}
	for (size_t i = 0; i < LEN(problems); i++)
		if (!strcmp(what, problems[i].theirs))
			return bad(r, problems[i].begin ? p->context_mark : at, problems[i].ours);
	return fail(r->err, ERR_INPUT, "line %d, column %d: not YAML: %s", (int)at.line + 1,
		(int)at.column + 1, what);
}

static enum err_code key_check(struct reader *r, const struct node *n, yaml_mark_t at)
{
	if (n->kind != NODE_TEXT || str_has(n->text, S("\n")))
		return bad(r, at, N_("a key must be one line of text"));
	if (!n->text.n)
		return bad(r, at, N_("a key is missing before the colon"));
	if (!n->quoted && str_is(n->text, "<<"))
		return bad(r, at, N_("merge keys (<<) are not read"));
	return OK;
}

/* Puts n where the document has come to: the root, a list's end, a key or its value. */
static enum err_code attach(struct reader *r, struct node *n, yaml_mark_t at)
{
	struct frame *f = r->depth ? &r->open[r->depth - 1] : NULL;

	if (!f) {
		r->root = n;
	} else if (f->node->kind == NODE_LIST) {
		node_push(r->a, f->node, n);
	} else if (!f->key) {
		TRY(key_check(r, n, at));
		f->key = n;
	} else {
		node_put(r->a, f->node, f->key, n);
		f->key = NULL;
	}
	return OK;
}

static enum err_code check_marks(struct reader *r, yaml_mark_t at, const yaml_char_t *anchor,
	const yaml_char_t *tag)
{
	if (anchor)
		return bad(r, at,
			N_("anchors (&name) are not read; a text that begins with & must stand in quotes"));
	if (tag)
		return bad(r, at,
			N_("tags (!name) are not read; a text that begins with ! must stand in quotes"));
	return OK;
}

static struct node *here(struct reader *r, enum node_kind kind, yaml_mark_t at)
{
	struct node *n = ARENA_NEW(r->a, struct node);

	n->kind = kind;
	n->line = (int)at.line + 1;
	n->col = (int)at.column + 1;
	return n;
}

static enum err_code scalar(struct reader *r, const yaml_event_t *e)
{
	struct str s = {(const char *)e->data.scalar.value, e->data.scalar.length};
	struct node *n = here(r, NODE_TEXT, e->start_mark);
	struct err ignored = {0};

	TRY(check_marks(r, e->start_mark, e->data.scalar.anchor, e->data.scalar.tag));
	for (size_t i = 0; i < s.n; i++) {   /* escapes make them */
		unsigned char c = (unsigned char)s.p[i];

		if ((c < 0x20 && c != '\n' && c != '\t') || c == 0x7F)
			return fail(r->err, ERR_INPUT,
				"line %d, column %d: a control character (U+%04X) in a text", n->line,
				n->col, (unsigned)c);
	}
	n->quoted = e->data.scalar.style == YAML_SINGLE_QUOTED_SCALAR_STYLE ||
		e->data.scalar.style == YAML_DOUBLE_QUOTED_SCALAR_STYLE;
	if (nfc(r->a, s, &n->text, &ignored) != OK)
		return fail(r->err, ERR_INPUT, "line %d, column %d: more than %d combining marks in a row",
			n->line, n->col, NFC_MARKS);
	if (n->text.p == s.p)
		n->text = arena_str(r->a, s);
	return attach(r, n, e->start_mark);
}

static enum err_code begin(struct reader *r, enum node_kind kind, yaml_mark_t at, const yaml_char_t *anchor,
	const yaml_char_t *tag)
{
	struct node *n = here(r, kind, at);

	TRY(check_marks(r, at, anchor, tag));
	TRY(attach(r, n, at));
	if (r->depth == YAML_DEPTH)
		return fail(r->err, ERR_INPUT, "line %d, column %d: nested deeper than %d levels", n->line,
			n->col, YAML_DEPTH);
	r->open[r->depth++] = (struct frame){.node = n};
	return OK;
}

static enum err_code end(struct reader *r)
{
	const struct node *n = r->open[--r->depth].node, *again, *first;

	if (n->kind != NODE_MAP)
		return OK;
	again = node_repeat(n, &first);
	if (again)
		return fail(r->err, ERR_INPUT,
			"line %d, column %d: the key \"" STR_FMT "\" stands in line %d already",
			again->line, again->col, STR_ARG(again->text), first->line);
	return OK;
}

static enum err_code document(struct reader *r, const yaml_event_t *e)
{
	if (r->root)
		return bad(r, e->start_mark, N_("a second document begins here; a file holds one"));
	if (e->data.document_start.version_directive ||
		e->data.document_start.tag_directives.start != e->data.document_start.tag_directives.end)
		return bad(r, e->start_mark, N_("directives (%YAML, %TAG) are not read"));
	return OK;
}

static enum err_code take(struct reader *r, const yaml_event_t *e)
{
	switch (e->type) {
	case YAML_DOCUMENT_START_EVENT:
		return document(r, e);
	case YAML_ALIAS_EVENT:
		return bad(r, e->start_mark,
			N_("aliases (*name) are not read; a text that begins with * must stand in quotes"));
	case YAML_SCALAR_EVENT:
		return scalar(r, e);
	case YAML_SEQUENCE_START_EVENT:
		return begin(r, NODE_LIST, e->start_mark, e->data.sequence_start.anchor,
			e->data.sequence_start.tag);
	case YAML_MAPPING_START_EVENT:
		return begin(r, NODE_MAP, e->start_mark, e->data.mapping_start.anchor,
			e->data.mapping_start.tag);
	case YAML_SEQUENCE_END_EVENT:
	case YAML_MAPPING_END_EVENT:
		return end(r);
	default:
		return OK;
	}
}

/* Reads the next event and takes it; *more is false behind the last. */
static enum err_code pull(struct reader *r, yaml_parser_t *p, bool *more)
{
	CLEANUP(yaml_event_delete) yaml_event_t e = {0};

	if (!yaml_parser_parse(p, &e))
		return refuse(r, p);
	*more = e.type != YAML_STREAM_END_EVENT;
	return take(r, &e);
}

enum err_code yaml_read(struct arena *a, struct str text, struct node **out, struct err *err)
{
	CLEANUP(yaml_parser_delete) yaml_parser_t p = {0};
	struct reader r = {.a = a, .err = err};
	struct place where;
	size_t whole;

	if (text.n > YAML_BYTES)
		return fail(err, ERR_LIMIT, "%zu bytes of YAML, at most %d are read", text.n, YAML_BYTES);
	r.s = str_starts(text, S("\xEF\xBB\xBF")) ? str_sub(text, 3, text.n) : text;
	whole = utf8_check(r.s);
	if (whole < r.s.n) {
		where = place_of(r.s, whole);
		return fail(err, ERR_INPUT, "line %d, column %d: not valid UTF-8 text", where.line,
			where.col);
	}
	if (!yaml_parser_initialize(&p))
		BUG("out of memory");
	yaml_parser_set_encoding(&p, YAML_UTF8_ENCODING);
	yaml_parser_set_input_string(&p, (const unsigned char *)(r.s.n ? r.s.p : ""), r.s.n);
	for (bool more = true; more;)
		TRY(pull(&r, &p, &more));
	if (!r.root || (r.root->kind == NODE_TEXT && !r.root->quoted && !r.root->text.n))
		return fail(err, ERR_INPUT, "line 1, column 1: the document is empty");
	*out = r.root;
	return OK;
}
