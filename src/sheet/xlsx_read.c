#include "sheet/xlsx_read.h"

#include "pack/child.h"

enum { ENTRIES = 10000 };

struct part {
	struct str name, id;
	bool hidden;
};

struct workbook {
	struct arena *arena;
	int depth;
	bool in_sheets;
	bool date1904;
	struct part *parts;
	size_t n, cap;
};

static bool truth(const char *text)
{
	return text && (!strcmp(text, "1") || !strcmp(text, "true"));
}

static struct str plain_name(struct arena *a, const char *text)
{
	struct str s = arena_str(a, str_c(text));

	s.n = xlsx_unescape((char *)s.p, s.n);
	return s;
}

/* workbook > workbookPr; workbook > sheets > sheet. */
static enum err_code on_start(void *ctx, const char *name, const char **attrs, struct err *err)
{
	struct workbook *w = ctx;
	const char *state;
	struct part *part;

	w->depth++;
	if (w->depth == 1 && strcmp(name, "workbook"))
		return fail(err, ERR_INPUT, N_("not a workbook (it begins with <" STR_FMT ">)"),
			STR_ARG(xml_brief(name)));
	if (w->depth == 2) {
		w->in_sheets = !strcmp(name, "sheets");
		if (!strcmp(name, "workbookPr"))
			w->date1904 = truth(xml_attr(attrs, "date1904"));
	}
	if (w->depth != 3 || !w->in_sheets || strcmp(name, "sheet"))
		return OK;
	if (w->n == SHEET_SHEETS)
		return fail(err, ERR_LIMIT, N_("more than %d sheets"), SHEET_SHEETS);
	state = xml_attr(attrs, "state");
	part = ARENA_PUSH(w->arena, w->parts, w->n, w->cap);
	part->name = plain_name(w->arena, xml_attr(attrs, "name"));
	part->id = arena_str(w->arena, str_c(xml_attr(attrs, "id")));
	part->hidden = state && strcmp(state, "visible");
	return OK;
}

static enum err_code on_end(void *ctx, const char *name, struct err *err)
{
	struct workbook *w = ctx;

	w->depth--;
	return OK;
}

/* Other kinds of ZIP that people take for a workbook. */
static enum err_code no_workbook(const struct unzip *z, struct str main_part, struct err *err)
{
	if (str_starts(main_part, S("word/")))
		return fail(err, ERR_INPUT, N_("a Word document, not a workbook"));
	if (str_starts(main_part, S("ppt/")))
		return fail(err, ERR_INPUT, N_("a presentation, not a workbook"));
	if (str_ends(main_part, S(".bin")))
		return fail(err, ERR_INPUT, N_("a binary workbook (.xlsb): save it as .xlsx"));
	if (unzip_has(z, S("content.xml")) && unzip_has(z, S("mimetype")))
		return fail(err, ERR_INPUT, N_("an OpenDocument file: save it as .xlsx"));
	return fail(err, ERR_INPUT, N_("a ZIP archive without a workbook in it"));
}

static enum err_code find_workbook(struct arena *a, struct unzip *z, struct str *part, struct err *err)
{
	struct opc_rels rels;
	const struct opc_rel *rel;

	TRY(opc_rels(a, z, S(""), &rels, err));
	rel = opc_by_type(&rels, "officeDocument");
	*part = rel ? rel->part : S("xl/workbook.xml");
	if (!str_starts(*part, S("word/")) && !str_starts(*part, S("ppt/")) && !str_ends(*part, S(".bin")) &&
			unzip_has(z, *part))
		return OK;
	return no_workbook(z, *part, err);
}

static enum err_code read_sheet(struct arena *a, struct unzip *z, const struct xlsx_env *env,
		const struct part *part, struct str member, struct err *err)
{
	TRY(wire_sheet(env->wire, part->name, part->hidden, err));
	if (xml_member(z, member, &xlsx_sheet_on, xlsx_sheet_new(a, env), err) != OK ||
			wire_end(env->wire, err) != OK)
		return err_at(err, "sheet " STR_FMT, STR_ARG(part->name));
	return OK;
}

static enum err_code read_sheets(struct arena *a, struct unzip *z, const struct xlsx_env *env,
		const struct workbook *w, const struct opc_rels *rels, struct err *err)
{
	size_t told = 0;

	for (size_t i = 0; i < w->n; i++) {
		struct arena scratch CLEANUP(arena_free) = ARENA_INIT;
		const struct opc_rel *rel = opc_by_id(rels, w->parts[i].id);

		if (!rel || !rel->part.n)
			return fail(err, ERR_INPUT, N_("sheet " STR_FMT ": the workbook does not say "
				"where it is"), STR_ARG(w->parts[i].name));
		if (!str_is(rel->type, "worksheet"))
			continue;                             /* chart sheets, dialogs, macros */
		TRY(read_sheet(&scratch, z, env, &w->parts[i], rel->part, err));
		told++;
	}
	return told ? OK : fail(err, ERR_INPUT, N_("a workbook without a worksheet"));
}

static enum err_code read_book(struct arena *a, struct unzip *z, struct wire *wire, struct err *err)
{
	static const struct xml_on on = {.start = on_start, .end = on_end};
	struct workbook w = {.arena = a};
	struct xlsx_env env = {.wire = wire};
	const struct opc_rel *rel;
	struct opc_rels rels;
	struct str part;

	TRY(find_workbook(a, z, &part, err));
	TRY(xml_member(z, part, &on, &w, err));
	TRY(opc_rels(a, z, part, &rels, err));
	env.date1904 = w.date1904;
	rel = opc_by_type(&rels, "styles");
	if (rel && unzip_has(z, rel->part))
		TRY(xlsx_styles_read(a, z, rel->part, &env.styles, err));
	rel = opc_by_type(&rels, "sharedStrings");
	if (rel && unzip_has(z, rel->part))
		TRY(xlsx_strings_read(a, z, rel->part, &env.strings, err));
	TRY(wire_book(wire, false, NULL, err));
	return read_sheets(a, z, &env, &w, &rels, err);
}

enum err_code xlsx_read(int fd, struct wire *w, struct err *err)
{
	static const struct unzip_limits limits = {
		.file_bytes = SHEET_FILE_BYTES, .entries = ENTRIES, .inflated = SHEET_INFLATED,
	};
	struct arena a CLEANUP(arena_free) = ARENA_INIT;
	struct unzip *z CLEANUP(unzip_free) = NULL;

	TRY(unzip_open(fd, limits, &z, err));
	return read_book(&a, z, w, err);
}
