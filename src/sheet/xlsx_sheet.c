#include "sheet/xlsx_read.h"

#include "base/buf.h"
#include "sheet/xlsx_number.h"

/* Where in worksheet > sheetData > row > c > (v | is > (t | r > t)), worksheet > mergeCells > mergeCell,
 * worksheet > cols > col we are. Everything else is skipped with all below it. */
enum place {
	IN_NOTHING, IN_WORKSHEET, IN_DATA, IN_ROW, IN_CELL, IN_VALUE, IN_STRING, IN_RUN, IN_TEXT, IN_MERGES, IN_COLS
};

enum type { TYPE_NUMBER, TYPE_SHARED, TYPE_INLINE, TYPE_STRING, TYPE_BOOL, TYPE_ERROR, TYPE_DATE };

struct xlsx_sheet {
	const struct xlsx_env *env;
	enum place place, above_text;
	int skip;                   /* open elements that are none of ours */
	int row, col;               /* under way; the last one between rows and cells */
	int height;                 /* of the row, in tenths of a point; 0: none said */
	size_t ncols;
	struct sheet_col cols[SHEET_COLS];
	bool row_told;
	enum type type;
	size_t style;
	size_t n;
	bool over;
	char text[SHEET_CELL_BYTES + 1];
};

struct xlsx_sheet *xlsx_sheet_new(struct arena *a, const struct xlsx_env *env)
{
	struct xlsx_sheet *s = ARENA_NEW(a, struct xlsx_sheet);

	s->env = env;
	return s;
}

static enum err_code at_cell(const struct xlsx_sheet *s, struct err *err)
{
	char col[COL_TEXT];

	return err_at(err, "cell %s%d", col_text(s->col, col), s->row);
}

/* A number of at most nine digits, whole; -1 otherwise. */
static int small(const char *p)
{
	int v = 0, n = 0;

	for (; *p >= '0' && *p <= '9' && n < 9; p++, n++)
		v = v * 10 + (*p - '0');
	return n && !*p ? v : -1;
}

/* "AB12" at *p, moved behind it; false for anything else and for what no sheet has. */
static bool cell_ref(const char **p, int *col, int *row)
{
	const char *q = *p;
	int c = 0, r = 0, n;

	for (n = 0; n < 3 && ((*q >= 'A' && *q <= 'Z') || (*q >= 'a' && *q <= 'z')); n++, q++)
		c = c * 26 + ((*q & 31));
	if (!n || c > SHEET_COLS_MAX)
		return false;
	for (n = 0; n < 7 && *q >= '0' && *q <= '9'; n++, q++)
		r = r * 10 + (*q - '0');
	if (r < 1 || r > SHEET_ROWS)
		return false;
	*col = c;
	*row = r;
	*p = q;
	return true;
}

static bool truth(const char *text)
{
	return text && (!strcmp(text, "1") || !strcmp(text, "true"));
}

/* Tenths of a point; 0 for what is no height of a row. */
static int height_of(const char *text)
{
	double points;

	return text && xlsx_number_value(str_c(text), &points) && points >= 0.1 && points <= SHEET_HEIGHT / 10.0
		? (int)(points * 10 + 0.5) : 0;
}

/* Hundredths of a character, without the five pixels beside the text that the file counts in (18.3.1.13, for digits of
 * seven pixels); 0 for what is no width, or less than a character's. */
static int width_of(const char *text)
{
	double chars;
	int width;

	if (!text || !xlsx_number_value(str_c(text), &chars) || chars < 1 || chars > 256)
		return 0;
	width = (int)((chars - 5.0 / 7) * 100 + 0.5);
	return width < 100 || width > SHEET_WIDTH ? 0 : width;
}

/* How a sheet looks is never a reason to refuse it: what is out of order or no number is passed over. */
static enum err_code take_col(struct xlsx_sheet *s, const char **attrs)
{
	const char *min = xml_attr(attrs, "min"), *max = xml_attr(attrs, "max");
	struct sheet_col c = {.first = min ? small(min) : 0, .last = max ? small(max) : 0,
		.hidden = truth(xml_attr(attrs, "hidden"))};
	int before = s->ncols ? s->cols[s->ncols - 1].last : 0;

	c.last = MIN(c.last, SHEET_COLS);
	if (truth(xml_attr(attrs, "customWidth")))
		c.width = width_of(xml_attr(attrs, "width"));
	if (c.first > before && c.last >= c.first && (c.width || c.hidden))
		s->cols[s->ncols++] = c;
	return OK;
}

static enum err_code start_row(struct xlsx_sheet *s, const char **attrs, struct err *err)
{
	const char *r = xml_attr(attrs, "r");
	int no = r ? small(r) : s->row + 1;

	if (no < 1)
		return fail(err, ERR_INPUT, N_("row number \"" STR_FMT "\" is none"), STR_ARG(xml_brief(r)));
	if (no > SHEET_ROWS)
		return fail(err, ERR_LIMIT, N_("row %d: more than %d rows"), no, SHEET_ROWS);
	if (no <= s->row)
		return fail(err, ERR_INPUT, N_("row %d stands behind row %d"), no, s->row);
	s->row = no;
	s->height = truth(xml_attr(attrs, "customHeight")) ? height_of(xml_attr(attrs, "ht")) : 0;
	s->col = 0;
	s->row_told = false;
	s->place = IN_ROW;
	return OK;
}

static enum err_code start_type(struct xlsx_sheet *s, const char *t, struct err *err)
{
	static const struct { const char *name; enum type type; } types[] = {
		{"s", TYPE_SHARED}, {"n", TYPE_NUMBER}, {"str", TYPE_STRING}, {"inlineStr", TYPE_INLINE},
		{"b", TYPE_BOOL}, {"e", TYPE_ERROR}, {"d", TYPE_DATE},
	};

	for (size_t i = 0; i < LEN(types); i++)
		if (!strcmp(t, types[i].name)) {
			s->type = types[i].type;
			return OK;
		}
	(void)fail(err, ERR_INPUT, N_("unknown cell type \"" STR_FMT "\""), STR_ARG(xml_brief(t)));
	return at_cell(s, err);
}

static enum err_code start_cell(struct xlsx_sheet *s, const char **attrs, struct err *err)
{
	const char *t = NULL, *r = NULL, *style = NULL;
	int col = s->col + 1, row = s->row;

	for (; *attrs; attrs += 2) {
		if (!attrs[0][0] || attrs[0][1])
			continue;
		switch (attrs[0][0]) {
		case 'r': r = attrs[1]; break;
		case 's': style = attrs[1]; break;
		case 't': t = attrs[1]; break;
		}
	}
	if (r) {
		const char *p = r;

		if (!cell_ref(&p, &col, &row) || *p || row != s->row)
			return fail(err, ERR_INPUT, N_("row %d: \"" STR_FMT "\" names no cell of this row"),
				s->row, STR_ARG(xml_brief(r)));
		if (col <= s->col)
			return fail(err, ERR_INPUT, N_("row %d: cell " STR_FMT " stands in the wrong place"),
				s->row, STR_ARG(xml_brief(r)));
	} else if (col > SHEET_COLS_MAX) {
		return fail(err, ERR_INPUT, N_("row %d: more than %d cells"), s->row, SHEET_COLS_MAX);
	}
	s->col = col;
	s->style = style ? (size_t)MAX(small(style), 0) : 0;
	s->type = TYPE_NUMBER;
	s->n = 0;
	s->over = false;
	s->place = IN_CELL;
	return t ? start_type(s, t, err) : OK;
}

static enum err_code merge(struct xlsx_sheet *s, const char **attrs, struct err *err)
{
	const char *ref = xml_attr(attrs, "ref"), *p = ref;
	struct span m;
	int swap;

	if (!ref)
		return OK;
	if (!cell_ref(&p, &m.col1, &m.row1))
		return fail(err, ERR_INPUT, N_("merged range \"" STR_FMT "\" is none"),
			STR_ARG(xml_brief(ref)));
	m.col2 = m.col1;
	m.row2 = m.row1;
	if (*p && (*p++ != ':' || !cell_ref(&p, &m.col2, &m.row2) || *p))
		return fail(err, ERR_INPUT, N_("merged range \"" STR_FMT "\" is none"),
			STR_ARG(xml_brief(ref)));
	if (m.col1 > m.col2)
		swap = m.col1, m.col1 = m.col2, m.col2 = swap;
	if (m.row1 > m.row2)
		swap = m.row1, m.row1 = m.row2, m.row2 = swap;
	return wire_span(s->env->wire, m, err);
}

static enum err_code on_start(void *ctx, const char *name, const char **attrs, struct err *err)
{
	struct xlsx_sheet *s = ctx;

	if (s->skip) {
		s->skip++;
		return OK;
	}
	switch (s->place) {
	case IN_NOTHING:
		if (strcmp(name, "worksheet"))
			return fail(err, ERR_INPUT, N_("not a worksheet (it begins with <" STR_FMT ">)"),
				STR_ARG(xml_brief(name)));
		s->place = IN_WORKSHEET;
		return OK;
	case IN_WORKSHEET:
		if (!strcmp(name, "sheetData"))
			return s->place = IN_DATA, OK;
		if (!strcmp(name, "mergeCells"))
			return s->place = IN_MERGES, OK;
		if (!strcmp(name, "cols") && !s->row && !s->ncols)
			return s->place = IN_COLS, OK;
		break;
	case IN_DATA:
		if (!strcmp(name, "row"))
			return start_row(s, attrs, err);
		break;
	case IN_ROW:
		if (!strcmp(name, "c"))
			return start_cell(s, attrs, err);
		break;
	case IN_CELL:
		if (name[0] == 'v' && !name[1] && s->type != TYPE_INLINE)
			return s->place = IN_VALUE, OK;
		if (!strcmp(name, "is") && s->type == TYPE_INLINE)
			return s->place = IN_STRING, OK;
		break;
	case IN_STRING:
		if (!strcmp(name, "r"))
			return s->place = IN_RUN, OK;
		/* fall through */
	case IN_RUN:
		if (!strcmp(name, "t")) {
			s->above_text = s->place;
			return s->place = IN_TEXT, OK;
		}
		break;
	case IN_MERGES:
		s->skip = 1;
		return strcmp(name, "mergeCell") ? OK : merge(s, attrs, err);
	case IN_COLS:
		s->skip = 1;
		return strcmp(name, "col") ? OK : take_col(s, attrs);
	case IN_VALUE:
	case IN_TEXT:
		break;
	}
	s->skip = 1;
	return OK;
}

static enum err_code on_text(void *ctx, struct str text, struct err *err)
{
	struct xlsx_sheet *s = ctx;

	if ((s->place != IN_VALUE && s->place != IN_TEXT) || s->skip)
		return OK;
	if (text.n > SHEET_CELL_BYTES - s->n) {
		s->over = true;
		return OK;
	}
	memcpy(s->text + s->n, text.p, text.n);
	s->n += text.n;
	return OK;
}

static enum err_code tell(struct xlsx_sheet *s, enum cell_kind kind, struct date date, struct str text,
		struct err *err)
{
	if (!text.n)
		return OK;
	if (!s->row_told) {
		s->row_told = true;
		TRY(wire_row(s->env->wire, s->row, false, err));
		if (s->height)
			wire_height(s->env->wire, s->height);
	}
	return wire_cell(s->env->wire, s->col, kind, date, text, err);
}

static enum err_code tell_day(struct xlsx_sheet *s, struct date day, struct err *err)
{
	char text[DATE_TEXT];

	return tell(s, CELL_DATE, day, date_text(day, text), err);
}

static enum err_code number(struct xlsx_sheet *s, struct str raw, struct err *err)
{
	const struct xlsx_styles *styles = &s->env->styles;
	char out[XLSX_NUMBER_TEXT];
	struct date day;
	struct str text;
	double serial;

	if (s->style < styles->n && styles->is_date[s->style] && xlsx_number_value(raw, &serial) &&
			xlsx_number_date(serial, s->env->date1904, &day))
		return tell_day(s, day, err);
	if (!xlsx_number_text(raw, out, &text))
		return fail(err, ERR_INPUT, N_("\"" STR_FMT "\" is no number"), STR_ARG(xml_brief(raw.p)));
	return tell(s, CELL_NUMBER, DATE_NONE, text, err);
}

static enum err_code shared(struct xlsx_sheet *s, struct str raw, struct err *err)
{
	int i = small(raw.p);

	if (i < 0)
		return fail(err, ERR_INPUT, N_("\"" STR_FMT "\" is no number of a shared string"),
			STR_ARG(xml_brief(raw.p)));
	if ((size_t)i >= s->env->strings.n)
		return fail(err, ERR_INPUT, N_("shared string %d is missing, there are %zu"), i,
			s->env->strings.n);
	return tell(s, CELL_TEXT, DATE_NONE, s->env->strings.items[i], err);
}

/* An ISO 8601 date, perhaps with a time (18.18.11, t="d"); what is neither stays text. */
static enum err_code iso_date(struct xlsx_sheet *s, struct str raw, struct err *err)
{
	struct date day;

	if (raw.n >= 10 && (raw.n == 10 || raw.p[10] == 'T') && date_parse(str_sub(raw, 0, 10), &day))
		return tell_day(s, day, err);
	return tell(s, CELL_TEXT, DATE_NONE, raw, err);
}

static enum err_code value(struct xlsx_sheet *s, struct err *err)
{
	struct str raw;

	if (s->over)
		return fail(err, ERR_LIMIT, N_("a cell of more than %d KiB of text"), SHEET_CELL_BYTES >> 10);
	s->text[s->n] = 0;
	raw = (struct str){s->text, s->n};
	switch (s->type) {
	case TYPE_NUMBER:
		return str_blank(raw) ? OK : number(s, raw, err);
	case TYPE_SHARED:
		return str_blank(raw) ? OK : shared(s, raw, err);
	case TYPE_INLINE:
	case TYPE_STRING:
		raw.n = xlsx_unescape(s->text, s->n);
		return tell(s, CELL_TEXT, DATE_NONE, raw, err);
	case TYPE_BOOL:
		raw = str_trim(raw);
		if (raw.n)
			raw = str_is(raw, "1") || str_is(raw, "true") ? S("TRUE") : S("FALSE");
		return tell(s, CELL_BOOL, DATE_NONE, raw, err);
	case TYPE_ERROR:
		return tell(s, CELL_ERROR, DATE_NONE, raw, err);
	case TYPE_DATE:
		return iso_date(s, raw, err);
	}
	BUG("cell type %d", (int)s->type);
}

static enum err_code on_end(void *ctx, const char *name, struct err *err)
{
	static const enum place above[] = {
		[IN_WORKSHEET] = IN_NOTHING, [IN_DATA] = IN_WORKSHEET, [IN_MERGES] = IN_WORKSHEET,
		[IN_ROW] = IN_DATA, [IN_CELL] = IN_ROW, [IN_VALUE] = IN_CELL, [IN_STRING] = IN_CELL,
		[IN_RUN] = IN_STRING, [IN_COLS] = IN_WORKSHEET,
	};
	struct xlsx_sheet *s = ctx;

	if (s->skip) {
		s->skip--;
		return OK;
	}
	if (s->place == IN_COLS)
		TRY(wire_cols(s->env->wire, s->cols, s->ncols, err));
	if (s->place == IN_CELL && (s->n || s->over) && value(s, err) != OK)
		return at_cell(s, err);
	s->place = s->place == IN_TEXT ? s->above_text : above[s->place];
	return OK;
}

const struct xml_on xlsx_sheet_on = {on_start, on_end, on_text};
