/* Charts to look at: chart_driver DIR writes one SVG a chart, on paper and as on pages, and all of those on paper as
 * charts.pdf and charts.ofd. */
#include "chart_kit.h"

#include "base/file.h"
#include "doc/layout.h"

#include <stdio.h>

static int trouble(const struct err *err)
{
	fprintf(stderr, "chart_driver: %s\n", err->text);
	return 1;
}

static void picture(struct arena *a, struct doc *d, const struct drawing *drawing)
{
	struct doc_picture *p = ARENA_NEW(a, struct doc_picture);

	doc_run(d, doc_block(d, DOC_CAPTION, STR_NONE), (struct doc_run){.text = drawing->title});
	p->drawing = drawing;
	p->alt = drawing->title;
	doc_block(d, DOC_PICTURE, STR_NONE)->picture = p;
}

static enum err_code paper(struct arena *a, const struct doc *d, const char *dir, struct err *err)
{
	struct fonts *fonts = NULL;
	struct str bytes;
	struct lay *l;

	TRY(fonts_open(NULL, &fonts, err));
	TRY(doc_layout(a, d, fonts, LANG_EN, &l, err));
	TRY(doc_pdf(l, a, &bytes, err));
	TRY(file_write(arena_printf(a, "%s/charts.pdf", dir).p, bytes, err));
	TRY(doc_ofd(l, a, &bytes, err));
	TRY(file_write(arena_printf(a, "%s/charts.ofd", dir).p, bytes, err));
	fonts_close(&fonts);
	return OK;
}

int main(int argc, char **argv)
{
	static const struct {
		size_t rows, cols;
	} sizes[MADE_KINDS] = {{16, 21}, {6, 12}, {5, 5}, {12, 2}, {12, 3}, {10, 2}, {9, 4}, {8, 5}, {12, 4}, {4, 12}};
	CLEANUP(arena_free) struct arena a = ARENA_INIT;
	struct doc *d = doc_new(&a, S("charts"), S("zh-CN"));
	struct err err = {.lang = LANG_EN};

	if (argc < 2)
		return 1;
	for (size_t i = 0; i < MADE_KINDS * 2; i++) {
		struct chart_made m = {&a, 7, sizes[i / 2].rows, sizes[i / 2].cols, false, i % 2};
		struct charts c = made_chart(&m, i / 2, i % 2 ? &chart_page : &chart_paper);

		for (size_t k = 0; k < c.n; k++) {
			CLEANUP(buf_free) struct buf b = BUF_MAX(16 << 20);

			drawing_svg(c.p[k], true, &b);
			if (file_write(arena_printf(&a, "%s/%s-%s-%zu.svg", argv[1], made_names[i / 2], i % 2 ? "page" : "paper",
				k).p, buf_str(&b), &err) != OK)
				return trouble(&err);
			if (!(i % 2))
				picture(&a, d, c.p[k]);
		}
	}
	return paper(&a, d, argv[1], &err) == OK ? 0 : trouble(&err);
}
