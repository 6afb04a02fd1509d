#include "sheet/xlsx_read.h"

#include "base/buf.h"
#include "base/utf8.h"
#include "pack/xml.h"

/* <si> holds <t>, or runs <r> with a <t> each; <rPh> holds the reading of the ideographs and is left out. */
enum place { IN_NOTHING, IN_SST, IN_SI, IN_RUN, IN_T };

struct strings {
	struct arena *arena;
	struct str *items;
	size_t n, cap, bytes;
	enum place place, above_t;
	int skip;                     /* open elements that are none of ours */
	struct buf text;
};

static int hex(const char *p)
{
	int v = 0;

	for (int i = 0; i < 4; i++) {
		char c = p[i];
		int d = c >= '0' && c <= '9' ? c - '0' : c >= 'A' && c <= 'F' ? c - 'A' + 10
			: c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;

		if (d < 0)
			return -1;
		v = v * 16 + d;
	}
	return v;
}

/* The UTF-16 unit of an escape at p; -1 when there is none. */
static int escape(const char *p, size_t n)
{
	return n >= 7 && p[0] == '_' && p[1] == 'x' && p[6] == '_' ? hex(p + 2) : -1;
}

/* One escape, or the two of a surrogate pair, as a character: its length in bytes of p; 0 when it stays as
 * it is. */
static size_t escaped(const char *p, size_t n, uint32_t *c)
{
	int v = escape(p, n), low;

	if (v < 0)
		return 0;
	*c = (uint32_t)v;
	if (v >= 0xD800 && v < 0xDC00) {
		low = escape(p + 7, n - 7);
		if (low < 0xDC00 || low > 0xDFFF)
			return 0;
		*c = 0x10000 + (((uint32_t)v - 0xD800) << 10) + ((uint32_t)low - 0xDC00);
		return 14;
	}
	if ((v >= 0xDC00 && v < 0xE000) || v == 0x7F || (v < ' ' && v != '\t' && v != '\n' && v != '\r'))
		return 0;
	return 7;
}

size_t xlsx_unescape(char *p, size_t n)
{
	size_t out = 0, step;
	bool after_cr = false;
	uint32_t c;

	if (n < 7 || !memmem(p, n, "_x", 2))
		return n;
	for (size_t at = 0; at < n; at += step) {
		bool was_cr = after_cr;

		step = escaped(p + at, n - at, &c);
		if (!step) {
			step = 1;
			after_cr = false;
			if (!was_cr || p[at] != '\n')
				p[out++] = p[at];
			continue;
		}
		after_cr = c == '\r';
		if (!was_cr || c != '\n')
			out += utf8_put(after_cr ? '\n' : c, p + out);
	}
	return out;
}

static enum err_code on_start(void *ctx, const char *name, const char **attrs, struct err *err)
{
	struct strings *s = ctx;

	if (s->skip) {
		s->skip++;
	} else if (s->place == IN_NOTHING && !strcmp(name, "sst")) {
		s->place = IN_SST;
	} else if (s->place == IN_SST && !strcmp(name, "si")) {
		s->place = IN_SI;
		buf_reset(&s->text);
	} else if (s->place == IN_SI && !strcmp(name, "r")) {
		s->place = IN_RUN;
	} else if ((s->place == IN_SI || s->place == IN_RUN) && !strcmp(name, "t")) {
		s->above_t = s->place;
		s->place = IN_T;
	} else {
		s->skip = 1;
	}
	return OK;
}

static enum err_code add(struct strings *s, struct err *err)
{
	if (s->n == XLSX_STRINGS)
		return fail(err, ERR_LIMIT, N_("more than %d shared strings"), XLSX_STRINGS);
	if (s->text.over)
		return fail(err, ERR_LIMIT, N_("shared string %zu: more than %d KiB of text"), s->n,
			SHEET_CELL_BYTES >> 10);
	s->bytes += s->text.n;
	if (s->bytes > SHEET_TEXT)
		return fail(err, ERR_LIMIT, N_("more than %d MiB of text"), SHEET_TEXT >> 20);
	if (s->text.n)
		s->text.n = xlsx_unescape(s->text.p, s->text.n);
	*ARENA_PUSH(s->arena, s->items, s->n, s->cap) = arena_str(s->arena, buf_str(&s->text));
	return OK;
}

static enum err_code on_end(void *ctx, const char *name, struct err *err)
{
	struct strings *s = ctx;

	if (s->skip) {
		s->skip--;
		return OK;
	}
	switch (s->place) {
	case IN_T:
		s->place = s->above_t;
		break;
	case IN_RUN:
		s->place = IN_SI;
		break;
	case IN_SI:
		s->place = IN_SST;
		return add(s, err);
	case IN_SST:
	case IN_NOTHING:
		s->place = IN_NOTHING;
	}
	return OK;
}

static enum err_code on_text(void *ctx, struct str text, struct err *err)
{
	struct strings *s = ctx;

	if (s->place == IN_T && !s->skip)
		buf_put(&s->text, text);
	return OK;
}

static void strings_done(struct strings *s)
{
	buf_free(&s->text);
}

enum err_code xlsx_strings_read(struct arena *a, struct unzip *z, struct str part, struct xlsx_strings *out,
		struct err *err)
{
	static const struct xml_on on = {on_start, on_end, on_text};
	struct strings s CLEANUP(strings_done) = {.arena = a, .text = BUF_MAX(SHEET_CELL_BYTES)};

	TRY(xml_member(z, part, &on, &s, err));
	*out = (struct xlsx_strings){s.n, s.items};
	return OK;
}
