#include "doc/markdown_read.h"

#include <cmark.h>
#include <ctype.h>
#include <stdlib.h>

/* ---- runs ---- */

struct filling {
	struct arena *a;
	struct md_runs *runs;
	int strong;
	struct str to;              /* of the link around; empty: none */
	bool broken;                /* a line ended here */
};

static bool wide(char c)
{
	return (unsigned char)c >= 0x80;
}

/* Where a line ended there is a blank, but none between two Chinese characters. */
static void put(struct filling *f, enum md_mark mark, struct str s)
{
	struct md_run *last = f->runs->n ? &f->runs->p[f->runs->n - 1] : NULL;
	bool blank = f->broken && last && last->text.n && s.n &&
		!(wide(last->text.p[last->text.n - 1]) && wide(s.p[0]));

	f->broken = false;
	if (mark != MD_CODE)
		mark = f->to.n ? MD_LINK : f->strong ? MD_STRONG : MD_TEXT;
	if (blank && mark != MD_TEXT && last->mark == MD_TEXT) {
		last->text = arena_printf(f->a, STR_FMT " ", STR_ARG(last->text));
		blank = false;
	}
	if (last && last->mark == mark && mark != MD_CODE && str_eq(last->to, f->to)) {
		last->text = arena_printf(
			f->a, STR_FMT "%s" STR_FMT, STR_ARG(last->text), blank ? " " : "", STR_ARG(s));
		return;
	}
	*ARENA_PUSH(f->a, f->runs->p, f->runs->n, f->runs->cap) = (struct md_run){.mark = mark,
		.text = arena_printf(f->a, "%s" STR_FMT, blank ? " " : "", STR_ARG(s)),
		.to = mark == MD_LINK ? f->to : STR_NONE};
}

static void inlines(struct arena *a, cmark_node *block, struct md_runs *out)
{
	struct filling f = {.a = a, .runs = out};
	cmark_iter *it = cmark_iter_new(block);
	cmark_event_type event;

	while ((event = cmark_iter_next(it)) != CMARK_EVENT_DONE) {
		cmark_node *n = cmark_iter_get_node(it);
		bool enter = event == CMARK_EVENT_ENTER;

		switch (cmark_node_get_type(n)) {
		case CMARK_NODE_TEXT:
			put(&f, MD_TEXT, str_c(cmark_node_get_literal(n)));
			break;
		case CMARK_NODE_CODE:
			put(&f, MD_CODE, str_c(cmark_node_get_literal(n)));
			break;
		case CMARK_NODE_SOFTBREAK:
		case CMARK_NODE_LINEBREAK:
			f.broken = true;
			break;
		case CMARK_NODE_PARAGRAPH:
		case CMARK_NODE_ITEM:
			f.broken = f.broken || (enter && out->n);
			break;
		case CMARK_NODE_STRONG:
			f.strong += enter ? 1 : -1;
			break;
		case CMARK_NODE_LINK:
			f.to = enter ? arena_str(a, str_c(cmark_node_get_url(n))) : STR_NONE;
			break;
		default:
			break;
		}
	}
	cmark_iter_free(it);
}

/* ---- headings ---- */

/* Punctuation of Chinese texts, which GitHub leaves out of ids: U+2010–206F, U+3000–303F, U+FF01–FF0F, U+FF1A–FF20,
 * U+FF3B–FF40, U+FF5B–FF65; as three bytes. */
static bool mark_of_text(const unsigned char *p)
{
	unsigned c = (p[0] & 15u) << 12 | (p[1] & 63u) << 6 | (p[2] & 63u);

	return (c >= 0x2010 && c <= 0x206F) || (c >= 0x3000 && c <= 0x303F) || (c >= 0xFF01 && c <= 0xFF0F) ||
		(c >= 0xFF1A && c <= 0xFF20) || (c >= 0xFF3B && c <= 0xFF40) || (c >= 0xFF5B && c <= 0xFF65);
}

static struct str id_of(struct arena *a, struct str text)
{
	struct str out = arena_str(a, text);
	char *to = (char *)out.p;
	size_t n = 0;

	for (size_t i = 0; i < text.n;) {
		const unsigned char *p = (const unsigned char *)text.p + i;
		size_t bytes = *p < 0x80 ? 1 : *p < 0xE0 ? 2 : *p < 0xF0 ? 3 : 4;

		i += bytes;
		if (bytes > 1 && i <= text.n && !(bytes == 3 && mark_of_text(p)))
			for (size_t k = 0; k < bytes; k++)
				to[n++] = (char)p[k];
		else if (bytes == 1 && (isalnum(*p) || *p == '-' || *p == '_'))
			to[n++] = (char)tolower(*p);
		else if (*p == ' ')
			to[n++] = '-';
	}
	return str_sub(out, 0, n);
}

static void heading(struct arena *a, cmark_node *n, struct md_block *b)
{
	b->kind = MD_HEADING;
	b->level = cmark_node_get_heading_level(n);
	inlines(a, n, &b->runs);
	b->text = S("");
	for (size_t i = 0; i < b->runs.n; i++)
		b->text = arena_printf(a, STR_FMT STR_FMT, STR_ARG(b->text), STR_ARG(b->runs.p[i].text));
	for (size_t i = 0; i < b->text.n && i < 3 && isdigit((unsigned char)b->text.p[i]); i++)
		b->number = b->number * 10 + b->text.p[i] - '0';
	b->id = id_of(a, b->text);
}

/* ---- blocks ---- */

static struct md_block *block(struct arena *a, struct md_doc *out, enum md_kind kind)
{
	struct md_block *b = ARENA_PUSH(a, out->p, out->n, out->cap);

	*b = (struct md_block){.kind = kind};
	return b;
}

static void blocks(struct arena *a, cmark_node *parent, struct md_doc *out)
{
	for (cmark_node *n = cmark_node_first_child(parent); n; n = cmark_node_next(n)) {
		struct md_block *b;

		switch (cmark_node_get_type(n)) {
		case CMARK_NODE_HEADING:
			heading(a, n, block(a, out, MD_HEADING));
			break;
		case CMARK_NODE_PARAGRAPH:
			inlines(a, n, &block(a, out, MD_PARA)->runs);
			break;
		case CMARK_NODE_CODE_BLOCK:
			block(a, out, MD_PRE)->text = arena_str(a, str_c(cmark_node_get_literal(n)));
			break;
		case CMARK_NODE_BLOCK_QUOTE:
			blocks(a, n, out);
			break;
		case CMARK_NODE_LIST:
			b = block(a, out, MD_LIST);
			b->ordered = cmark_node_get_list_type(n) == CMARK_ORDERED_LIST;
			for (cmark_node *i = cmark_node_first_child(n); i; i = cmark_node_next(i)) {
				struct md_runs *runs = ARENA_PUSH(a, b->items.p, b->items.n, b->items.cap);

				*runs = (struct md_runs){0};
				inlines(a, i, runs);
			}
			break;
		default:
			break;
		}
	}
}

static void common(struct arena *a, struct str text, struct md_doc *out)
{
	cmark_node *root = cmark_parse_document(text.p, text.n, CMARK_OPT_DEFAULT);

	blocks(a, root, out);
	cmark_node_free(root);
}

/* ---- tables ---- */

/* The next cell of a row; \| is no border. */
static bool cell_cut(struct arena *a, struct str *rest, struct str *cell)
{
	size_t i = 0;

	if (str_blank(*rest))
		return false;
	while (i < rest->n && !(rest->p[i] == '|' && (i == 0 || rest->p[i - 1] != '\\')))
		i++;
	*cell = str_trim(str_sub(*rest, 0, i));
	*rest = str_sub(*rest, i + 1, rest->n);
	return true;
}

/* "\|" is written in tables for "|", also within code. */
static struct str unescaped(struct arena *a, struct str s)
{
	struct str out = arena_str(a, s);
	size_t n = 0;

	for (size_t i = 0; i < s.n; i++)
		if (!(s.p[i] == '\\' && i + 1 < s.n && s.p[i + 1] == '|'))
			((char *)out.p)[n++] = s.p[i];
	return str_sub(out, 0, n);
}

static void row(struct arena *a, struct str line, struct md_row *out)
{
	struct str rest = str_sub(str_trim(line), 1, line.n), cell;

	*out = (struct md_row){0};
	while (cell_cut(a, &rest, &cell)) {
		struct md_runs *runs = ARENA_PUSH(a, out->cells.p, out->cells.n, out->cells.cap);
		struct md_doc inner = {0};

		*runs = (struct md_runs){0};
		common(a, unescaped(a, cell), &inner);
		if (inner.n)
			*runs = inner.p[0].runs;
	}
}

/* A line of dashes, colons and borders. */
static bool is_rule(struct str line)
{
	bool dash = false;

	for (size_t i = 0; i < line.n; i++) {
		if (!strchr("|-: ", line.p[i]))
			return false;
		dash = dash || line.p[i] == '-';
	}
	return dash;
}

/* The lines of a table from *rest on, if one begins there. */
static bool table(struct arena *a, struct str *rest, struct md_doc *out)
{
	struct str after = *rest, head, rule, line, before;
	struct md_block *b;

	if (!str_starts(*rest, S("|")) || !str_cut(&after, S("\n"), &head) || !str_cut(&after, S("\n"), &rule) ||
		!str_starts(rule, S("|")) || !is_rule(rule))
		return false;
	b = block(a, out, MD_TABLE);
	row(a, head, &b->head);
	for (before = after; str_starts(after, S("|")) && str_cut(&after, S("\n"), &line); before = after)
		row(a, line, ARENA_PUSH(a, b->rows.p, b->rows.n, b->rows.cap));
	*rest = before;
	return true;
}

void markdown_read(struct arena *a, struct str text, struct md_doc *out)
{
	struct str rest = text, line, from = text;
	bool code = false;

	*out = (struct md_doc){0};
	while (rest.n) {
		struct str here = rest;

		if (!code && str_starts(rest, S("|"))) {
			size_t n = (size_t)(here.p - from.p);

			/* what stands before it comes first */
			if (str_cut(&here, S("\n"), &line) && str_starts(here, S("|"))) {
				common(a, str_sub(from, 0, n), out);
				if (table(a, &rest, out)) {
					from = rest;
					continue;
				}
				from = rest;
			}
		}
		str_cut(&rest, S("\n"), &line);
		if (str_starts(line, S("```")))
			code = !code;
	}
	common(a, from, out);
}
