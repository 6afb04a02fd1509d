/* The XML of one worksheet, without the ZIP around it, in pieces of the size that the first byte says. */
#include "pack/frame.h"
#include "sheet/xlsx_read.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static enum err_code feed(struct xlsx_sheet *sheet, struct str xml, size_t piece, struct err *err)
{
	struct xml *x CLEANUP(xml_free) = xml_open(&xlsx_sheet_on, sheet);

	while (xml.n > piece) {
		TRY(xml_feed(x, str_sub(xml, 0, piece), false, err));
		xml = str_sub(xml, piece, xml.n);
	}
	return xml_feed(x, xml, true, err);
}

static enum err_code read_sheet(struct arena *a, struct child_out *out, struct str xml, size_t piece,
		struct err *err)
{
	static const struct str strings[] = {{"零", 3}, {"", 0}, {"二", 3}};
	static const bool dates[] = {false, true};
	struct xlsx_env env = {
		.wire = wire_new(a, out), .strings = {LEN(strings), strings}, .styles = {LEN(dates), dates},
		.date1904 = piece % 2,
	};

	TRY(wire_book(env.wire, false, NULL, err));
	TRY(wire_sheet(env.wire, S("甲"), false, err));
	TRY(feed(xlsx_sheet_new(a, &env), xml, piece, err));
	return wire_end(env.wire, err);
}

static void run(struct arena *a, struct str xml, size_t piece)
{
	struct err err = {.lang = LANG_EN};
	struct unwire *u = unwire_new(a, (struct sheet_progress){0});
	struct child_job job = {
		.take = unwire_take, .take_ctx = u,
		.limits = {.record_bytes = WIRE_RECORD, .total_bytes = 1 << 30},
	};
	struct child_out *out = child_out_new(a, &job, -1);
	struct book book;

	if (read_sheet(a, out, xml, piece, &err) == OK && unwire_book(u, &book, &err) != OK)
		abort();
	if (str_ends(str_c(err.text), S("the reader of the file answered nonsense")))
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena a = ARENA_INIT;

	if (size < 1)
		return 0;
	run(&a, (struct str){(const char *)data + 1, size - 1}, (size_t)data[0] + 1);
	arena_free(&a);
	return 0;
}
