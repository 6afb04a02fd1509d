#include "report/report.h"

#include "base/utf8.h"

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

struct own *narrative_get(struct narrative *n, struct str number)
{
	for (size_t i = 0; i < n->n; i++)
		if (str_eq(n->p[i].number, number))
			return &n->p[i];
	return NULL;
}

struct reading {
	struct arena *a;
	struct narrative *out;
	struct own *own; /* whose paragraphs are read; NULL: none, or the file's own title */
	struct own_para *para; /* being read; NULL: the next line begins one */
	bool titled;
};

static enum err_code heading(struct reading *r, struct str line, int no, struct err *err)
{
	struct str text, number;
	size_t level = 0;

	while (level < line.n && line.p[level] == '#')
		level++;
	text = str_trim(str_sub(line, level, line.n));
	number = heading_number(r->a, text);
	r->para = NULL;
	r->own = NULL;
	if (level == 1 && !number.n && !r->out->n && !r->titled) {
		r->titled = true;
		return OK;
	}
	if (!text.n)
		return fail(err, ERR_INPUT, "line %d: a heading without words", no);
	if (!number.n)
		number = text;
	if ((r->own = narrative_get(r->out, number)))
		return fail(err, ERR_INPUT, "line %d: heading \"" STR_FMT "\" has the number of line %d", no,
			STR_ARG(text), r->own->line);
	r->own = ARENA_PUSH(r->a, r->out->p, r->out->n, r->out->cap);
	r->own->number = number;
	r->own->heading = text;
	r->own->line = no;
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
	if (!line.n) {
		r->para = NULL;
	} else if (r->own && r->para) {
		join(r, line);
	} else if (r->own) {
		r->para = ARENA_PUSH(r->a, r->own->paras, r->own->n, r->own->cap);
		*r->para = (struct own_para){line, no};
	}
}

enum err_code narrative_read(struct arena *a, struct str text, struct narrative *out, struct err *err)
{
	struct reading r = {.a = a, .out = out};
	struct str rest = text, line;
	int no = 0;

	*out = (struct narrative){0};
	if (str_starts(rest, S("\xef\xbb\xbf")))
		rest = str_sub(rest, 3, rest.n);
	while (str_cut(&rest, S("\n"), &line)) {
		no++;
		line = str_trim(line);
		if (str_ends(line, S("\r")))
			line = str_trim(str_sub(line, 0, line.n - 1));
		if (str_starts(line, S("#")))
			TRY(heading(&r, line, no, err));
		else
			text_line_read(&r, line, no);
	}
	return OK;
}
