#include "record/export_inside.h"

/* ---- what is said of it ---- */

struct str export_note_text(struct arena *a, enum lang lang, const struct export_note *note)
{
	if (note->kind == EXPORT_NOTE_NAME)
		return arena_printf(a, tr(lang, N_("register '" STR_FMT "' stands in the sheet '" STR_FMT
			"': spreadsheets do not take its name as it is")), STR_ARG(note->sheet), STR_ARG(note->text));
	return arena_printf(a, tr(lang, N_("register '" STR_FMT "', record %lld: '" STR_FMT
		"' is cut: it is longer than a cell can be; the record has all of it")), STR_ARG(note->sheet),
		(long long)note->id.seq, STR_ARG(note->text));
}

bool export_is_cut(struct str text, struct str *before)
{
	size_t at, from = 0;
	bool found = false;

	if (!str_ends(text, S(EXPORT_CUT)))
		return false;
	while (str_find(str_sub(text, from, text.n), S("\n…"), &at)) {
		*before = str_sub(text, 0, from + at);
		from += at + 1;
		found = true;
	}
	return found;
}

/* ---- registers and their columns ---- */

static void columns(struct arena *a, const struct sheet_map *m, struct export_sheet *out)
{
	const struct node *keys = NODE_GET(m->node, "columns");

	out->fields = ARENA_ARRAY(a, const struct field *, keys->n);
	out->heads = ARENA_ARRAY(a, struct str, keys->n);
	for (size_t i = 0; i < keys->n; i++) {
		const struct field *f = type_field(m->record, keys->keys[i]->text);

		if (!m->columns[f->at].n)
			continue;
		out->fields[out->n] = f;
		out->heads[out->n++] = m->columns[f->at].p[0];
	}
}

/* Without a register the type's own titles stand over the columns. */
static void titles(struct arena *a, const struct record_type *t, struct export_sheet *out)
{
	out->fields = ARENA_ARRAY(a, const struct field *, t->nfields);
	out->heads = ARENA_ARRAY(a, struct str, t->nfields);
	out->n = t->nfields;
	for (size_t i = 0; i < t->nfields; i++) {
		out->fields[i] = &t->fields[i];
		out->heads[i] = t->fields[i].title.n ? t->fields[i].title : t->fields[i].name;
	}
}

static bool has_type(const struct export_sheet *sheets, size_t n, const struct record_type *t)
{
	for (size_t i = 0; i < n; i++)
		if (sheets[i].type == t)
			return true;
	return false;
}

size_t export_sheets(struct arena *a, const struct scheme *s, struct export_sheet **out)
{
	struct export_sheet *sheets = ARENA_ARRAY(a, struct export_sheet, s->nsheets + s->ntypes);
	size_t n = 0;

	for (size_t i = 0; i < s->nsheets; i++) {
		const struct sheet_map *m = &s->sheets[i];

		sheets[n] = (struct export_sheet){
			.type = m->record, .map = m, .first = !has_type(sheets, n, m->record)};
		columns(a, m, &sheets[n++]);
	}
	for (size_t i = 0; i < s->ntypes; i++) {
		if (s->types[i].computed || has_type(sheets, n, &s->types[i]))
			continue;
		sheets[n] = (struct export_sheet){.type = &s->types[i], .first = true};
		titles(a, &s->types[i], &sheets[n++]);
	}
	*out = sheets;
	return n;
}

enum err_code export_find(struct arena *a, const struct scheme *s, struct str name, struct export_sheet *out,
	struct err *err)
{
	struct buf names CLEANUP(buf_free) = BUF_MAX(500);
	const struct record_type *type;
	struct export_sheet *sheets;
	size_t n = export_sheets(a, s, &sheets), found = 0;

	for (size_t i = 0; i < n; i++) {
		if (sheets[i].map && str_eq(sheets[i].map->name, name)) {
			*out = sheets[i];
			return OK;
		}
	}
	TRY(type_of(s, name, NULL, &type, err));
	for (size_t i = 0; i < n; i++) {
		if (sheets[i].type != type)
			continue;
		*out = sheets[i];
		buf_printf(&names, "%s" STR_FMT, found++ ? ", " : "",
			STR_ARG(sheets[i].map ? sheets[i].map->name : name));
	}
	return found == 1 ? OK : fail(err, ERR_INPUT, "several registers hold records of '" STR_FMT "'; name one of: "
		STR_FMT, STR_ARG(name), STR_ARG(buf_str(&names)));
}
