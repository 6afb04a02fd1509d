#include "sheet/csv.h"

#include "sheet/csv_write.h"
#include "text/charset.h"

enum {
	LOOK_LINES = 20,             /* for the separator */
	LOOK_BYTES = 64 << 10
};

struct csv {
	struct wire *wire;
	struct str in;
	size_t at;
	char separator;
	int record, col;
	size_t n;
	char field[SHEET_CELL_BYTES + 1];     /* one more, so that wire_cell sees that it is too long */
};

/* ---- the separator ---- */

struct look {
	size_t lines, with[3], all[3];        /* of ",", "\t", ";" */
};

static const char candidates[] = ",\t;";

static struct look look(struct str in)
{
	struct look l = {0};
	size_t seen[3] = {0};
	bool quoted = false, any = false;

	for (size_t i = 0; i < MIN(in.n, (size_t)LOOK_BYTES) && l.lines < LOOK_LINES; i++) {
		char c = in.p[i];
		const char *sep = c ? strchr(candidates, c) : NULL;

		if (c == '"')
			quoted = !quoted;
		if (!quoted && (c == '\n' || c == '\r')) {
			for (int k = 0; k < 3; k++)
				l.with[k] += seen[k] > 0, l.all[k] += seen[k], seen[k] = 0;
			l.lines += any;
			any = false;
			continue;
		}
		any = true;
		if (!quoted && sep)
			seen[sep - candidates]++;
	}
	for (int k = 0; k < 3; k++)
		l.with[k] += seen[k] > 0, l.all[k] += seen[k];
	l.lines += any;
	return l;
}

static char separator(struct str in)
{
	struct look l = look(in);
	int best = 0;

	for (int k = 1; k < 3; k++)
		if (l.with[k] * 2 > l.lines && l.with[k] >= l.with[best] && l.all[k] > l.all[best])
			best = k;
	return candidates[best];
}

/* ---- records ---- */

static bool ends_line(char c)
{
	return c == '\n' || c == '\r';
}

static void add(struct csv *c, struct str s)
{
	size_t n = MIN(s.n, sizeof c->field - c->n);

	if (n)
		memcpy(c->field + c->n, s.p, n);
	c->n += n;
}

static size_t until(const struct csv *c, char a, char b)
{
	size_t at = c->at;

	while (at < c->in.n && c->in.p[at] != a && c->in.p[at] != b && c->in.p[at] != '\r')
		at++;
	return at;
}

/* Past a line end; "\r\n" is one. */
static void skip_line_end(struct csv *c)
{
	if (c->in.p[c->at] == '\r' && c->at + 1 < c->in.n && c->in.p[c->at + 1] == '\n')
		c->at++;
	c->at++;
}

/* Behind an opening quote, up to and past the closing one. */
static enum err_code quoted(struct csv *c, struct err *err)
{
	for (;;) {
		size_t to = until(c, '"', '"');

		add(c, str_sub(c->in, c->at, to));
		c->at = to;
		if (to == c->in.n)
			return fail(err, ERR_INPUT, N_("record %d: a quote is not closed"), c->record);
		if (c->in.p[to] == '\r') {
			add(c, S("\n"));
			skip_line_end(c);
			continue;
		}
		c->at++;
		if (c->at == c->in.n || c->in.p[c->at] != '"')
			return OK;
		add(c, S("\""));
		c->at++;
	}
}

/* One field; at stops on its separator, its line end or the end of the text. */
static enum err_code field(struct csv *c, struct err *err)
{
	struct str text;
	size_t to;

	c->n = 0;
	c->col++;
	if (c->at < c->in.n && c->in.p[c->at] == '"') {
		c->at++;
		TRY(quoted(c, err));
	}
	to = until(c, c->separator, '\n');
	add(c, str_sub(c->in, c->at, to));
	c->at = to;
	text = (struct str){c->field, csv_unguard(c->field, c->n)};
	if (wire_cell(c->wire, c->col, CELL_TEXT, DATE_NONE, text, err) == OK)
		return OK;
	return err_at(err, "record %d, column %d", c->record, c->col);
}

static enum err_code record(struct csv *c, struct err *err)
{
	c->record++;
	c->col = 0;
	TRY(wire_row(c->wire, c->record, true, err));
	for (;;) {
		TRY(field(c, err));
		if (c->at == c->in.n)
			return OK;
		if (ends_line(c->in.p[c->at])) {
			skip_line_end(c);
			return OK;
		}
		c->at++;
	}
}

enum err_code csv_parse(struct str text, struct wire *w, struct err *err)
{
	struct arena a CLEANUP(arena_free) = ARENA_INIT;
	struct csv *c = ARENA_NEW(&a, struct csv);

	c->wire = w;
	c->in = text;
	c->separator = separator(text);
	TRY(wire_sheet(w, STR_NONE, false, err));
	while (c->at < c->in.n)
		TRY(record(c, err));
	return wire_end(w, err);
}

enum err_code csv_read(int fd, struct wire *w, struct err *err)
{
	struct arena a CLEANUP(arena_free) = ARENA_INIT;
	const char *encoding;
	struct str bytes, text;

	TRY(child_read(&a, fd, SHEET_FILE_BYTES, &bytes, err));
	TRY(charset_decode(&a, bytes, &text, &encoding, err));
	TRY(wire_book(w, true, encoding, err));
	return csv_parse(text, w, err);
}
