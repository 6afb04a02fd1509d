/* Registers to be handed out and filled in: the office's columns, what each is to hold, room to write. */
#include "record/export_book.h"
#include "record/record.h"

enum {
	TITLE, HEAD, NOTES, FIRST,               /* rows */
	ROOM = 28,                               /* rows with lines, for who fills it in on paper */
	ROOM_POINTS = 26,                        /* that a pen needs, as wide registers are printed smaller */
	CHECKED = 5000,                          /* rows that a spreadsheet looks at */
	NOTE_BYTES = 120
};

/* What is said of a column, under its head and where a cell is chosen. */
static struct str note_of(struct arena *a, enum lang lang, const struct record_field *x)
{
	struct str hint = x->hint;

	if (x->choices.n && x->closed && hint.n > NOTE_BYTES)
		hint = str_c(tr(lang, N_("one of the list")));
	return x->required ? arena_printf(a, tr(lang, N_("required: " STR_FMT)), STR_ARG(hint)) : hint;
}

static struct xlsx_rule rule_of(struct arena *a, struct xlsx *x, enum lang lang, const struct record_field *f,
	struct str head)
{
	struct xlsx_rule rule = {.title = head, .note = note_of(a, lang, f), .wrong = f->hint};
	const struct texts *list = f->choices.n ? &f->choices : &f->remembered;

	switch (f->field->type) {
	case TYPE_DATE:
		rule.kind = XLSX_DATE;
		return rule;
	case TYPE_NUMBER:
	case TYPE_COUNT:
	case TYPE_MONEY:
		rule.kind = XLSX_NUMBER;
		return rule;
	case TYPE_CHOICE:
	case TYPE_FLAG:
	case TYPE_UNIT:
	case TYPE_POST:
	case TYPE_LINK:
		break;
	default:
		return rule;
	}
	if (!list->n)
		return rule;
	rule.kind = XLSX_LIST;
	rule.list = xlsx_list(x, str_c(tr(lang, N_("Lists"))), head, list->p, list->n);
	return rule;
}

static const struct record_field *form_field(const struct record_form *form, const struct field *f)
{
	for (size_t i = 0; i < form->n; i++)
		if (form->fields[i].field == f)
			return &form->fields[i];
	BUG("a form lacks a field of its type");
}

static enum err_code put_room(struct xlsx *x, const struct export_sheet *sheet, struct err *err)
{
	for (int row = FIRST; row < FIRST + ROOM; row++)
		for (size_t k = 0; k < sheet->n; k++)
			TRY(sheet->fields[k]->type == TYPE_DATE ? xlsx_date(x, row, (int)k, DATE_NONE, XLSX_BOX, err)
				: xlsx_text(x, row, (int)k, STR_NONE, XLSX_BOX, err));
	return OK;
}

static enum err_code put_register(struct xlsx *x, const struct export_sheet *sheet, const struct export_ask *ask,
	const struct facts *facts, struct db *db, struct err *err)
{
	struct arena a CLEANUP(arena_free) = ARENA_INIT;
	int *widths = ARENA_ARRAY(&a, int, sheet->n + 1), last = (int)sheet->n;
	struct str name = export_sheet_name(sheet);
	struct record_form form;
	struct columns look;

	TRY(export_look(&a, db, sheet, ask, &look, err));
	record_form(&a, facts, sheet->type, NULL, DATE_NONE, (struct record_sees){0}, &form);
	for (size_t k = 0; k < sheet->n; k++)
		widths[k] = export_width(sheet, k);
	widths[last] = EXPORT_ID_WIDTH;
	TRY(xlsx_sheet(x, name, widths, sheet->n + 1, FIRST, err));
	export_note_name(ask, x, sheet);
	xlsx_hide(x, last);
	xlsx_print(x, TITLE, HEAD);
	xlsx_rows(x, ROOM_POINTS);
	for (size_t k = 0; k < sheet->n; k++)
		if (sheet->fields[k]->type == TYPE_DATE)
			xlsx_column_date(x, (int)k);
	TRY(xlsx_merge(x, TITLE, 0, last - 1, err));
	TRY(xlsx_text(x, TITLE, 0, arena_printf(&a, STR_FMT "  " STR_FMT " (%d)",
		STR_ARG(ask->org ? ask->org->office.name : STR_NONE), STR_ARG(name), ask->year), XLSX_TITLE, err));
	/* What the office hides is shown: who fills it in must see it. */
	TRY(export_put_look(x, sheet, &look, HEAD, err));
	for (size_t k = 0; k < sheet->n; k++)
		TRY(xlsx_text(x, HEAD, (int)k, sheet->heads[k], XLSX_HEAD, err));
	TRY(xlsx_text(x, HEAD, last, S(EXPORT_PART), XLSX_HEAD, err));
	for (size_t k = 0; k < sheet->n; k++) {
		const struct record_field *f = form_field(&form, sheet->fields[k]);
		struct xlsx_rule rule = rule_of(&a, x, facts->lang, f, sheet->heads[k]);

		TRY(xlsx_text(x, NOTES, (int)k, rule.note, XLSX_NOTE, err));
		TRY(xlsx_check(x, (int)k, FIRST, FIRST + CHECKED - 1, &rule, err));
	}
	TRY(xlsx_text(x, NOTES, last, S(EXPORT_NOTE), XLSX_NOTE, err));
	return put_room(x, sheet, err);
}

enum err_code export_blank(const struct export_sheet *sheets, size_t n, const struct export_ask *ask,
	const struct facts *facts, struct log *reader, const char *path, struct err *err)
{
	CLEANUP(xlsx_drop) struct xlsx *x = NULL;
	struct xlsx *whole;

	TRY(xlsx_open(path, &x, err));
	xlsx_list(x, str_c(tr(facts->lang, N_("Lists"))), S(EXPORT_CONTENTS), NULL, 0);
	for (size_t i = 0; i < n; i++)
		TRY(put_register(x, &sheets[i], ask, facts, log_db(reader), err));
	whole = x;
	x = NULL;
	return xlsx_close(whole, err);
}

struct wanted_blank {
	const struct export_sheet *sheets;
	size_t n;
	const struct export_ask *ask;
	const struct facts *facts;
	struct log *reader;
};

static enum err_code make_blank(void *ctx, const char *path, struct err *err)
{
	const struct wanted_blank *w = ctx;

	return export_blank(w->sheets, w->n, w->ask, w->facts, w->reader, path, err);
}

enum err_code export_blank_open(const struct export_sheet *sheets, size_t n, const struct export_ask *ask,
	const struct facts *facts, struct log *reader, const char *dir, int *fd, int64_t *size, struct err *err)
{
	struct wanted_blank w = {sheets, n, ask, facts, reader};

	return export_open(dir, make_blank, &w, fd, size, err);
}
