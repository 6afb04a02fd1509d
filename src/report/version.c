/* What a version of the report says: out of a report, as JSON, out of a file. */
#include "report/version.h"

#include "base/utf8.h"
#include "text/json.h"

enum { VERSION_BYTES = 4 << 20 };

/* ---- out of a report ---- */

static struct str kind_of(enum para_kind k)
{
	switch (k) {
	case PARA_TITLE:
		return S("title");
	case PARA_H1:
		return S("h1");
	case PARA_H2:
		return S("h2");
	default:
		return S("body");
	}
}

static void put_figure(struct arena *a, struct version_text *t, struct map *seen, const struct report *r,
	const struct said *s)
{
	void **at = map_at(seen, s->name);

	if (*at)
		return;
	*at = t;
	*ARENA_PUSH(a, t->figures, t->nfigures, t->figures_cap) =
		(struct said_figure){s->name, span_title(r, s), s->text};
}

void version_text_of(const struct report *r, struct version_text *out)
{
	struct map seen = MAP_IN(r->arena);

	*out = (struct version_text){.title = r->title};
	for (size_t i = 0; i < r->nparas; i++) {
		const struct para *p = &r->paras[i];
		struct buf b CLEANUP(buf_free) = BUF_MAX(1 << 20);

		for (size_t k = p->from; k < p->to; k++) {
			const struct said *s = &r->spans[k];

			if (s->kind != SAID_BREAK)
				buf_put(&b, s->text);
			if (s->kind == SAID_FIGURE && s->name.n)
				put_figure(r->arena, out, &seen, r, s);
		}
		*ARENA_PUSH(r->arena, out->paras, out->nparas, out->paras_cap) =
			(struct said_para){kind_of(p->kind), p->section, arena_str(r->arena, buf_str(&b))};
	}
}

/* ---- JSON ---- */

enum err_code version_text_json(struct arena *a, const struct version_text *t, struct str *out, struct err *err)
{
	struct node *map = node_map(a), *paras = node_list(a), *figures = node_list(a);
	struct buf b CLEANUP(buf_free) = BUF_MAX(VERSION_BYTES);

	for (size_t i = 0; i < t->nparas; i++) {
		struct node *one = node_map(a);

		node_set(a, one, S("kind"), node_str(a, t->paras[i].kind));
		node_set(a, one, S("section"), node_str(a, t->paras[i].section));
		node_set(a, one, S("text"), node_str(a, t->paras[i].text));
		node_push(a, paras, one);
	}
	for (size_t i = 0; i < t->nfigures; i++) {
		struct node *one = node_map(a);

		node_set(a, one, S("name"), node_str(a, t->figures[i].name));
		node_set(a, one, S("title"), node_str(a, t->figures[i].title));
		node_set(a, one, S("value"), node_str(a, t->figures[i].value));
		node_push(a, figures, one);
	}
	node_set(a, map, S("title"), node_str(a, t->title));
	node_set(a, map, S("paragraphs"), paras);
	node_set(a, map, S("figures"), figures);
	TRY(json_canon(&b, map, err));
	*out = arena_str(a, buf_str(&b));
	return OK;
}

enum err_code version_text_read(struct arena *a, struct str json, struct version_text *out, struct err *err)
{
	struct node *map, *paras, *figures;

	*out = (struct version_text){0};
	TRY(json_read(a, json, (struct json_opt){0}, &map, err));
	paras = map->kind == NODE_MAP ? NODE_GET(map, "paragraphs") : NULL;
	figures = map->kind == NODE_MAP ? NODE_GET(map, "figures") : NULL;
	if (!paras || !figures || paras->kind != NODE_LIST || figures->kind != NODE_LIST)
		return fail(err, ERR_DAMAGED, "this is no text of a version of the report");
	out->title = node_text(map, S("title"));
	for (size_t i = 0; i < paras->n; i++)
		*ARENA_PUSH(a, out->paras, out->nparas, out->paras_cap) = (struct said_para){
			node_text(paras->items[i], S("kind")), node_text(paras->items[i], S("section")),
			node_text(paras->items[i], S("text"))};
	for (size_t i = 0; i < figures->n; i++)
		*ARENA_PUSH(a, out->figures, out->nfigures, out->figures_cap) = (struct said_figure){
			node_text(figures->items[i], S("name")), node_text(figures->items[i], S("title")),
			node_text(figures->items[i], S("value"))};
	return OK;
}

/* ---- a file ---- */

/* Is it 一、… or （一）…, and short enough for a heading? */
static bool heads(struct str line, bool marked, bool *second)
{
	size_t most = marked ? 400 : 240, at = 0;

	*second = str_starts(line, S("（")) || str_starts(line, S("("));
	if (line.n > most)
		return false;
	if (*second)
		return str_find(line, S("）"), &at) || str_find(line, S(")"), &at);
	if (line.n && line.p[0] >= '0' && line.p[0] <= '9')
		return str_find(line, S(". "), &at) && at <= 2;
	return str_find(line, S("、"), &at) && at <= 9;
}

void version_text_file(struct arena *a, struct str text, struct version_text *out)
{
	struct str line, section = STR_NONE, first = STR_NONE;

	*out = (struct version_text){0};
	while (str_cut(&text, S("\n"), &line)) {
		bool marked = str_starts(line, S("#")), second;
		struct str number;

		while (str_starts(line, S("#")))
			line = str_sub(line, 1, line.n);
		line = str_trim(line);
		if (!line.n)
			continue;
		if (!out->nparas) {
			out->title = line;
			*ARENA_PUSH(a, out->paras, out->nparas, out->paras_cap) =
				(struct said_para){S("title"), STR_NONE, line};
			continue;
		}
		number = heads(line, marked, &second) ? heading_number(a, line) : STR_NONE;
		if (number.n && !second)
			first = number;
		if (number.n)
			section = second && !str_starts(number, first)
				? arena_printf(a, STR_FMT STR_FMT, STR_ARG(first), STR_ARG(number)) : number;
		*ARENA_PUSH(a, out->paras, out->nparas, out->paras_cap) = (struct said_para){
			number.n ? second ? S("h2") : S("h1") : S("body"), section, line};
	}
}

/* ---- counting ---- */

/* What a word processor counts by itself: ideographs, full-width forms and the marks between them. */
static bool counts_alone(uint32_t c)
{
	return c >= 0x2e80 || (c >= 0x2010 && c <= 0x2027) || (c >= 0x2030 && c <= 0x205e) || c == 0xb7 ||
	       (c >= 0x2460 && c <= 0x24ff);
}

size_t said_count(struct str text)
{
	size_t n = 0, at = 0;
	bool within = false;

	while (at < text.n) {
		uint32_t c = utf8_next(text, &at);

		if (c <= ' ' || c == 0xa0 || c == 0x3000) {
			within = false;
		} else if (counts_alone(c)) {
			n++;
			within = false;
		} else {
			n += !within;
			within = true;
		}
	}
	return n;
}

void version_count(struct arena *a, const struct version_text *t, struct section_counts *out)
{
	*out = (struct section_counts){0};
	for (size_t i = 0; i < t->nparas; i++) {
		const struct said_para *p = &t->paras[i];
		struct section_count *c = out->n ? &out->p[out->n - 1] : NULL;
		size_t n = said_count(p->text);

		if (!c || !str_eq(c->section, p->section)) {
			c = ARENA_PUSH(a, out->p, out->n, out->cap);
			*c = (struct section_count){.section = p->section, .heading = p->text};
		}
		c->n += n;
		out->all += n;
	}
}
