/* sheets: of a scheme — how the office's own registers map to record types. */
#include "base/utf8.h"
#include "scheme/scheme.h"

enum { YEAR_SHIFT = 100, WIDTH_MOST = 250 };

struct sheet_text {
	struct str name, record;
	struct texts required, key;
	const struct node *header, *columns, *widths, *year, *required_node;
};

static enum err_code read_header(struct arena *a, const struct node *map, struct sheet_map *m, struct err *err)
{
	struct text {
		int64_t rows;
		struct texts find;
	} x = {.rows = 1};
	static const struct bind rules[] = {
		{"rows", BIND_INT, false, offsetof(struct text, rows)},
		{"find", BIND_TEXTS, false, offsetof(struct text, find)},
	};

	if (map)
		TRY(bind_map(a, map, rules, LEN(rules), N_("header"), &x, err));
	if (x.rows < 1 || x.rows > 2)
		return node_fail(NODE_GET(map, "rows"), err, "a header has 1 or 2 rows");
	m->head_rows = (int)x.rows;
	m->find = x.find;
	return OK;
}

/* columns: {field: [header words]}. Two fields may not share a header word. */
static enum err_code read_columns(struct arena *a, const struct node *map, struct sheet_map *m, struct err *err)
{
	struct map seen = MAP_IN(a);

	m->columns = ARENA_ARRAY(a, struct texts, m->record->nfields);
	for (size_t i = 0; i < map->n; i++) {
		struct bind rule = {map->keys[i]->text.p, BIND_TEXTS, true, 0};
		struct node one = {.kind = NODE_MAP, .n = 1, .keys = &map->keys[i], .items = &map->items[i]};
		const struct field *f;
		struct texts words = {0};

		TRY(field_of(m->record, map->keys[i]->text, map->keys[i], &f, err));
		TRY(bind_map(a, &one, &rule, 1, N_("columns"), &words, err));
		for (size_t k = 0; k < words.n; k++) {
			void **at = map_at(&seen, utf8_squeeze(a, words.p[k]));

			if (*at)
				return node_fail(map->items[i], err, "the header '" STR_FMT "' stands for two fields",
				                 STR_ARG(words.p[k]));
			*at = m;
		}
		m->columns[f->at] = words;
		if (!f->title.n && words.n)
			((struct field *)f)->title = words.p[0];
	}
	return OK;
}

/* widths: {field: characters}. */
static enum err_code read_widths(struct arena *a, const struct node *map, struct sheet_map *m, struct err *err)
{
	for (size_t i = 0; map && i < map->n; i++) {
		struct bind rule = {map->keys[i]->text.p, BIND_INT, true, 0};
		struct node one = {.kind = NODE_MAP, .n = 1, .keys = &map->keys[i], .items = &map->items[i]};
		const struct field *f;
		int64_t width = 0;

		TRY(field_of(m->record, map->keys[i]->text, map->keys[i], &f, err));
		TRY(bind_map(a, &one, &rule, 1, N_("widths"), &width, err));
		if (!m->columns[f->at].n)
			return node_fail(map->keys[i], err, "'" STR_FMT "' has no column here", STR_ARG(f->name));
		if (width < 2 || width > WIDTH_MOST)
			return node_fail(map->items[i], err, "a width must be from 2 to %d characters", WIDTH_MOST);
		m->widths = m->widths ? m->widths : ARENA_ARRAY(a, int, m->record->nfields);
		m->widths[f->at] = (int)width;
	}
	return OK;
}

static enum err_code read_fields(struct arena *a, const struct sheet_map *m, const struct texts *names,
	const struct node *at, const struct field ***out, size_t *n, struct err *err)
{
	*out = ARENA_ARRAY(a, const struct field *, names->n);
	for (size_t i = 0; i < names->n; i++) {
		const struct node *here = at && at->kind == NODE_LIST ? at->items[i] : at;

		TRY(field_of(m->record, names->p[i], here, &(*out)[i], err));
		if (!m->columns[(*out)[i]->at].n)
			return node_fail(here, err, "'" STR_FMT "' has no column here", STR_ARG(names->p[i]));
	}
	*n = names->n;
	return OK;
}

static enum err_code read_year(struct arena *a, const struct node *map, struct sheet_map *m, struct err *err)
{
	struct text {
		struct str of, until;
		int64_t shift;
		bool standing;
	} x = {0};
	static const struct bind rules[] = {
		{"of", BIND_TEXT, true, offsetof(struct text, of)},
		{"shift", BIND_INT, false, offsetof(struct text, shift)},
		{"standing", BIND_YES, false, offsetof(struct text, standing)},
		{"carried_until", BIND_TEXT, false, offsetof(struct text, until)},
	};

	if (!map)
		return OK;
	TRY(bind_map(a, map, rules, LEN(rules), N_("year"), &x, err));
	TRY(field_of(m->record, x.of, NODE_GET(map, "of"), &m->year.of, err));
	if (m->year.of->type != TYPE_DATE && m->year.of->type != TYPE_PERIOD)
		return node_fail(NODE_GET(map, "of"), err, "'of' must name a field of type date or period");
	if (!m->columns[m->year.of->at].n)
		return node_fail(NODE_GET(map, "of"), err, "'" STR_FMT "' has no column here", STR_ARG(x.of));
	if (x.until.n) {
		TRY(field_of(m->record, x.until, NODE_GET(map, "carried_until"), &m->year.until, err));
		if (m->year.until->type != TYPE_DATE)
			return node_fail(NODE_GET(map, "carried_until"), err, "'carried_until' must name a date");
	}
	if (x.shift < -YEAR_SHIFT || x.shift > YEAR_SHIFT)
		return node_fail(NODE_GET(map, "shift"), err, "'shift' must be from %d to %d", -YEAR_SHIFT, YEAR_SHIFT);
	m->year.shift = x.shift;
	m->year.standing = x.standing;
	return OK;
}

static struct texts words(struct arena *a, const char *const *list, size_t n)
{
	struct texts t = {ARENA_ARRAY(a, struct str, n), n};

	for (size_t i = 0; i < n; i++)
		t.p[i] = str_c(list[i]);
	return t;
}

static enum err_code read_sheet(
	struct arena *a, const struct scheme *s, const struct node *def, struct sheet_map *m, struct err *err)
{
	struct both {
		struct sheet_map m;
		struct sheet_text t;
	} x = {0};
	static const struct bind rules[] = {
		{"name", BIND_TEXT, false, offsetof(struct both, t.name)},
		{"file", BIND_TEXTS, true, offsetof(struct both, m.file)},
		{"sheet", BIND_TEXTS, false, offsetof(struct both, m.sheet)},
		{"record", BIND_TEXT, true, offsetof(struct both, t.record)},
		{"header", BIND_MAP, false, offsetof(struct both, t.header)},
		{"columns", BIND_MAP, true, offsetof(struct both, t.columns)},
		{"widths", BIND_MAP, false, offsetof(struct both, t.widths)},
		{"ignore", BIND_TEXTS, false, offsetof(struct both, m.ignore)},
		{"required", BIND_TEXTS, false, offsetof(struct both, t.required)},
		{"key", BIND_TEXTS, false, offsetof(struct both, t.key)},
		{"repeats", BIND_YES, false, offsetof(struct both, m.repeats)},
		{"year", BIND_MAP, false, offsetof(struct both, t.year)},
		{"totals", BIND_TEXTS, false, offsetof(struct both, m.totals)},
		{"notes", BIND_TEXTS, false, offsetof(struct both, m.notes)},
	};
	static const char *const totals[] = {"合计", "总计", "小计", "累计", "共计", "Total", "Subtotal", "Sum"};
	static const char *const notes[] = {"注", "说明", "填表", "备注", "附注", "填报", "制表", "审核", "Note"};

	TRY(bind_map(a, def, rules, LEN(rules), N_("the sheet"), &x, err));
	x.m.node = def;
	TRY(type_of(s, x.t.record, NODE_GET(def, "record"), &x.m.record, err));
	x.m.name = x.t.name.n ? x.t.name : x.t.record;
	TRY(read_header(a, x.t.header, &x.m, err));
	TRY(read_columns(a, x.t.columns, &x.m, err));
	TRY(read_widths(a, x.t.widths, &x.m, err));
	TRY(read_fields(a, &x.m, &x.t.required, NODE_GET(def, "required"), &x.m.required, &x.m.nrequired, err));
	TRY(read_fields(a, &x.m, &x.t.key, NODE_GET(def, "key"), &x.m.key, &x.m.nkey, err));
	TRY(read_year(a, x.t.year, &x.m, err));
	if (!x.m.totals.n)
		x.m.totals = words(a, totals, LEN(totals));
	if (!x.m.notes.n)
		x.m.notes = words(a, notes, LEN(notes));
	*m = x.m;
	return OK;
}

enum err_code scheme_sheets(struct arena *a, struct scheme *s, const struct node *sheets, struct err *err)
{
	struct map names = MAP_IN(a);

	s->sheets = ARENA_ARRAY(a, struct sheet_map, sheets->n);
	for (size_t i = 0; i < sheets->n; i++) {
		void **at;

		TRY(read_sheet(a, s, sheets->items[i], &s->sheets[i], err));
		at = map_at(&names, s->sheets[i].name);
		if (*at)
			return node_fail(sheets->items[i], err,
			                 "two sheets are called '" STR_FMT "': give each a 'name'; the other stands in "
			                 STR_FMT, STR_ARG(s->sheets[i].name),
			                 STR_ARG(node_place(a, err->lang, ((const struct sheet_map *)*at)->node)));
		*at = &s->sheets[i];
	}
	s->nsheets = sheets->n;
	return OK;
}
