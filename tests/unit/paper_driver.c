/* paper_driver FOLDER: writes the document of lay_kit.h as sample.pdf, sample.ofd and page-N.png, for tests/cases/paper.sh. */
#include "lay_kit.h"

#include "base/file.h"

#include <stdio.h>

static int trouble(const struct err *err)
{
	fprintf(stderr, "paper_driver: %s\n", err->text);
	return 1;
}

int main(int argc, char **argv)
{
	struct arena a = ARENA_INIT;
	struct err err = {.lang = LANG_EN};
	struct fonts *fonts = NULL;
	struct str bytes;

	if (argc != 2 || fonts_open(NULL, &fonts, &err) != OK)
		return trouble(&err);

	struct lay *l = kit_sample(&a, fonts);

	if (doc_pdf(l, &a, &bytes, &err) != OK ||
		file_write(arena_printf(&a, "%s/sample.pdf", argv[1]).p, bytes, &err) != OK)
		return trouble(&err);
	struct doc_attachment file = {S("台账"), S("csv"), S("单位,应做\n某县,12\n")};

	if (doc_ofd_with(l, &file, 1, &a, &bytes, &err) != OK ||
		file_write(arena_printf(&a, "%s/sample.ofd", argv[1]).p, bytes, &err) != OK)
		return trouble(&err);
	for (size_t i = 0; i < l->npages; i++)
		if (doc_png(l, i, 100, &a, &bytes, &err) != OK ||
			file_write(arena_printf(&a, "%s/page-%zu.png", argv[1], i + 1).p, bytes, &err) != OK)
			return trouble(&err);
	fonts_close(&fonts);
	arena_free(&a);
	return 0;
}
