/*
 * Pages to C. usage: pagec OUT.c OUT.h PAGE.html...
 *
 * The language is told in pages/README.md. In short: HTML with {{page name(struct view *v)}} at its head becomes
 * void page_name(struct html *h, const struct view *v). Values are escaped by their place, texts are translated, and
 * what a page must not hold is refused here, as pages/x.html:line:column: what. Everything that depends on types is
 * left to the C compiler, which #line sends to the page.
 */
#include "pagec.h"

#include "base/file.h"
#include "base/tr.h"
#include "base/utf8.h"

#include <stdio.h>

static const char types[] = " int long short bool int64_t size_t uint64_t char ";

/* "const struct view *v": a pointer is always to what the page does not change. */
static enum err_code parameter(struct page *p, struct buf *head, struct buf *params)
{
	struct str word, type, name;

	TRY(identifier(p, &word));
	if (str_is(word, "const"))
		TRY(identifier(p, &word));
	type = word;
	if (str_is(word, "struct") || str_is(word, "enum"))
		TRY(identifier(p, &type));
	else if (!listed(types, word))
		return refuse(p, p->at - word.n, "a parameter is struct x *, struct x, enum x, const char * or one of%s", types);
	bool pointer = next(p, "*");
	TRY(identifier(p, &name));
	if (str_is(word, "struct"))
		buf_printf(head, "struct " STR_FMT ";\n", STR_ARG(type));
	buf_put(params, pointer ? S(", const ") : S(", "));
	if (type.p != word.p)
		buf_printf(params, STR_FMT " ", STR_ARG(word));
	buf_printf(params, STR_FMT " %s" STR_FMT, STR_ARG(type), pointer ? "*" : "", STR_ARG(name));
	return OK;
}

/* {{page name(parameters)}} */
static enum err_code page_head(struct page *p, struct buf *head, struct buf *params)
{
	struct str file = str_sub(p->name, 0, p->name.n - (str_ends(p->name, S(".html")) ? 5 : 0));
	size_t at;

	skip(p);
	at = p->at;
	if (!take(p, "{{") || !next(p, "page"))
		return refuse(p, at, "a page begins with {{page name(struct view *v)}}");
	TRY(identifier(p, &p->id));
	for (struct str part; str_cut(&file, S("/"), &part);)
		if (!file.p && !str_eq(part, p->id))
			return refuse(p, p->at - p->id.n, "the page is called " STR_FMT ", as its file", STR_ARG(part));
	TRY(expect(p, "("));
	for (int i = 0; !next(p, ")"); i++) {
		if (i)
			TRY(expect(p, ","));
		TRY(parameter(p, head, params));
	}
	p->params = buf_str(params);
	return expect(p, "}}");
}

/* {{include "web/duty_view.h"}} and {{layout frame(v->frame)}} at the head, in any number and at most once. */
static enum err_code head_rest(struct page *p, struct buf *includes, struct buf *before, struct buf *after)
{
	bool named = false;

	for (;;) {
		size_t at, args;
		struct str s;

		skip(p);
		at = p->at;
		if (take(p, "{{") && next(p, "include")) {
			TRY(quoted(p, &s));
			buf_printf(includes, "#include \"" STR_FMT "\"\n", STR_ARG(s));
			named = true;
		} else if ((p->at = at, take(p, "{{")) && next(p, "layout")) {
			if (p->has_layout)
				return refuse(p, at, "a second layout");
			p->has_layout = true;
			args = p->at;
			TRY(page_call(p, before, "_open"));
			p->at = args;
			TRY(page_call(p, after, "_close"));
		} else {
			p->at = at;
			break;
		}
		TRY(expect(p, "}}"));
	}
	if (!named)
		buf_put(includes, S("#include \"web/views.h\"\n"));
	return OK;
}

enum err_code pagec_compile(struct str name, struct str text, struct buf *includes, struct buf *head, struct buf *code,
	struct err *err)
{
	CLEANUP(buf_free) struct buf body = BUF_MAX(CODE_BYTES), params = BUF_MAX(4096);
	CLEANUP(buf_free) struct buf before = BUF_MAX(4096), after = BUF_MAX(4096);
	struct page p = {.name = name, .text = text, .err = err, .code = &body, .lit = BUF_MAX(PAGE_BYTES * 2)};
	enum err_code result;

	if (text.n > PAGE_BYTES)
		return refuse(&p, 0, "the page has more than %d bytes", PAGE_BYTES);
	if (!utf8_valid(text))
		return refuse(&p, utf8_check(text), "not UTF-8");
	TRY(page_head(&p, head, &params));
	TRY(head_rest(&p, includes, &before, &after));
	result = page_markup(&p);
	buf_free(&p.lit);
	TRY(result);
	if (body.over || params.over || before.over || after.over)
		return refuse(&p, 0, "the page becomes too much code");
	buf_printf(head, "void page_" STR_FMT "%s(struct html *h" STR_FMT ");\n", STR_ARG(p.id), p.content ? "_open" : "",
		STR_ARG(p.params));
	if (p.content)
		buf_printf(head, "void page_" STR_FMT "_close(struct html *h" STR_FMT ");\n", STR_ARG(p.id), STR_ARG(p.params));
	buf_printf(code, "\nvoid page_" STR_FMT "%s(struct html *h" STR_FMT ")\n{\n#line 1 \"" STR_FMT "\"\n\t(void)h;\n",
		STR_ARG(p.id), p.content ? "_open" : "", STR_ARG(p.params), STR_ARG(name));
	if (before.n)
		buf_printf(code, "\t%s", before.p);
	buf_put(code, buf_str(&body));
	if (after.n)
		buf_printf(code, "\t%s", after.p);
	buf_put(code, S("}\n"));
	return OK;
}

#ifndef PAGEC_NO_MAIN

const struct tr_entry tr_zh[] = {{0}};      /* build tools speak English */
const size_t tr_zh_n = 0;

/* "pages/x.html", wherever that lies: what errors and #line name. */
static struct str shown(struct str path)
{
	size_t at = path.n, slashes = 0;

	while (at > 0 && (path.p[at - 1] != '/' || ++slashes < 2))
		at--;
	return str_sub(path, at, path.n);
}

static enum err_code run(int argc, char **argv, struct arena *a, struct err *err)
{
	CLEANUP(buf_free) struct buf includes = BUF_MAX(1 << 20), head = BUF_MAX(1 << 20), code = BUF_MAX(64 << 20);
	CLEANUP(buf_free) struct buf all = BUF_MAX(64 << 20);
	struct str text;
	bool bad = false;

	for (int i = 3; i < argc; i++) {
		TRY(file_read(a, argv[i], PAGE_BYTES + 1, &text, err));
		err_clear(err);
		if (pagec_compile(shown(str_c(argv[i])), text, &includes, &head, &code, err) != OK) {
			fprintf(stderr, "%s\n", err->text);
			bad = true;
		}
	}
	err_clear(err);
	if (bad)
		return err->code = ERR_INPUT;
	buf_printf(&all, "/* Made by tools/pagec from pages/. */\n#ifndef WEB_PAGES_H\n#define WEB_PAGES_H\n\n#include \"web/html.h\"\n"
		"%s\n%s\n#endif\n", includes.n ? includes.p : "", head.n ? head.p : "");
	TRY(file_write(argv[2], buf_str(&all), err));
	buf_reset(&all);
	buf_printf(&all, "/* Made by tools/pagec from pages/. */\n#include \"" STR_FMT "\"\n%s",
		STR_ARG(path_base(str_c(argv[2]))), code.n ? code.p : "");
	return file_write(argv[1], buf_str(&all), err);
}

int main(int argc, char **argv)
{
	CLEANUP(arena_free) struct arena a = ARENA_INIT;
	struct err err = {.lang = LANG_EN};

	if (argc < 3) {
		fprintf(stderr, "usage: pagec OUT.c OUT.h PAGE.html...\n");
		return 2;
	}
	if (run(argc, argv, &a, &err) != OK && err.text[0])
		fprintf(stderr, "%s\n", err.text);
	return err.code ? 1 : 0;
}

#endif
