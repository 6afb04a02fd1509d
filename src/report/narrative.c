#include "report/narrative.h"

#include "base/buf.h"
#include "base/utf8.h"
#include "text/nfc.h"

static const char number_words[] = "一二三四五六七八九十";

static bool is_one_of(const char *set, struct str c)
{
	return str_has(str_c(set), c);
}

/* Brackets in full width; marks and blanks between the levels left out. */
struct str heading_number(struct arena *a, struct str heading)
{
	CLEANUP(buf_free) struct buf b = BUF_MAX(256);
	struct str half = utf8_half(a, str_trim(heading));
	int open = 0, digits = 0;
	size_t at = 0;

	while (at < half.n) {
		size_t from = at;
		struct str c;

		utf8_next(half, &at);
		c = str_sub(half, from, at);
		if (is_one_of(number_words, c)) {
			buf_put(&b, c);
			digits++;
		} else if (str_is(c, "(") && !open) {
			open = 1;
			buf_put(&b, S("（"));
		} else if (str_is(c, ")") && open) {
			open = 0;
			buf_put(&b, S("）"));
		} else if (!is_one_of("、.,，。 \t", c)) {
			break;
		}
	}
	return open || !digits ? S("") : arena_str(a, buf_str(&b));
}

const struct own *narrative_get(const struct narrative *n, struct str number)
{
	for (size_t i = 0; i < n->n; i++)
		if (str_eq(n->p[i].number, number))
			return &n->p[i];
	return NULL;
}

/* A section's text as it is kept: lines trimmed, one blank line between paragraphs, none at the ends. */
struct lines {
	struct buf b;
	bool gap;
};

static void lines_done(struct lines *l)
{
	buf_free(&l->b);
}

/* True where the line begins a paragraph. */
static bool put_line(struct lines *l, struct str line)
{
	bool begins = line.n && (l->gap || !l->b.n);

	l->gap = !line.n && l->b.n;
	if (line.n && l->b.n)
		buf_put(&l->b, begins ? S("\n\n") : S("\n"));
	buf_put(&l->b, line);
	return begins;
}

static struct str bare(struct str line)
{
	line = str_trim(line);
	return str_ends(line, S("\r")) ? str_trim(str_sub(line, 0, line.n - 1)) : line;
}

/* C0 and C1, line separators, and what turns the direction of writing. */
static bool is_control(uint32_t c)
{
	return c < 0x20 || (c >= 0x7f && c < 0xa0) || (c >= 0x2028 && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069) ||
		c == 0xfeff;
}

static enum err_code line_check(struct str line, int no, struct err *err)
{
	size_t at = 0;

	if (str_starts(line, S("#")))
		return fail(err, ERR_INPUT, "line %d begins with '#', which would make it a heading", no);
	while (at < line.n) {
		uint32_t c = utf8_next(line, &at);

		if (is_control(c))
			return fail(err, ERR_INPUT, "line %d: a control character (U+%04X)", no, (unsigned)c);
	}
	return OK;
}

static void tabs_to_blanks(char *p, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (p[i] == '\t')
			p[i] = ' ';
}

enum err_code section_text(struct arena *a, struct str text, struct str *out, struct err *err)
{
	struct lines l CLEANUP(lines_done) = {.b = BUF_MAX(SECTION_BYTES)};
	struct str rest, line;
	size_t paras = 0;
	int no = 0;

	if (text.n > NARRATIVE_BYTES)
		return fail(err, ERR_LIMIT, "a section's text has at most %d bytes", (int)SECTION_BYTES);
	TRY(nfc(a, text, &text, err));
	rest = arena_str(a, text);
	tabs_to_blanks((char *)rest.p, rest.n);
	while (str_cut(&rest, S("\n"), &line)) {
		line = bare(line);
		TRY(line_check(line, ++no, err));
		paras += put_line(&l, line);
	}
	if (l.b.over)
		return fail(err, ERR_LIMIT, "a section's text has at most %d bytes", (int)SECTION_BYTES);
	if (paras > SECTION_PARAS)
		return fail(err, ERR_LIMIT, "a section has at most %d paragraphs, not %zu", (int)SECTION_PARAS, paras);
	*out = arena_str(a, buf_str(&l.b));
	return OK;
}

/* ---- read ---- */

struct reading {
	struct arena *a;
	struct narrative *out;
	bool notes; /* what is read is for the writer; else it is of the last of out */
	struct own_para *para; /* being read; NULL: the next line begins one */
	bool titled;
	struct lines lines; /* the text of what is read */
};

static void reading_done(struct reading *r)
{
	lines_done(&r->lines);
}

static struct own *under(struct reading *r)
{
	return r->notes ? &r->out->notes : &r->out->p[r->out->n - 1];
}

static void end_text(struct reading *r)
{
	under(r)->text = arena_str(r->a, buf_str(&r->lines.b));
	buf_reset(&r->lines.b);
	r->lines.gap = false;
}

static enum err_code heading(struct reading *r, struct str line, int no, struct err *err)
{
	struct str text, number;
	const struct own *had;
	struct own *own;
	size_t level = 0;

	while (level < line.n && line.p[level] == '#')
		level++;
	text = str_trim(str_sub(line, level, line.n));
	number = heading_number(r->a, text);
	if (level == 1 && !number.n && !r->out->n && !r->titled) {
		r->titled = true;
		r->out->notes.heading = text;
		r->out->notes.line = no;
		return OK;
	}
	if (!text.n)
		return fail(err, ERR_INPUT, "line %d: a heading without words", no);
	if (!number.n)
		number = text;
	if ((had = narrative_get(r->out, number)))
		return fail(err, ERR_INPUT, "line %d: heading \"" STR_FMT "\" has the number of line %d", no,
			STR_ARG(text), had->line);
	own = ARENA_PUSH(r->a, r->out->p, r->out->n, r->out->cap);
	*own = (struct own){.number = number, .heading = text, .line = no};
	r->notes = false;
	return OK;
}

/* Two lines of one paragraph: a blank between them only where Latin letters or digits meet. */
static void join(struct reading *r, struct str line)
{
	struct str had = r->para->text;
	bool blank = had.n && line.n && (unsigned char)had.p[had.n - 1] < 0x80 && (unsigned char)line.p[0] < 0x80;

	r->para->text = arena_printf(r->a, STR_FMT "%s" STR_FMT, STR_ARG(had), blank ? " " : "", STR_ARG(line));
}

static void text_line_read(struct reading *r, struct str line, int no)
{
	struct own *own = under(r);
	bool begins = put_line(&r->lines, line);

	if (!line.n || r->notes)
		return;
	if (!begins) {
		join(r, line);
	} else {
		r->para = ARENA_PUSH(r->a, own->paras, own->n, own->cap);
		*r->para = (struct own_para){line, no};
	}
}

enum err_code narrative_read(struct arena *a, struct str text, struct narrative *out, struct err *err)
{
	struct reading r CLEANUP(reading_done) = {
		.a = a, .out = out, .notes = true, .lines.b = BUF_MAX(text.n + 1)};
	struct str rest = text, line;
	int no = 0;

	*out = (struct narrative){.notes = {.number = SECTION_NOTES}};
	if (str_starts(rest, S("\xef\xbb\xbf")))
		rest = str_sub(rest, 3, rest.n);
	while (str_cut(&rest, S("\n"), &line)) {
		no++;
		line = bare(line);
		if (str_starts(line, S("#"))) {
			end_text(&r);
			TRY(heading(&r, line, no, err));
		} else {
			text_line_read(&r, line, no);
		}
	}
	end_text(&r);
	return OK;
}

/* ---- written ---- */

static void put_section(struct buf *b, const char *mark, const struct own *own)
{
	if (own->heading.n)
		buf_printf(b, "%s " STR_FMT "\n", mark, STR_ARG(own->heading));
	buf_put(b, own->text);
	if (own->text.n)
		buf_putc(b, '\n');
}

struct str narrative_markdown(struct arena *a, const struct narrative *n)
{
	CLEANUP(buf_free) struct buf b = BUF_MAX(NARRATIVE_BYTES * 4);
	struct own title = {.heading = n->notes.heading}, notes = {.text = n->notes.text};

	put_section(&b, "#", &title);
	if (title.heading.n && notes.text.n)
		buf_putc(&b, '\n');
	put_section(&b, "#", &notes);
	for (size_t i = 0; i < n->n; i++) {
		if (!n->p[i].text.n)
			continue;
		if (b.n)
			buf_putc(&b, '\n');
		put_section(&b, "##", &n->p[i]);
	}
	return arena_str(a, buf_str(&b));
}
