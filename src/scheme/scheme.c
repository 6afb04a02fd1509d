#include "scheme/scheme.h"

#include "scheme/assess_def.h"
#include "scheme/commitment_def.h"
#include "scheme/risk_def.h"

#include "text/yaml.h"

const char *field_type_name(enum field_type t)
{
	static const char *const names[] = {
#define V(c, name) name,
#include "tbl/field_types.h"
#undef V
	};

	return names[t];
}

const char *field_type_word(enum field_type t)
{
	static const char *const words[] = {[TYPE_TEXT] = N_("words"), [TYPE_NUMBER] = N_("a number"),
		[TYPE_COUNT] = N_("a whole number"), [TYPE_MONEY] = N_("an amount of money"),
		[TYPE_DATE] = N_("a date"), [TYPE_TIME] = N_("a time of day"),
		[TYPE_PERIOD] = N_("a month, quarter, half or year"), [TYPE_CHOICE] = N_("a word of a list"),
		[TYPE_TAGS] = N_("words apart"), [TYPE_LIST] = N_("several values"), [TYPE_FLAG] = N_("yes or no"),
		[TYPE_POST] = N_("a post"), [TYPE_UNIT] = N_("a unit"), [TYPE_OBJECT] = N_("the key of a record"),
		[TYPE_FILE] = N_("names of files"), [TYPE_LINK] = N_("the key of a record")};

	return words[t];
}

const char *about_name(enum about a)
{
	static const char *const names[] = {
#define A(c, name) name,
#include "tbl/about.h"
#undef A
	};

	return names[a];
}

const struct record_type *scheme_type(const struct scheme *s, struct str name)
{
	for (size_t i = 0; i < s->ntypes; i++)
		if (str_eq(s->types[i].name, name))
			return &s->types[i];
	return NULL;
}

const struct field *type_field(const struct record_type *t, struct str name)
{
	for (size_t i = 0; i < t->nfields; i++)
		if (str_eq(t->fields[i].name, name))
			return &t->fields[i];
	return NULL;
}

enum err_code type_of(
	const struct scheme *s, struct str name, const struct node *at, const struct record_type **out, struct err *err)
{
	const char *names[256], *near;
	size_t n = MIN(s->ntypes, LEN(names));

	*out = scheme_type(s, name);
	if (*out)
		return OK;
	for (size_t i = 0; i < n; i++)
		names[i] = s->types[i].name.p;
	near = nearest_name(name, names, n, sizeof *names);
	if (near)
		node_fail(at, err, "no record type '" STR_FMT "'; did you mean '%s'?", STR_ARG(name), near);
	else
		node_fail(at, err, "no record type '" STR_FMT "' in this scheme", STR_ARG(name));
	if (!at) /* asked for, not written in the scheme */
		err->code = ERR_NOT_FOUND;
	return err->code;
}

enum err_code field_of(
	const struct record_type *t, struct str name, const struct node *at, const struct field **out, struct err *err)
{
	const char *names[256], *near;
	size_t n = MIN(t->nfields, LEN(names));

	*out = type_field(t, name);
	if (*out)
		return OK;
	for (size_t i = 0; i < n; i++)
		names[i] = t->fields[i].name.p;
	near = nearest_name(name, names, n, sizeof *names);
	if (near)
		return node_fail(at, err, "record '" STR_FMT "' has no field '" STR_FMT "'; did you mean '%s'?",
		                 STR_ARG(t->name), STR_ARG(name), near);
	return node_fail(at, err, "record '" STR_FMT "' has no field '" STR_FMT "'", STR_ARG(t->name), STR_ARG(name));
}

/* lists: and checklists:, a name and its texts each. */
static enum err_code read_lists(struct arena *a, const struct node *map, const char *what, struct choice_list **out,
	size_t *n, struct err *err)
{
	*n = map ? map->n : 0;
	*out = ARENA_ARRAY(a, struct choice_list, *n);
	for (size_t i = 0; i < *n; i++) {
		struct bind rule = {map->keys[i]->text.p, BIND_TEXTS, true, offsetof(struct choice_list, values)};
		struct node one = {.kind = NODE_MAP, .n = 1, .keys = &map->keys[i], .items = &map->items[i]};

		(*out)[i].name = map->keys[i]->text;
		TRY(bind_map(a, &one, &rule, 1, what, &(*out)[i], err));
	}
	return OK;
}

enum err_code scheme_head_read(
	struct arena *a, struct str text, const char *file, struct scheme_head *out, struct err *err)
{
	static const struct bind rules[] = {
		{"zeren", BIND_INT, true, offsetof(struct scheme_head, version)},
		{"scheme", BIND_TEXT, true, offsetof(struct scheme_head, s.code)},
		{"title", BIND_TEXT, true, offsetof(struct scheme_head, s.title)},
		{"tags", BIND_TEXTS, false, offsetof(struct scheme_head, s.tags)},
		{"late_entry", BIND_INT, false, offsetof(struct scheme_head, s.late_entry)},
		{"office", BIND_MAP, false, offsetof(struct scheme_head, s.office)},
		{"roles", BIND_MAP, false, offsetof(struct scheme_head, s.roles)},
		{"recurrence", BIND_INT, false, offsetof(struct scheme_head, s.recurrence)},
		{"lists", BIND_MAP, false, offsetof(struct scheme_head, lists)},
		{"checklists", BIND_MAP, false, offsetof(struct scheme_head, checklists)},
		{"records", BIND_MAP, false, offsetof(struct scheme_head, records)},
		{"sheets", BIND_LIST, false, offsetof(struct scheme_head, sheets)},
		{"duties", BIND_LIST, false, offsetof(struct scheme_head, duties)},
		{"figures", BIND_MAP, false, offsetof(struct scheme_head, figures)},
		{"suggest", BIND_LIST, false, offsetof(struct scheme_head, s.suggest)},
		{"report", BIND_MAP, false, offsetof(struct scheme_head, s.report)},
		{"calendar", BIND_TEXT, false, offsetof(struct scheme_head, s.calendar)},
		{"use", BIND_NODE, false, offsetof(struct scheme_head, s.use)},
		{"prompt", BIND_NODE, false, offsetof(struct scheme_head, s.prompt)},
		{"matrix", BIND_MAP, false, offsetof(struct scheme_head, s.matrix)},
		{"warnings", BIND_LIST, false, offsetof(struct scheme_head, s.warnings)},
		{"assess", BIND_MAP, false, offsetof(struct scheme_head, s.assess)},
		{"plan", BIND_MAP, false, offsetof(struct scheme_head, s.plan)},
	};
	struct scheme_head h = {.s.late_entry = 30, .s.recurrence = 365, .s.text = text};
	struct node *tree;

	if (yaml_read(a, text, &tree, err) != OK)
		return file ? err_at(err, "%s", file) : err->code;
	node_of_file(tree, file);
	TRY(bind_map(a, tree, rules, LEN(rules), N_("the scheme"), &h, err));
	if (h.version != SCHEME_VERSION)
		return node_fail(NODE_GET(tree, "zeren"), err, "this program reads schemes of version %d, not %lld",
		                 SCHEME_VERSION, (long long)h.version);
	if (h.s.recurrence < 1 || h.s.recurrence > 3660)
		return node_fail(NODE_GET(tree, "recurrence"), err, "'recurrence' is a number of days from 1 to 3660");
	h.tree = tree;
	*out = h;
	return OK;
}

static enum err_code read_whole(struct arena *a, struct str name, struct str text, struct scheme_source from,
	const struct scheme_past *past, size_t npast, struct scheme *out, struct err *err)
{
	const char *file = name.n ? arena_str(a, name).p : NULL;
	struct scheme_head h;

	TRY(scheme_head_read(a, text, file, &h, err));
	if (h.s.use)
		TRY(scheme_use(a, name, from, &h, err));
	if (!h.records)
		return node_fail(h.tree, err, "%s lacks '%s'", tr(err->lang, N_("the scheme")), "records");
	if (h.s.plan)
		TRY(commitment_types(a, h.s.plan, &h.records, err));
	TRY(read_lists(a, h.lists, N_("lists"), &h.s.lists, &h.s.nlists, err));
	TRY(read_lists(a, h.checklists, N_("checklists"), &h.s.checklists, &h.s.nchecklists, err));
	TRY(scheme_records(a, &h.s, h.records, err));
	if (h.s.plan)
		TRY(commitment_read(a, &h.s, err));
	if (h.sheets)
		TRY(scheme_sheets(a, &h.s, h.sheets, err));
	if (h.duties)
		TRY(scheme_duties(a, &h.s, h.duties, err));
	if (npast)
		TRY(scheme_past_duties(a, &h.s, past, npast, err));
	TRY(scheme_figures(a, &h.s, h.figures, err));
	TRY(scheme_risk(a, &h.s, err));
	TRY(scheme_assess(a, &h.s, h.s.assess, err));
	*out = h.s;
	return OK;
}

enum err_code scheme_read_from(struct arena *a, struct str name, struct str text, struct scheme_source from,
	struct scheme *out, struct err *err)
{
	return read_whole(a, name, text, from, NULL, 0, out, err);
}

enum err_code scheme_read_year(struct arena *a, struct str text, struct scheme_source from,
	const struct scheme_past *past, size_t n, struct scheme *out, struct err *err)
{
	return read_whole(a, STR_NONE, text, from, past, n, out, err);
}

enum err_code scheme_read(struct arena *a, struct str text, struct scheme *out, struct err *err)
{
	return scheme_read_from(a, STR_NONE, text, (struct scheme_source){0}, out, err);
}
