#include "http/multipart.h"

#include "http/head.h"

enum { WINDOW = 65536, BOUNDARY = 70 };

struct reader {
	struct arena *arena;
	const struct http_body *body;
	struct str delimiter;       /* CR LF -- boundary */
	int64_t at;
	char *window;               /* [WINDOW] */
	struct multipart out;
	size_t field_cap, file_cap;
	struct err *err;
};

static enum err_code bad(struct reader *r)
{
	return fail(r->err, ERR_INPUT, N_("the upload is not in the form expected"));
}

/* ---- the boundary ---- */

static bool boundary_byte(char c)
{
	return http_token_byte(c) ? !strchr("!#$%&*^`|~", c) : strchr("(),/:=? ", c) && c;
}

static bool read_boundary(struct str type, struct str *out)
{
	struct str rest = type, kind, b;

	str_cut(&rest, S(";"), &kind);
	rest = str_trim(rest);
	if (!http_same(str_trim(kind), S("multipart/form-data")) || !http_same(str_sub(rest, 0, 9), S("boundary=")))
		return false;
	b = str_sub(rest, 9, rest.n);
	if (b.n > 1 && b.p[0] == '"' && b.p[b.n - 1] == '"')
		b = str_sub(b, 1, b.n - 1);
	if (b.n < 1 || b.n > BOUNDARY || b.p[b.n - 1] == ' ')
		return false;
	for (size_t i = 0; i < b.n; i++)
		if (!boundary_byte(b.p[i]))
			return false;
	*out = b;
	return true;
}

/* ---- moving along ---- */

/* Up to n bytes at r->at, into the window. */
static enum err_code look(struct reader *r, size_t n, struct str *out)
{
	n = (size_t)MIN((int64_t)n, r->body->size - r->at);
	TRY(http_body_read(r->body, r->at, r->window, n, r->err));
	*out = (struct str){r->window, n};
	return OK;
}

/* Steps over what must stand here. */
static enum err_code step_over(struct reader *r, struct str what)
{
	struct str s;

	TRY(look(r, what.n, &s));
	if (!str_eq(s, what))
		return bad(r);
	r->at += (int64_t)what.n;
	return OK;
}

/* Moves behind the next delimiter; *end is where it begins. */
static enum err_code to_delimiter(struct reader *r, int64_t *end)
{
	struct str s;
	size_t at;

	for (;;) {
		TRY(look(r, WINDOW, &s));
		if (str_find(s, r->delimiter, &at))
			break;
		if (s.n < WINDOW)
			return bad(r);
		r->at += (int64_t)(s.n - r->delimiter.n);
	}
	*end = r->at + (int64_t)at;
	r->at = *end + (int64_t)r->delimiter.n;
	return OK;
}

/* ---- the headers of a part ---- */

struct part {
	struct str name, filename, type;
	bool is_file, named;
};

/* A quoted value: browsers write quote, CR and LF as %22, %0D, %0A; others put a backslash before quote and
 * backslash. *rest moves behind the closing quote. */
static bool read_quoted(struct arena *a, struct str *rest, struct str *out)
{
	char *p = arena_alloc(a, rest->n + 1);
	size_t i = 1, n = 0;

	if (!rest->n || rest->p[0] != '"')
		return false;
	for (; i < rest->n && rest->p[i] != '"'; i++) {
		if (rest->p[i] == '\\' && i + 1 < rest->n && strchr("\"\\", rest->p[i + 1]))
			p[n++] = rest->p[++i];
		else if (http_same(str_sub(*rest, i, i + 3), S("%22")))
			p[n++] = '"', i += 2;
		else if (http_same(str_sub(*rest, i, i + 3), S("%0D")))
			p[n++] = '\r', i += 2;
		else if (http_same(str_sub(*rest, i, i + 3), S("%0A")))
			p[n++] = '\n', i += 2;
		else
			p[n++] = rest->p[i];
	}
	if (i == rest->n)
		return false;
	*out = (struct str){p, n};
	*rest = str_sub(*rest, i + 1, rest->n);
	return true;
}

/* form-data; name="…"; filename="…" */
static bool read_disposition(struct reader *r, struct str value, struct part *p)
{
	struct str rest = value, word;

	if (p->named || !str_cut(&rest, S(";"), &word) || !http_same(str_trim(word), S("form-data")) || !rest.p)
		return false;
	while (rest.n) {
		struct str *to;

		if (!str_cut(&rest, S("="), &word) || !rest.p)
			return false;
		word = str_trim(word);
		if (http_same(word, S("name")) && !p->name.p)
			to = &p->name;
		else if (http_same(word, S("filename")) && !p->is_file)
			to = &p->filename, p->is_file = true;
		else
			return false;
		if (!read_quoted(r->arena, &rest, to))
			return false;
		rest = str_trim(rest);
		if (rest.n && rest.p[0] != ';')
			return false;
		rest = str_sub(rest, 1, rest.n);
	}
	p->named = true;
	return p->name.n > 0 && p->name.n <= FORM_NAME && form_text(p->name, false);
}

static enum err_code read_header(struct reader *r, struct str line, struct part *p)
{
	struct str rest = line, name;

	str_cut(&rest, S(":"), &name);
	rest = str_trim(rest);
	if (http_same(name, S("content-disposition")))
		return read_disposition(r, rest, p) ? OK : bad(r);
	if (!http_same(name, S("content-type")) || p->type.p || !form_text(rest, false))
		return bad(r);
	p->type = rest;
	return OK;
}

static enum err_code read_headers(struct reader *r, struct part *p)
{
	struct str s, rest, line;
	size_t end;

	TRY(look(r, MULTIPART_HEADER, &s));
	if (!str_find(s, S("\r\n\r\n"), &end))
		return s.n < MULTIPART_HEADER ? bad(r) :
			fail(r->err, ERR_LIMIT, N_("the headers of an upload are too long"));
	r->at += (int64_t)end + 4;
	rest = arena_str(r->arena, str_sub(s, 0, end));      /* the window is used again, the names are kept */
	while (str_cut(&rest, S("\r\n"), &line))
		TRY(read_header(r, line, p));
	return p->named ? OK : bad(r);
}

/* ---- parts ---- */

static enum err_code put_field(struct reader *r, const struct part *p, int64_t at, int64_t size)
{
	char *value;

	if (r->out.form.n == FORM_FIELDS || size > FORM_VALUE)
		return fail(r->err, ERR_LIMIT, N_("a field of the form is too long"));
	value = arena_alloc(r->arena, (size_t)size + 1);
	TRY(http_body_read(r->body, at, value, (size_t)size, r->err));
	if (!form_text((struct str){value, (size_t)size}, true))
		return fail(r->err, ERR_INPUT, N_("a field of the form is not text in UTF-8"));
	*ARENA_PUSH(r->arena, r->out.form.fields, r->out.form.n, r->field_cap) =
		(struct form_field){p->name, {value, (size_t)size}};
	return OK;
}

/* Behind the last slash of either kind: some clients send the whole path. */
static struct str base_name(struct str name)
{
	size_t from = name.n;

	while (from && name.p[from - 1] != '/' && name.p[from - 1] != '\\')
		from--;
	return str_sub(name, from, name.n);
}

static enum err_code put_file(struct reader *r, const struct part *p, int64_t at, int64_t size)
{
	struct str name = base_name(p->filename);

	if (!p->filename.n && !size)
		return OK;
	if (str_blank(name) || name.n > MULTIPART_NAME || !form_text(name, false) || str_is(name, ".") ||
			str_is(name, ".."))
		return fail(r->err, ERR_INPUT, N_("the name of the file sent cannot be used"));
	*ARENA_PUSH(r->arena, r->out.files, r->out.nfiles, r->file_cap) = (struct multipart_file){
		.field = p->name, .name = name, .type = p->type.p ? p->type : S(""), .at = at, .size = size};
	return OK;
}

/* From behind one delimiter to behind the next. */
static enum err_code read_part(struct reader *r)
{
	struct part p = {0};
	int64_t begin, end;

	TRY(step_over(r, S("\r\n")));
	TRY(read_headers(r, &p));
	begin = r->at;
	TRY(to_delimiter(r, &end));
	return p.is_file ? put_file(r, &p, begin, end - begin) : put_field(r, &p, begin, end - begin);
}

/* Is this the close delimiter, and the end? A line break may follow. */
static enum err_code at_end(struct reader *r, bool *end)
{
	struct str s;

	TRY(look(r, 5, &s));
	*end = str_is(s, "--") || str_is(s, "--\r\n");
	return OK;
}

enum err_code multipart_read(struct arena *a, struct str type, const struct http_body *body, struct multipart *out,
	struct err *err)
{
	struct reader r = {.arena = a, .body = body, .err = err};
	struct str boundary;
	bool end = false;

	if (!read_boundary(type, &boundary))
		return bad(&r);
	r.delimiter = arena_printf(a, "\r\n--" STR_FMT, STR_ARG(boundary));
	r.window = arena_alloc(a, WINDOW);
	TRY(step_over(&r, str_sub(r.delimiter, 2, r.delimiter.n)));
	for (size_t n = 0; !end; n++) {
		if (n == MULTIPART_PARTS)
			return fail(err, ERR_LIMIT, N_("more than %d parts in an upload"), MULTIPART_PARTS);
		TRY(read_part(&r));
		TRY(at_end(&r, &end));
	}
	*out = r.out;
	return OK;
}
