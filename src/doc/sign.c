/* What stands below the body: names of annexes, signature, date, 附注 [P5 to P7]. */
#include "doc/doc_lines.h"
#include "doc/layout_in.h"

enum {
	ROOM = GRID_COLS * CELL,
	ANNEXES_HELD = 9, /* rows that stay with the signature [P6], … */
	HELD_BODY = 2 /* and of body */
};

/* The last two lines of what is there go with what follows [P6]. */
static void hold_two(struct laying *l)
{
	size_t lines = 0;

	for (size_t i = l->n; i-- && lines < 2;) {
		struct entry *e = &l->entries[i];

		if (e->kind == ENTRY_PAGE)
			return;
		if (e->kind != ENTRY_FREE && ++lines == 2)
			return;
		e->held = true;
	}
}

/* ---- 附件说明 [P5] ---- */

/* What a label takes: whole cells, those of a Hanzi each and the colon's. */
static int32_t label_cells(const struct laying *l, const struct seg *label, int32_t hanzi)
{
	return doc_lang(l->d) == LANG_ZH ? hanzi * CELL : (label->line->used + CELL - 1) / CELL * CELL;
}

/* A name behind what stands first on its row; turned lines under its first character. */
static void hanging(struct laying *l, struct seg first, struct str name, int32_t left, bool stay)
{
	struct text t = text_of(l, name, FACE_FANG, SIZE_3);
	struct line_opt opt = {.width = ROOM, .first = left, .rest = left, .cell = CELL};
	struct line *lines;
	size_t n = text_lines(l, t, &opt, &lines);

	for (size_t i = 0; i < n; i++) {
		struct seg *name_seg = ARENA_NEW(l->a, struct seg);
		struct entry *e;

		*name_seg = (struct seg){.atoms = t.atoms, .line = &lines[i], .role = first.role};
		if (i == 0) {
			struct seg *s = &first;

			while (s->next)
				s = (struct seg *)s->next;
			s->next = name_seg;
		}
		e = entry_line(l, SIZE_MAX, SIZE_3, i ? *name_seg : first);
		e->stay = stay || i > 0;
	}
}

/* Rows that the signature and what stands below it take: put once to see, and taken away again. */
static size_t sign_rows(struct laying *l)
{
	size_t from = l->n, rows, counted[LEN(l->lay->lines)];

	memcpy(counted, l->lay->lines, sizeof counted);
	flow_sign(l);
	memcpy(l->lay->lines, counted, sizeof counted);
	rows = l->n - from;
	l->n = from;
	return rows;
}

void flow_annexes(struct laying *l)
{
	const struct doc *d = l->d;
	struct seg first = seg_line(l, text_of(l, str_c(doc_say(d, N_("Annex: "))), FACE_FANG, SIZE_3), CELL,
		ROLE_ANNEX_LIST);
	int32_t label = 2 * CELL, number = label + label_cells(l, &first, 3),
		left = number + (d->nannexes > 1 ? (d->nannexes > 9 ? 2 : 1) * CELL : 0);
	bool hold = d->sign.nnames || d->sign.date.n || d->sign.post.n;
	size_t from;

	if (!d->nannexes)
		return;
	if (hold)
		hold_two(l);
	from = l->n;
	entries_free(l, 1, false, false);
	for (size_t i = 0; i < d->nannexes; i++) {
		struct seg no = {.role = ROLE_ANNEX_LIST}, *second = ARENA_NEW(l->a, struct seg);

		*second = no;
		if (d->nannexes > 1)
			*second = seg_line(l, text_of(l, arena_printf(l->a, "%zu.", i + 1), FACE_FANG, SIZE_3), CELL,
				ROLE_ANNEX_LIST);
		second->dx = number;
		if (i == 0) {
			no = first;
			no.dx = label;
			no.next = second;
			hanging(l, no, d->annexes[i], left, false);
		} else
			hanging(l, *second, d->annexes[i], left, i + 1 == d->nannexes && i == 1);
	}
	l->entries[from].held = hold;
	if (hold && (l->n - from > ANNEXES_HELD || HELD_BODY + l->n - from + sign_rows(l) > GRID_ROWS))
		from = l->n - 2;
	for (size_t i = from + 1; i < l->n && hold; i++)
		l->entries[i].stay = true;
}

/* ---- who was there, of minutes [P5a] ---- */

void flow_present(struct laying *l)
{
	struct doc_line who[3];
	size_t n = doc_attendance(l->d, who);

	if (n)
		entries_free(l, 1, false, false);
	for (size_t i = 0; i < n; i++) {
		struct seg label = seg_line(l, text_of(l, who[i].text, FACE_HEI, SIZE_3), CELL, ROLE_PRESENT);

		label.dx = 2 * CELL;
		hanging(l, label, who[i].right, 2 * CELL + label_cells(l, &label, 3), false);
	}
}

/* ---- signature [P6] ---- */

static struct seg part(struct laying *l, struct str s, enum lay_role role)
{
	return seg_tight(l, text_of(l, s, FACE_FANG, SIZE_3), role);
}

static struct entry *put_at(struct laying *l, struct seg s, int32_t x)
{
	struct entry *e;

	s.dx = MAX(x, 0);
	e = entry_line(l, SIZE_MAX, SIZE_3, s);
	e->stay = true;
	return e;
}

/* A name longer than the line goes on below. */
static void put_name(struct laying *l, struct str name, int32_t x)
{
	struct text t = text_of(l, name, FACE_FANG, SIZE_3);
	struct line_opt opt = {.width = ROOM, .first = MAX(x, 0), .rest = MAX(x, 0), .cell = CELL, .ragged = true};
	struct line *lines;
	size_t n = lines_break(l->a, t.atoms, t.n, &opt, &lines);

	for (size_t i = 0; i < n; i++)
		entry_line(l, SIZE_MAX, SIZE_3, (struct seg){.atoms = t.atoms, .line = &lines[i], .role = ROLE_SIGN})
			->stay = true;
}

static void sign_plain(struct laying *l, const struct doc_sign *s)
{
	struct seg date = part(l, s->date, ROLE_DATE);
	int32_t date_w = date.line->used, date_x = ROOM - 2 * CELL - date_w;

	entries_free(l, 1, true, false);
	for (size_t i = 0; i < s->nnames; i++) {
		int32_t w = part(l, s->names[i], ROLE_SIGN).line->used, x = ROOM - 2 * CELL - w;

		if (i + 1 == s->nnames && date_w > w)
			x = date_x - 2 * CELL;
		else if (i + 1 == s->nnames)
			date_x = MAX(x, 0) + 2 * CELL;
		put_name(l, s->names[i], x);
	}
	if (s->date.n)
		put_at(l, date, date_x);
}

/* A row of names, each over its own seal, the last of the row right. */
static void stamp_row(struct laying *l, const struct str *names, size_t n, int32_t mid, int64_t step)
{
	struct seg first = {0}, *last = NULL;

	for (size_t i = 0; i < n; i++) {
		struct seg *s = i ? ARENA_NEW(l->a, struct seg) : &first;

		*s = part(l, names[i], ROLE_SIGN);
		s->dx = MAX(mid - (int32_t)((int64_t)(n - 1 - i) * step) - s->line->used / 2, 0);
		if (last)
			last->next = s;
		last = s;
	}
	entry_line(l, SIZE_MAX, SIZE_3, first)->stay = true;
}

static void sign_stamp(struct laying *l, const struct doc_sign *s)
{
	enum { ABOVE = 2, BETWEEN = 4 }; /* free rows, for seals of 42 mm */
	struct seg date = part(l, s->date, ROLE_DATE);
	int32_t date_w = date.line->used, mid = ROOM - 4 * CELL - date_w / 2, widest = 0;
	size_t row, left;
	int64_t step;

	for (size_t i = 0; i < s->nnames; i++)
		widest = MAX(widest, part(l, s->names[i], ROLE_SIGN).line->used);
	mid = MIN(mid, ROOM - MIN(widest, ROOM) / 2); /* a long name ends at the edge, its date below its middle */
	row = doc_seals(s->nnames, widest, mid, CELL, &step);
	for (size_t i = 0; i < s->nnames; i += left) {
		left = MIN(row, s->nnames - i);
		entries_free(l, i ? BETWEEN : ABOVE, true, true);
		if (left > 1)
			stamp_row(l, &s->names[i], left, mid, step);
		else
			put_name(l, s->names[i], mid - part(l, s->names[i], ROLE_SIGN).line->used / 2);
	}
	if (s->date.n)
		put_at(l, date, mid - date_w / 2);
}

static void sign_hand(struct laying *l, const struct doc_sign *s)
{
	struct seg date = part(l, s->date, ROLE_DATE), *post = ARENA_NEW(l->a, struct seg);
	struct str name = s->nnames ? s->names[0] : STR_NONE;
	struct seg person = part(l, name, ROLE_SIGN);
	int32_t w = name.n ? person.line->used : 4 * CELL, x = ROOM - 4 * CELL - w;

	entries_free(l, 2, true, true);
	person.dx = MAX(x, 0);
	*post = part(l, s->post, ROLE_SIGN);
	post->dx = MAX(x - 2 * CELL - post->line->used, 0);
	post->next = name.n ? memcpy(ARENA_NEW(l->a, struct seg), &person, sizeof person) : NULL;
	entry_line(l, SIZE_MAX, SIZE_3, *post)->stay = true;
	for (size_t i = 1; i < s->nnames; i++)
		put_name(l, s->names[i], x);
	entries_free(l, 1, true, true);
	if (s->date.n)
		put_at(l, date, ROOM - 4 * CELL - date.line->used);
}

void flow_sign(struct laying *l)
{
	const struct doc_sign *s = &l->d->sign;
	size_t from = l->n;

	if (s->nnames || s->date.n || s->post.n) {
		if (!l->d->nannexes)
			hold_two(l);
		if (s->seal == SEAL_STAMP)
			sign_stamp(l, s);
		else if (s->seal == SEAL_HAND)
			sign_hand(l, s);
		else
			sign_plain(l, s);
		if (!l->d->nannexes && from < l->n) {
			l->entries[from].stay = false;
			l->entries[from].held = true;
		}
	}
	if (l->d->postscript.n) {
		struct text t = text_of(l, l->d->postscript, FACE_FANG, SIZE_3);
		struct line_opt opt = {.width = ROOM, .first = 2 * CELL, .cell = CELL};
		struct line *lines;
		size_t n = text_lines(l, t, &opt, &lines);

		for (size_t i = 0; i < n; i++)
			entry_line(l, SIZE_MAX, SIZE_3,
				(struct seg){.atoms = t.atoms, .line = &lines[i], .role = ROLE_POSTSCRIPT})
				->stay = true;
	}
}
