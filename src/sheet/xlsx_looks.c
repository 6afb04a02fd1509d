/* How cells of a workbook look. */
#include "sheet/xlsx_inside.h"

enum { FAMILY = 3 };             /* of 宋体, as Excel says it in Chinese */

static const struct look {
	double size;
	bool bold, underline, box, centre, top, one_line;
	lxw_color_t colour, ground;
} looks[XLSX_STYLES] = {
	[XLSX_PLAIN] = {.size = 11},
	[XLSX_HEAD] = {.size = 11, .bold = true, .box = true, .centre = true, .ground = 0xDDEBF7},
	[XLSX_BAD] = {.size = 11, .colour = 0x9C0006, .ground = 0xFFC7CE},
	[XLSX_TITLE] = {.size = 16, .bold = true, .centre = true, .one_line = true},
	[XLSX_NOTE] = {.size = 9, .box = true, .top = true, .colour = 0x595959},
	[XLSX_LINK] = {.size = 11, .box = true, .underline = true, .colour = 0x0563C1},
	[XLSX_BOX] = {.size = 11, .box = true},
};

static lxw_format *add(struct xlsx *x, const struct look *l)
{
	lxw_format *f = workbook_add_format(x->book);

	if (!f)
		BUG("out of memory (format)");
	format_set_font_name(f, "宋体");
	format_set_font_family(f, FAMILY);
	format_set_font_size(f, l->size);
	format_set_align(f, l->top ? LXW_ALIGN_VERTICAL_TOP : LXW_ALIGN_VERTICAL_CENTER);
	if (l->centre)
		format_set_align(f, LXW_ALIGN_CENTER);
	if (!l->one_line)
		format_set_text_wrap(f);
	if (l->bold)
		format_set_bold(f);
	if (l->underline)
		format_set_underline(f, LXW_UNDERLINE_SINGLE);
	if (l->box)
		format_set_border(f, LXW_BORDER_THIN);
	if (l->colour)
		format_set_font_color(f, l->colour);
	if (l->ground)
		format_set_bg_color(f, l->ground);
	return f;
}

void xlsx_add_formats(struct xlsx *x)
{
	for (int s = 0; s < XLSX_STYLES; s++)
		for (int k = 0; k < XLSX_KINDS; k++) {
			x->formats[s][k] = add(x, &looks[s]);
			if (k)
				format_set_num_format(x->formats[s][k], "yyyy-mm-dd");
		}
}

lxw_format *xlsx_unit_format(struct xlsx *x, struct str unit, int decimals)
{
	struct arena a CLEANUP(arena_free) = ARENA_INIT;
	struct xlsx_unit *u;

	for (size_t i = 0; i < x->nunits; i++)
		if (str_eq(x->units[i].text, unit) && x->units[i].decimals == decimals)
			return x->units[i].format;
	if (x->nunits == XLSX_UNITS)
		return NULL;
	(void)xlsx_settle(x);
	u = &x->units[x->nunits++];
	*u = (struct xlsx_unit){arena_str(&x->arena, unit), decimals, add(x, &looks[XLSX_PLAIN])};
	format_set_num_format(u->format, arena_printf(&a, "0%s%.*s\"" STR_FMT "\"", decimals ? "." : "", decimals,
		"000000000000000", STR_ARG(unit)).p);
	return u->format;
}
