#include "base/buf.h"
#include "base/utf8.h"
#include "doc/pdf_in.h"

enum { PDF_BYTES = 512 << 20, ENTRY = 20, OBJECTS = 10000000 };

enum { DATES = 2 };

static const char info[] = "<< /Producer (cairo ";
static const char *const dates[DATES] = {"\n   /CreationDate (", "\n   /ModDate ("};
static const char figure[] = "<< /Type /StructElem\n   /S /Figure\n", catalog[] = "<< /Type /Catalog\n";

struct insert {
	size_t at; /* before this byte */
	struct str text;
	size_t moved; /* bytes put in up to here */
};

struct table { /* of cross references, as the file has it */
	size_t at; /* of its first entry */
	size_t n; /* entries, the first of which is no object */
};

static bool number(struct str s, size_t *at, size_t *out)
{
	size_t from = *at;

	for (*out = 0; *at < s.n && *at < from + 12 && s.p[*at] >= '0' && s.p[*at] <= '9'; ++*at)
		*out = *out * 10 + (size_t)(s.p[*at] - '0');
	return *at > from;
}

static bool word(struct str s, size_t *at, const char *w)
{
	if (!str_starts(str_sub(s, *at, s.n), str_c(w)))
		return false;
	*at += strlen(w);
	return true;
}

/* One table with all objects, its place behind the last startxref. */
static bool find_table(struct str s, struct table *t)
{
	static const char end[] = "\n%%EOF\n", before[] = "startxref\n";
	size_t at = s.n, place, first;

	if (!str_ends(s, str_c(end)))
		return false;
	at -= sizeof end - 1;
	while (at && s.p[at - 1] >= '0' && s.p[at - 1] <= '9')
		at--;
	if (at <= sizeof before || memcmp(s.p + at - (sizeof before - 1), before, sizeof before - 1) != 0 ||
		!number(s, &at, &place) || place >= s.n)
		return false;
	at = place;
	if (!word(s, &at, "xref\n") || !number(s, &at, &first) || first || !word(s, &at, " ") ||
		!number(s, &at, &t->n) || !word(s, &at, "\n"))
		return false;
	t->at = at;
	return t->n > 1 && t->n < OBJECTS && at + t->n * ENTRY < s.n;
}

static bool object_at(struct str s, const struct table *t, size_t i, size_t *at)
{
	size_t entry = t->at + i * ENTRY, n;

	if (!number(s, &entry, at) || *at >= s.n)
		return false;

	size_t body = *at;

	if (!number(s, &body, &n) || n != i || !word(s, &body, " 0 obj\n"))
		return false;
	*at = body;
	return true;
}

static struct str utf16(struct arena *a, struct str text)
{
	CLEANUP(buf_free) struct buf b = BUF_MAX(PDF_BYTES);

	buf_put(&b, S("<feff"));
	for (size_t at = 0; at < text.n;) {
		uint32_t c = utf8_next(text, &at);
		if (c > 0xFFFF)
			buf_printf(&b, "%04x%04x", 0xD800 + ((c - 0x10000) >> 10), 0xDC00 + ((c - 0x10000) & 0x3FF));
		else
			buf_printf(&b, "%04x", c);
	}
	buf_putc(&b, '>');
	return arena_str(a, buf_str(&b));
}

static bool plain(struct str lang)
{
	for (size_t i = 0; i < lang.n; i++)
		if (!((lang.p[i] | 32) >= 'a' && (lang.p[i] | 32) <= 'z') && lang.p[i] != '-')
			return false;
	return lang.n > 0;
}

static struct str alt_of(struct arena *a, struct str text)
{
	return arena_printf(a, "   /Alt " STR_FMT "\n", STR_ARG(utf16(a, text)));
}

static struct str lang_of(struct arena *a, struct str lang)
{
	static const char shown[] = "   /ViewerPreferences << /DisplayDocTitle true >>\n";

	return plain(lang) ? arena_printf(a, "   /Lang (" STR_FMT ")\n%s", STR_ARG(lang), shown) : str_c(shown);
}

/* The letters before a date that cairo leaves out. */
static size_t add_dates(struct str body, size_t at, struct insert *in)
{
	size_t n = 0, end, place;

	if (!str_find(body, S("\nendobj\n"), &end))
		return 0;
	for (size_t i = 0; i < DATES; i++)
		if (str_find(str_sub(body, 0, end), str_c(dates[i]), &place) && place + strlen(dates[i]) < end &&
			body.p[place + strlen(dates[i])] != 'D')
			in[n++] = (struct insert){.at = at + place + strlen(dates[i]), .text = S("D:")};
	return n;
}

static int by_place(const void *a, const void *b)
{
	size_t x = ((const struct insert *)a)->at, y = ((const struct insert *)b)->at;

	return (x > y) - (x < y);
}

/* How far what stood at `place` moves. */
static size_t shift_of(const struct insert *in, size_t n, size_t place)
{
	size_t from = 0, to = n;

	while (from < to) {
		size_t mid = from + (to - from) / 2;
		if (in[mid].at <= place)
			from = mid + 1;
		else
			to = mid;
	}
	return from ? in[from - 1].moved : 0;
}

/* The file with the insertions, and its table of cross references as they have moved. */
static struct str rebuilt(struct arena *a, struct str s, const struct table *t, struct insert *in, size_t n)
{
	CLEANUP(buf_free) struct buf b = BUF_MAX(PDF_BYTES);
	size_t from = 0, moved = 0;

	if (n)
		qsort(in, n, sizeof *in, by_place);
	for (size_t i = 0; i < n; i++) {
		buf_put(&b, str_sub(s, from, in[i].at));
		buf_put(&b, in[i].text);
		from = in[i].at;
		in[i].moved = moved += in[i].text.n;
	}
	buf_put(&b, str_sub(s, from, t->at));
	for (size_t i = 0; i < t->n; i++) {
		size_t entry = t->at + i * ENTRY, at = entry, place;
		if (!number(s, &at, &place))
			return s;
		buf_printf(&b, "%010zu", i ? place + shift_of(in, n, place) : place);
		buf_put(&b, str_sub(s, at, entry + ENTRY));
	}

	size_t start = s.n - (sizeof "\n%%EOF\n" - 1), old;

	while (s.p[start - 1] >= '0' && s.p[start - 1] <= '9')
		start--;
	buf_put(&b, str_sub(s, t->at + t->n * ENTRY, start));
	number(s, &start, &old);
	buf_printf(&b, "%zu", old + moved);
	buf_put(&b, str_sub(s, start, s.n));
	return b.over ? s : arena_str(a, buf_str(&b));
}

struct str pdf_complete(struct arena *a, struct str pdf, struct str lang, const struct str *alts, size_t nalts)
{
	struct table t;
	size_t at, n = 0, figures = 0;
	struct insert *in = ARENA_ARRAY(a, struct insert, nalts + DATES + 1);

	if (!find_table(pdf, &t))
		return pdf;
	for (size_t i = 1; i < t.n; i++) {
		if (!object_at(pdf, &t, i, &at))
			return pdf;

		struct str body = str_sub(pdf, at, pdf.n);

		if (str_starts(body, str_c(figure))) {
			if (figures == nalts)
				return pdf;
			struct str alt = alts[figures++];
			if (alt.n)
				in[n++] = (struct insert){.at = at + sizeof figure - 1, .text = alt_of(a, alt)};
		} else if (str_starts(body, str_c(catalog))) {
			in[n++] = (struct insert){.at = at + sizeof catalog - 1, .text = lang_of(a, lang)};
		} else if (str_starts(body, str_c(info))) {
			n += add_dates(body, at, in + n);
		}
	}
	return figures == nalts ? rebuilt(a, pdf, &t, in, n) : pdf;
}
