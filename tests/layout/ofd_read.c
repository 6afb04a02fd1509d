/* A small reader of OFD (GB/T 33190-2016), written apart from the program's writer: shows pages, gives their text,
 * compares their ink with pictures of the same pages made from a PDF.
 *
 *   ofd_read text FILE                     a line a text object, pages parted by form feeds
 *   ofd_read png FILE DPI PREFIX           PREFIX-1.png …
 *   ofd_read compare FILE DPI PREFIX       with PREFIX-1.pgm … or PREFIX-01.pgm (pdftoppm -gray): a line a page, how many
 *                                          pixels of ink either has with none of the other's within one pixel
 *
 * Says what it can't read or find (fonts, glyphs, images) and ends with 1 then. compare ends with 1 above 0.2 % of the ink. */
#include "ofd_res.h"

#include <math.h>

/* ---- objects of a page */

struct page {
	cairo_t *cr; /* NULL: only its text is wanted */
	FILE *text;
};

static size_t numbers(const char *s, double *out, size_t max)
{
	size_t n = 0;
	char *end;

	for (; s && n < max; s = end) {
		out[n] = strtod(s, &end);
		if (end == s)
			break;
		n++;
	}
	return n;
}

static void boundary(const struct page *p, const struct xml *n)
{
	double b[4] = {0}, m[6];

	numbers(attr(n, "Boundary"), b, 4);
	cairo_translate(p->cr, b[0], b[1]);
	if (numbers(attr(n, "CTM"), m, 6) == 6)
		cairo_transform(p->cr, &(cairo_matrix_t){m[0], m[1], m[2], m[3], m[4], m[5]});
}

static void colour(const struct page *p, const struct xml *n, const char *which)
{
	double c[3] = {0};
	const struct xml *given = child(n, which);

	numbers(attr(given, "Value"), c, 3);
	cairo_set_source_rgba(p->cr, c[0] / 255, c[1] / 255, c[2] / 255, attr_num(given, "Alpha", 255) / 255);
}

/* One character's step from a list with g n v. */
struct steps {
	const char *at;
	long repeat;
	double value;
};

static double step(struct steps *s)
{
	char *end;

	if (s->repeat > 0) {
		s->repeat--;
		return s->value;
	}
	if (!s->at)
		return 0;
	while (*s->at == ' ')
		s->at++;
	if (*s->at == 'g') {
		s->repeat = strtol(s->at + 1, &end, 10) - 1;
		s->value = strtod(end, &end);
	} else {
		s->value = strtod(s->at, &end);
		if (end == s->at)
			COMPLAIN("fewer steps than characters");
	}
	s->at = end;
	return s->value;
}

static unsigned next_char(const char **s)
{
	const unsigned char *u = (const unsigned char *)*s;
	int n = *u < 0x80 ? 1 : *u < 0xE0 ? 2 : *u < 0xF0 ? 3 : 4;
	unsigned c = n == 1 ? *u : n == 2 ? *u & 31 : n == 3 ? *u & 15 : *u & 7;

	for (int i = 1; i < n; i++)
		c = c << 6 | (u[i] & 63);
	*s += n;
	return c;
}

/* The glyph that a CGTransform gives the i-th character of the object, else the font's own. */
static unsigned glyph_of(const struct xml *n, const struct font *f, long i, unsigned c)
{
	for (const struct xml *t = n->first; t; t = t->next) {
		long from = (long)attr_num(t, "CodePosition", 0);
		const struct xml *list = child(t, "Glyphs");
		double ids[256];

		if (strcmp(t->name, "CGTransform") || i < from || i >= from + (long)attr_num(t, "CodeCount", 1) || !list)
			continue;
		if (numbers(list->text, ids, 256) > (size_t)(i - from))
			return (unsigned)ids[i - from];
	}
	return FT_Get_Char_Index(f->face, c);
}

static void text_code(const struct page *p, const struct xml *n, const struct xml *code, const struct font *f, long *at)
{
	double x = attr_num(code, "X", 0), y = attr_num(code, "Y", 0);
	struct steps dx = {.at = attr(code, "DeltaX")}, dy = {.at = attr(code, "DeltaY")};

	for (const char *s = code->text; *s; (*at)++) {
		unsigned c = next_char(&s);

		if (f && f->face && p->cr) {
			unsigned g = glyph_of(n, f, *at, c);

			if (!g && c != ' ' && !attr(n, "Missing"))
				fprintf(stderr, "no glyph for U+%04X in %s\n", c, f->name);
			cairo_show_glyphs(p->cr, &(cairo_glyph_t){g, x, y}, 1);
		}
		if (*s) {
			x += step(&dx);
			y += step(&dy);
		}
	}
	if (dx.repeat > 0 || (dx.at && dx.at[strspn(dx.at, " ")]))
		COMPLAIN("text %s: more steps than characters", attr(n, "ID"));
	if (p->text)
		fputs(code->text, p->text);
}

static void text_object(const struct page *p, const struct xml *n)
{
	const struct font *f = font_of(n);
	const char *fill = attr(n, "Fill");
	long at = 0;

	if (p->cr && f && f->cairo) {
		boundary(p, n);
		cairo_set_font_face(p->cr, f->cairo);
		cairo_set_font_size(p->cr, attr_num(n, "Size", 0));
		colour(p, n, "FillColor");
	}
	if (fill && !strcmp(fill, "false"))
		COMPLAIN("text %s is not filled", attr(n, "ID"));
	for (const struct xml *c = n->first; c; c = c->next)
		if (!strcmp(c->name, "TextCode"))
			text_code(p, n, c, f, &at);
	if (p->text)
		fputc('\n', p->text);
}

static void path_data(cairo_t *cr, const char *s, const char *id)
{
	double v[7];

	while (*(s += strspn(s, " \n\t\r"))) {
		char op = *s++;
		size_t want = op == 'M' || op == 'L' || op == 'S' ? 2 : op == 'Q' ? 4 : op == 'B' ? 6 : op == 'A' ? 7 : 0;

		for (size_t i = 0; i < want; i++) {
			char *end;

			v[i] = strtod(s, &end);
			if (end == s) {
				COMPLAIN("path %s: %c wants %zu numbers", id, op, want);
				return;
			}
			s = end;
		}
		if (op == 'M' || op == 'S')
			cairo_move_to(cr, v[0], v[1]);
		else if (op == 'L' || op == 'A')
			cairo_line_to(cr, v[want - 2], v[want - 1]);
		else if (op == 'B')
			cairo_curve_to(cr, v[0], v[1], v[2], v[3], v[4], v[5]);
		else if (op == 'Q') {
			double x, y;

			cairo_get_current_point(cr, &x, &y);
			cairo_curve_to(cr, x + (v[0] - x) * 2 / 3, y + (v[1] - y) * 2 / 3, v[2] + (v[0] - v[2]) * 2 / 3,
				v[3] + (v[1] - v[3]) * 2 / 3, v[2], v[3]);
		} else if (op == 'C')
			cairo_close_path(cr);
		else {
			COMPLAIN("path %s: %c is no operator", id, op);
			return;
		}
	}
}

static void path_object(const struct page *p, const struct xml *n)
{
	const struct xml *data = child(n, "AbbreviatedData");
	const char *stroke = attr(n, "Stroke"), *fill = attr(n, "Fill"), *dash = attr(n, "DashPattern");
	double dashes[8];
	size_t ndashes = numbers(dash, dashes, 8);

	if (!p->cr || !data)
		return;
	boundary(p, n);
	cairo_new_path(p->cr);
	path_data(p->cr, data->text, attr(n, "ID"));
	if (fill && !strcmp(fill, "true")) {
		colour(p, n, "FillColor");
		cairo_fill_preserve(p->cr);
	}
	if (!stroke || !strcmp(stroke, "true")) {
		colour(p, n, "StrokeColor");
		cairo_set_line_width(p->cr, attr_num(n, "LineWidth", 0.353));
		cairo_set_dash(p->cr, dashes, (int)ndashes, 0);
		cairo_stroke_preserve(p->cr);
	}
	cairo_new_path(p->cr);
}

static void image_object(const struct page *p, const struct xml *n)
{
	const struct image *i = image_of(n);
	cairo_surface_t *s = i ? i->surface : NULL;

	if (!p->cr || !s || cairo_surface_status(s))
		return;
	boundary(p, n);
	cairo_scale(p->cr, 1.0 / cairo_image_surface_get_width(s), 1.0 / cairo_image_surface_get_height(s));
	cairo_set_source_surface(p->cr, s, 0, 0);
	cairo_paint(p->cr);
}

static void objects(const struct page *p, const struct xml *n)
{
	for (const struct xml *o = n->first; o; o = o->next) {
		if (p->cr)
			cairo_save(p->cr);
		if (!strcmp(o->name, "TextObject"))
			text_object(p, o);
		else if (!strcmp(o->name, "PathObject"))
			path_object(p, o);
		else if (!strcmp(o->name, "ImageObject"))
			image_object(p, o);
		else if (!strcmp(o->name, "Layer") || !strcmp(o->name, "PageBlock"))
			objects(p, o);
		else
			COMPLAIN("an object %s", o->name);
		if (p->cr)
			cairo_restore(p->cr);
	}
}

/* ---- pages */

struct work {
	const char *what, *prefix;
	double dpi;
};

static bool page_out(const struct xml *content, const char *physical, int number, const struct work *w)
{
	const struct xml *area = child(child(content, "Area"), "PhysicalBox");
	double box[4] = {0, 0, 210, 297};
	struct page p = {0};
	bool good = true;

	numbers(area ? area->text : physical, box, 4);
	if (!strcmp(w->what, "text")) {
		p.text = stdout;
		objects(&p, child(content, "Content"));
		fputc('\f', stdout);
		return true;
	}
	double k = w->dpi / 25.4;
	cairo_surface_t *s = cairo_image_surface_create(CAIRO_FORMAT_RGB24, (int)ceil(box[2] * k - 0.01), (int)ceil(box[3] * k - 0.01));

	p.cr = cairo_create(s);
	cairo_set_source_rgb(p.cr, 1, 1, 1);
	cairo_paint(p.cr);
	cairo_scale(p.cr, k, k);
	cairo_translate(p.cr, -box[0], -box[1]);
	objects(&p, child(content, "Content"));
	cairo_surface_flush(s);
	if (!strcmp(w->what, "png")) {
		char name[4096];

		snprintf(name, sizeof name, "%s-%d.png", w->prefix, number);
		good = cairo_surface_write_to_png(s, name) == CAIRO_STATUS_SUCCESS;
	} else {
		good = ink_compare(s, w->prefix, number);
	}
	cairo_destroy(p.cr);
	cairo_surface_destroy(s);
	return good;
}

int main(int argc, char **argv)
{
	struct work w = {.what = argc > 2 ? argv[1] : "", .dpi = argc > 3 ? strtod(argv[3], NULL) : 0};
	int number = 0;
	bool good = true;

	if ((argc != 3 || strcmp(w.what, "text")) && argc != 5) {
		fputs("ofd_read text FILE | png FILE DPI PREFIX | compare FILE DPI PREFIX\n", stderr);
		return 2;
	}
	w.prefix = argc > 4 ? argv[4] : "";
	if (!package_open(argv[2]) || !resources_init()) {
		fprintf(stderr, "%s is no package\n", argv[2]);
		return 2;
	}
	const struct xml *root = part_xml("OFD.xml"), *loc = child(child(root, "DocBody"), "DocRoot");
	char *doc_name = beside("", loc ? loc->text : "");
	const struct xml *doc = part_xml(doc_name), *common = child(doc, "CommonData");
	const struct xml *physical = child(child(common, "PageArea"), "PhysicalBox");

	for (const struct xml *r = common ? common->first : NULL; r; r = r->next)
		if (!strcmp(r->name, "PublicRes") || !strcmp(r->name, "DocumentRes"))
			resources(beside(doc_name, r->text));
	for (const struct xml *p = child(doc, "Pages") ? child(doc, "Pages")->first : NULL; p; p = p->next) {
		const struct xml *content = part_xml(beside(doc_name, attr(p, "BaseLoc") ? attr(p, "BaseLoc") : ""));

		if (content)
			good = page_out(content, physical ? physical->text : NULL, ++number, &w) && good;
	}
	if (!number)
		COMPLAIN("no pages");
	return good && !complaints ? 0 : 1;
}
