/* Paragraphs and rows of a DOCX as they are put together out of its elements, and sent to the parent. */
#include "doc/docx_read_in.h"

/* ---- records ---- */

static void put_number(struct buf *b, uint32_t v)
{
	buf_put(b, (struct str){(const char *)&v, sizeof v});
}

static void put_text(struct buf *b, struct str s)
{
	put_number(b, (uint32_t)s.n);
	buf_put(b, s);
}

static void put_texts(struct buf *b, const struct str *s, size_t n)
{
	put_number(b, (uint32_t)n);
	for (size_t i = 0; i < n; i++)
		put_text(b, s[i]);
}

static void put_beside(struct buf *b, const struct beside *with)
{
	put_texts(b, with->marks, with->nmarks);
	put_texts(b, with->pictures, with->npictures);
}

static enum err_code send(struct body *b, struct err *err)
{
	if (b->record.over || b->row.over || b->cell.over || b->note.over)
		return fail(err, ERR_LIMIT, N_("a paragraph has more than %d bytes"), DOCX_PARA_BYTES);
	if (++b->items > DOCX_ITEMS)
		return fail(err, ERR_LIMIT, N_("more than %d paragraphs"), DOCX_ITEMS);
	return child_send(b->out, buf_str(&b->record), err);
}

static void sent(struct body *b)
{
	if (!b->nth && !b->nloose)
		arena_reset(&b->arena);
}

static enum err_code send_para(struct body *b, struct para *p, struct err *err)
{
	int outline;
	const struct docx_style *style = docx_style_of(b->styles, p->style, &outline);

	buf_reset(&b->record);
	buf_putc(&b->record, DOCX_RECORD_PARA);
	put_number(&b->record, (uint32_t)(p->outline ? p->outline : outline));
	put_text(&b->record, style ? style->name : p->style);
	put_text(&b->record, buf_str(&p->text));
	put_beside(&b->record, &p->with);
	TRY(send(b, err));
	sent(b);
	return OK;
}

/* ---- paragraphs ---- */

struct para *read_para(struct body *b)
{
	return &b->paras[b->nth];
}

void read_para_begin(struct body *b)
{
	struct para *p = read_para(b);

	if (!p->joined) {
		buf_reset(&p->text);
		p->text.over = false;
		p->with.nmarks = p->with.npictures = 0;
	}
	p->style = STR_NONE;
	p->outline = 0;
	p->open = true;
	p->joined = false;
	for (size_t i = 0; i < b->nloose && p->with.nmarks < DOCX_MARKS; i++)
		p->with.marks[p->with.nmarks++] = b->loose[i];
	b->nloose = 0;
}

static void of_the_row(struct body *b, const struct beside *with)
{
	struct beside *row = &b->row_with;

	for (size_t i = 0; i < with->nmarks && row->nmarks < DOCX_MARKS; i++)
		row->marks[row->nmarks++] = with->marks[i];
	for (size_t i = 0; i < with->npictures && row->npictures < DOCX_PICTURES; i++)
		row->pictures[row->npictures++] = with->pictures[i];
}

static void new_line(struct buf *b, bool *has)
{
	if (*has)
		buf_putc(b, '\n');
	*has = true;
}

enum err_code read_para_end(struct body *b, struct err *err)
{
	struct para *p = read_para(b);
	bool written = b->note.n > 0;

	p->open = false;
	if (p->joined)
		return OK;
	if (p->text.over)
		return fail(err, ERR_LIMIT, N_("a paragraph has more than %d bytes"), DOCX_PARA_BYTES);
	if (b->part != DOCX_BODY) {
		if (p->text.n)
			new_line(&b->note, &written);
		buf_put(&b->note, buf_str(&p->text));
		sent(b);
		return OK;
	}
	if (!b->tables)
		return send_para(b, p, err);
	new_line(&b->cell, &b->cell_has);
	buf_put(&b->cell, buf_str(&p->text));
	of_the_row(b, &p->with);
	return OK;
}

enum err_code read_joined_end(struct body *b, struct err *err)
{
	if (!read_para(b)->joined)
		return OK;
	read_para(b)->joined = false;
	return read_para_end(b, err);
}

/* A field's instructions are no text. */
static bool in_instructions(const struct body *b)
{
	for (size_t i = 0; i < b->fields; i++)
		if (!b->separate[i])
			return true;
	return false;
}

void read_text(struct body *b, struct str s)
{
	if (read_para(b)->open && !b->in_shape && !in_instructions(b))
		buf_put(&read_para(b)->text, s);
}

void read_mark(struct body *b, const char *name)
{
	struct para *p = read_para(b);
	struct str s = name ? str_c(name) : STR_NONE;

	if (!str_starts(s, S("zeren_")) || s.n > 40)
		return;
	if (p->open && p->with.nmarks < DOCX_MARKS)
		p->with.marks[p->with.nmarks++] = arena_str(&b->arena, s);
	else if (!p->open && b->nloose < DOCX_MARKS)
		b->loose[b->nloose++] = arena_str(&b->arena, s);
}

/* A shape with nothing but text boxes is these. */
void read_shape_end(struct body *b)
{
	struct para *p = read_para(b);
	const struct shape *s = &b->shapes[b->nth];

	if (p->open && (s->picture || !s->boxed) && p->with.npictures < DOCX_PICTURES)
		p->with.pictures[p->with.npictures++] = s->alt;
}

/* ---- tables ---- */

void read_row_begin(struct body *b)
{
	buf_reset(&b->row);
	b->ncells = 0;
	b->row_gone = false;
	b->row_with.nmarks = b->row_with.npictures = 0;
}

enum err_code read_cell_end(struct body *b, struct err *err)
{
	if (b->ncells == DOCX_CELLS)
		return fail(err, ERR_LIMIT, N_("a row of more than %d cells"), DOCX_CELLS);
	b->ncells++;
	put_text(&b->row, buf_str(&b->cell));
	return OK;
}

enum err_code read_row_end(struct body *b, struct err *err)
{
	buf_reset(&b->record);
	buf_putc(&b->record, DOCX_RECORD_ROW);
	put_number(&b->record, b->table);
	put_number(&b->record, b->ncells);
	buf_put(&b->record, buf_str(&b->row));
	put_beside(&b->record, &b->row_with);
	if (!b->row_gone && b->part == DOCX_BODY)
		TRY(send(b, err));
	sent(b);
	return OK;
}

/* ---- notes, remarks, headers ---- */

enum err_code read_note_end(struct body *b, struct err *err)
{
	struct str text = str_trim(buf_str(&b->note));

	if (text.n) {
		buf_reset(&b->record);
		buf_putc(&b->record, DOCX_RECORD_NOTE);
		put_number(&b->record, (uint32_t)b->part);
		put_text(&b->record, text);
		TRY(send(b, err));
	}
	buf_reset(&b->note);
	return OK;
}
