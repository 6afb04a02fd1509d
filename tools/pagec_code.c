/* What stands in {{ }}: expressions, blocks, texts. */
#include "pagec.h"

static enum err_code arguments(struct page *p, struct buf *out, int depth)
{
	struct str s;

	buf_putc(out, '(');
	for (int i = 0; !next(p, ")"); i++) {
		if (i)
			TRY(expect(p, ","));
		buf_put(out, i ? S(", ") : S(""));
		skip(p);
		if (peek(p) == '"') {
			TRY(quoted(p, &s));
			buf_printf(out, "\"" STR_FMT "\"", STR_ARG(s));
		} else {
			TRY(page_path(p, out, depth + 1));
		}
	}
	buf_putc(out, ')');
	return OK;
}

enum err_code page_path(struct page *p, struct buf *out, int depth)
{
	struct str s;
	size_t from;

	if (depth > NESTED)
		return refuse(p, p->at, "nested more than %d deep", NESTED);
	skip(p);
	from = p->at;
	while (digit(peek(p)))
		p->at++;
	buf_put(out, s = str_sub(p->text, from, p->at));
	if (s.n)
		return s.n > 1 && s.p[0] == '0' ? refuse(p, from, "a number begins with 0") : OK;
	if (take(p, "*")) {
		buf_putc(out, '*');
		return page_path(p, out, depth + 1);
	}
	TRY(identifier(p, &s));
	buf_put(out, s);
	if (next(p, "("))
		TRY(arguments(p, out, depth));
	for (;;) {
		bool arrow = next(p, "->");

		if (arrow || next(p, ".")) {
			TRY(identifier(p, &s));
			buf_printf(out, "%s" STR_FMT, arrow ? "->" : ".", STR_ARG(s));
		} else if (next(p, "[")) {
			buf_putc(out, '[');
			TRY(page_path(p, out, depth + 1));
			TRY(expect(p, "]"));
			buf_putc(out, ']');
		} else {
			return OK;
		}
	}
}

static enum err_code condition(struct page *p, struct buf *out, int depth);

/* !x, (x || y), path, path == 3, path != "word". */
static enum err_code comparison(struct page *p, struct buf *out, int depth)
{
	static const char *const signs[] = {"==", "!=", "<=", ">=", "<", ">"};
	CLEANUP(buf_free) struct buf left = BUF_MAX(4096);
	struct str s;

	if (depth > NESTED)
		return refuse(p, p->at, "nested more than %d deep", NESTED);
	if (next(p, "!")) {
		buf_putc(out, '!');
		return comparison(p, out, depth + 1);
	}
	if (next(p, "(")) {
		buf_putc(out, '(');
		TRY(condition(p, out, depth + 1));
		buf_putc(out, ')');
		return expect(p, ")");
	}
	TRY(page_path(p, &left, 0));
	for (size_t i = 0; i < LEN(signs); i++) {
		if (!next(p, signs[i]))
			continue;
		skip(p);
		if (peek(p) != '"') {
			buf_printf(out, "(%s %s ", left.p, signs[i]);
			TRY(page_path(p, out, 0));
			buf_putc(out, ')');
			return OK;
		}
		if (i > 1)
			return refuse(p, p->at, "words are compared with == or != only");
		TRY(quoted(p, &s));
		buf_printf(out, "%sstr_is(%s, \"" STR_FMT "\")", i ? "!" : "", left.p, STR_ARG(s));
		return OK;
	}
	buf_printf(out, "html_true(%s)", left.p);
	return OK;
}

static enum err_code condition(struct page *p, struct buf *out, int depth)
{
	buf_putc(out, '(');
	for (;;) {
		TRY(comparison(p, out, depth));
		if (next(p, "&&"))
			buf_put(out, S(" && "));
		else if (next(p, "||"))
			buf_put(out, S(") || ("));
		else
			break;
	}
	buf_putc(out, ')');
	return OK;
}

static enum err_code block_open(struct page *p, size_t at, enum where where, struct str item)
{
	if (p->n_blocks == BLOCKS)
		return refuse(p, at, "more than %d blocks one in another", BLOCKS);
	if (where == TAG && p->n_blocks && p->blocks[p->n_blocks - 1].where == TAG)
		return refuse(p, at, "one {{if}} in another inside a tag");
	p->blocks[p->n_blocks++] = (struct block){at, p->n_elements, where, item, ++p->block_ids, 0, false};
	return OK;
}

/* The innermost block, at elif, else, empty or end: it must stand in the same place, with the same elements open. */
static enum err_code block_here(struct page *p, size_t at, const char *word, enum where where, struct block **out)
{
	struct block *b = p->n_blocks ? &p->blocks[p->n_blocks - 1] : NULL;

	if (!b)
		return refuse(p, at, "{{%s}} without {{if}} or {{for}}", word);
	if (b->where != where)
		return refuse(p, at, "{{%s}} stands in another place than what it belongs to", word);
	if (p->n_elements != b->elements)
		return refuse(p, p->elements[p->n_elements - 1].at, "<" STR_FMT "> is not closed before {{%s}}",
			STR_ARG(p->elements[p->n_elements - 1].tag), word);
	*out = b;
	return OK;
}

static enum err_code on_for(struct page *p, size_t at, enum where where)
{
	struct str item, in;

	if (where == TAG || where > VALUE)
		return refuse(p, at, "{{for}} inside a tag or an address");
	TRY(identifier(p, &item));
	TRY(identifier(p, &in));
	if (!str_is(in, "in"))
		return refuse(p, p->at, "expected {{for name in list}}");
	TRY(block_open(p, at, where, item));
	c_here(p);
	buf_printf(p->code, "{ html_each(" STR_FMT ", ", STR_ARG(item));
	TRY(page_path(p, p->code, 0));
	buf_printf(p->code, ") {\n\thtml_this(" STR_FMT ");\n", STR_ARG(item));
	return OK;
}

static enum err_code on_if(struct page *p, size_t at, enum where where)
{
	if (where > VALUE)
		return refuse(p, at, "{{if}} inside an address");
	TRY(block_open(p, at, where, STR_NONE));
	c_here(p);
	buf_put(p->code, S("if ("));
	TRY(condition(p, p->code, 0));
	buf_put(p->code, S(") {\n"));
	return OK;
}

static enum err_code on_else(struct page *p, size_t at, enum where where, struct str word)
{
	bool empty = str_is(word, "empty"), elif = str_is(word, "elif");
	struct block *b;

	TRY(block_here(p, at, empty ? "empty" : elif ? "elif" : "else", where, &b));
	if (b->last || empty != (b->item.n != 0))
		return refuse(p, at, "{{" STR_FMT "}} does not belong here", STR_ARG(word));
	b->last = !elif;
	b->branch++;
	c_here(p);
	if (empty)
		buf_printf(p->code, "} if (!" STR_FMT "_in.n) {\n", STR_ARG(b->item));
	else
		buf_put(p->code, elif ? S("} else if (") : S("} else {\n"));
	if (!elif)
		return OK;
	TRY(condition(p, p->code, 0));
	buf_put(p->code, S(") {\n"));
	return OK;
}

static enum err_code on_end(struct page *p, size_t at, enum where where)
{
	struct block *b;

	TRY(block_here(p, at, "end", where, &b));
	flush(p);
	buf_put(p->code, b->item.n ? S("\t}}\n") : S("\t}\n"));
	p->n_blocks--;
	return OK;
}

/* How many arguments the format takes; -1 when it can't be read. */
static int format_args(struct str f)
{
	int in_turn = 0, most = 0;
	unsigned named = 0;

	for (size_t i = 0; i < f.n; i++) {
		if (f.p[i] != '%' || ++i == f.n || f.p[i] == '%') {
			if (i == f.n)
				return -1;
			continue;
		}
		if (digit(f.p[i]) && i + 2 < f.n && f.p[i + 1] == '$' && f.p[i] != '0') {
			most = MAX(most, f.p[i] - '0');
			named |= 1u << (f.p[i] - '1');
			i += 2;
		} else {
			in_turn++;
		}
		if (f.p[i] != 's' && f.p[i] != 'd')
			return -1;
	}
	if (most && (in_turn || named != (1u << most) - 1))
		return -1;
	return MAX(most, in_turn);
}

/* {{t "…", a, b}}; without arguments a % is a %. */
static enum err_code on_text(struct page *p, size_t at)
{
	CLEANUP(buf_free) struct buf args = BUF_MAX(64 << 10);
	struct str key;
	int n = 0;

	TRY(quoted(p, &key));
	if (str_blank(key))
		return refuse(p, at, "a text without words");
	for (; next(p, ","); n++) {
		buf_put(&args, n ? S(", html_arg(") : S("html_arg("));
		TRY(page_path(p, &args, 0));
		buf_putc(&args, ')');
	}
	if (n && format_args(key) < 0)
		return refuse(p, at, "a text takes %%s, %%d, or all of them numbered as in %%1$s; a percent sign is %%%%");
	if (n && format_args(key) != n)
		return refuse(p, at, "the text takes %d arguments, here are %d", format_args(key), n);
	if (!n && format_args(key) > 0)
		return refuse(p, at, "the text takes %d arguments, here are none", format_args(key));
	c_here(p);
	if (n)
		buf_printf(p->code, "html_tr(h, \"" STR_FMT "\", %d, (struct html_arg[]){%s});\n", STR_ARG(key), n, args.p);
	else
		buf_printf(p->code, "html_say(h, \"" STR_FMT "\");\n", STR_ARG(key));
	return OK;
}

static enum err_code on_raw(struct page *p)
{
	struct str s;

	TRY(quoted(p, &s));
	for (size_t i = 0; i < s.n; i++) {
		i += s.p[i] == '\\';
		switch (s.p[i]) {
		case '<': buf_put(&p->lit, S("&lt;")); break;
		case '&': buf_put(&p->lit, S("&amp;")); break;
		case '"': buf_put(&p->lit, S("&quot;")); break;
		default: buf_putc(&p->lit, s.p[i]);
		}
	}
	return OK;
}

enum err_code page_call(struct page *p, struct buf *out, const char *suffix)
{
	struct str name;

	TRY(identifier(p, &name));
	buf_printf(out, "page_" STR_FMT "%s(h", STR_ARG(name), suffix);
	TRY(expect(p, "("));
	for (int i = 0; !next(p, ")"); i++) {
		if (i)
			TRY(expect(p, ","));
		buf_put(out, S(", "));
		TRY(page_path(p, out, 0));
	}
	buf_put(out, S(");\n"));
	return OK;
}

static enum err_code on_csrf(struct page *p, size_t at)
{
	size_t i = p->n_elements;

	while (i > 0 && !p->elements[i - 1].post)
		i--;
	if (!i)
		return refuse(p, at, "{{csrf}} outside of a form with method=\"post\"");
	if (p->n_blocks != p->elements[i - 1].blocks)
		return refuse(p, at, "{{csrf}} in a block that may be left out");
	p->elements[i - 1].csrf = true;
	c_here(p);
	buf_put(p->code, S("html_csrf(h);\n"));
	return OK;
}

static enum err_code on_let(struct page *p)
{
	struct str name;

	TRY(identifier(p, &name));
	TRY(expect(p, "="));
	c_here(p);
	buf_printf(p->code, "__auto_type " STR_FMT " = ", STR_ARG(name));
	TRY(page_path(p, p->code, 0));
	buf_printf(p->code, "; (void)" STR_FMT ";\n", STR_ARG(name));
	return OK;
}

/* The layout's function is two: what stands before {{content}}, and the rest. */
static enum err_code on_content(struct page *p, size_t at)
{
	if (p->n_blocks || p->content || p->has_layout)
		return refuse(p, at, "{{content}} stands once, in no block, in a page without a layout");
	p->content = true;
	flush(p);
	buf_printf(p->code, "}\n\nvoid page_" STR_FMT "_close(struct html *h" STR_FMT ")\n{\n", STR_ARG(p->id),
		STR_ARG(p->params));
	return OK;
}

static enum err_code on_value(struct page *p, enum where where)
{
	static const char *const puts[] = {"html_put(h, html_arg(", "", "html_put(h, html_arg(", "html_segment(h, html_arg(",
		"html_query(h, html_arg(", "html_url(h, ("};

	c_here(p);
	buf_put(p->code, str_c(puts[where]));
	TRY(page_path(p, p->code, 0));
	buf_put(p->code, S("));\n"));
	return OK;
}

enum err_code page_directive(struct page *p, enum where where)
{
	size_t at = p->at - 2, from;
	struct str w = STR_NONE;

	skip(p);
	from = p->at;
	if (name_char(peek(p)) && !digit(peek(p)))
		TRY(identifier(p, &w));
	skip(p);
	if (str_is(w, "if"))
		TRY(on_if(p, at, where));
	else if (str_is(w, "elif") || str_is(w, "else") || str_is(w, "empty"))
		TRY(on_else(p, at, where, w));
	else if (str_is(w, "end"))
		TRY(on_end(p, at, where));
	else if (str_is(w, "for"))
		TRY(on_for(p, at, where));
	else if (where == TAG)
		return refuse(p, at, "only {{if}}, {{elif}}, {{else}} and {{end}} around attributes stand inside a tag");
	else if (where > VALUE && peek(p) == '"')
		return refuse(p, at, "words inside an address");
	else if (str_is(w, "t") && peek(p) == '"')
		TRY(on_text(p, at));
	else if (str_is(w, "raw") && peek(p) == '"')
		TRY(on_raw(p));
	else if (where == TEXT && str_is(w, "call")) {
		c_here(p);
		TRY(page_call(p, p->code, ""));
	}
	else if (where == TEXT && str_is(w, "drawing")) {
		c_here(p);
		buf_put(p->code, S("html_drawing(h, "));
		TRY(page_path(p, p->code, 0));
		buf_put(p->code, S(");\n"));
	}
	else if (where == TEXT && str_is(w, "csrf"))
		TRY(on_csrf(p, at));
	else if (where == TEXT && str_is(w, "let"))
		TRY(on_let(p));
	else if (where == TEXT && str_is(w, "content"))
		TRY(on_content(p, at));
	else if (listed(" page layout include call csrf drawing let content in raw ", w))
		return refuse(p, at, "{{" STR_FMT "}} does not belong here", STR_ARG(w));
	else {
		p->at = from;
		TRY(on_value(p, where));
	}
	return expect(p, "}}");
}
