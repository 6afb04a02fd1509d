/* The main part of a DOCX: its paragraphs and rows, as they read with all tracked changes accepted. */
#include "doc/docx_read.h"

#include "base/buf.h"
#include "pack/child.h"
#include "pack/xml.h"

enum { FIELDS = 64, NESTED = 8 }; /* fields within fields; text boxes within text boxes */

enum element {
	EL_OTHER,
	EL_P,
	EL_PPR,
	EL_RPR,
	EL_R,
	EL_T,
	EL_TBL,
	EL_TR,
	EL_TRPR,
	EL_TC,
	EL_SHAPE,
	EL_BOX,
	EL_SKIP,
	EL_DEL,
	EL_TAB,
	EL_LINE,
	EL_HYPHEN,
	EL_FIELD,
	EL_PSTYLE,
	EL_LEVEL,
	EL_MARK,
	EL_NOTE,
	EL_BODY,
	EL_DOCUMENT
};

static const struct {
	const char *name;
	enum element el;
} names[] = {
	{"p", EL_P},
	{"pPr", EL_PPR},
	{"rPr", EL_RPR},
	{"r", EL_R},
	{"t", EL_T},
	{"tbl", EL_TBL},
	{"tr", EL_TR},
	{"trPr", EL_TRPR},
	{"tc", EL_TC},
	{"drawing", EL_SHAPE},
	{"pict", EL_SHAPE},
	{"object", EL_SHAPE},
	{"txbxContent", EL_BOX},
	{"Fallback", EL_SKIP},
	{"moveFrom", EL_SKIP},
	{"rt", EL_SKIP},
	{"sectPr", EL_SKIP},
	{"sdtPr", EL_SKIP},
	{"sdtEndPr", EL_SKIP},
	{"tblPr", EL_SKIP},
	{"tblGrid", EL_SKIP},
	{"tcPr", EL_SKIP},
	{"del", EL_DEL},
	{"tab", EL_TAB},
	{"br", EL_LINE},
	{"cr", EL_LINE},
	{"noBreakHyphen", EL_HYPHEN},
	{"fldChar", EL_FIELD},
	{"pStyle", EL_PSTYLE},
	{"outlineLvl", EL_LEVEL},
	{"bookmarkStart", EL_MARK},
	{"footnoteReference", EL_NOTE},
	{"endnoteReference", EL_NOTE},
	{"body", EL_BODY},
	{"document", EL_DOCUMENT},
};

struct para {
	struct buf text;
	struct str style; /* id */
	int outline; /* 0: none of its own; from 1 */
	struct str marks[DOCX_MARKS];
	size_t nmarks;
	bool open, joined; /* joined: its end was deleted, the next goes on with it */
};

struct body {
	const struct docx_styles_read *styles;
	struct child_out *out;
	struct arena arena; /* of marks, until they are sent */
	struct err *err;
	uint8_t el[XML_DEPTH + 2]; /* what is open */
	bool shape[XML_DEPTH + 2]; /* … stood in a shape before it */
	size_t depth, skip; /* skip: elements open within what is left out */
	bool in_shape, in_text;
	struct para paras[NESTED + 1]; /* the text's, those of text boxes in it */
	size_t nth; /* of paras */
	struct str loose[DOCX_MARKS]; /* marks between paragraphs: of the next one */
	size_t nloose;
	bool separate[FIELDS]; /* of each open field: its result has begun */
	size_t fields;
	size_t tables; /* within each other */
	struct buf row, cell;
	uint32_t ncells;
	bool row_gone, cell_has; /* the row was deleted; the cell has a paragraph already */
	struct buf record;
	size_t items;
	bool notes;
};

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

static enum err_code send(struct body *b, struct err *err)
{
	if (b->record.over || b->row.over || b->cell.over)
		return fail(err, ERR_LIMIT, N_("a paragraph has more than %d bytes"), DOCX_PARA_BYTES);
	if (++b->items > DOCX_ITEMS)
		return fail(err, ERR_LIMIT, N_("more than %d paragraphs"), DOCX_ITEMS);
	return child_send(b->out, buf_str(&b->record), err);
}

static enum err_code send_para(struct body *b, struct para *p, struct err *err)
{
	int outline;
	const struct docx_style *style = docx_style_of(b->styles, p->style, &outline);

	buf_reset(&b->record);
	buf_putc(&b->record, DOCX_RECORD_PARA);
	put_number(&b->record, (uint32_t)(p->outline ? p->outline : outline));
	put_text(&b->record, style ? style->name : p->style);
	put_number(&b->record, (uint32_t)p->nmarks);
	for (size_t i = 0; i < p->nmarks; i++)
		put_text(&b->record, p->marks[i]);
	put_text(&b->record, buf_str(&p->text));
	if (p->text.over)
		return fail(err, ERR_LIMIT, N_("a paragraph has more than %d bytes"), DOCX_PARA_BYTES);
	return send(b, err);
}

static enum err_code send_row(struct body *b, struct err *err)
{
	buf_reset(&b->record);
	buf_putc(&b->record, DOCX_RECORD_ROW);
	put_number(&b->record, b->ncells);
	buf_put(&b->record, buf_str(&b->row));
	return b->row_gone ? OK : send(b, err);
}

/* ---- paragraphs ---- */

static struct para *now(struct body *b)
{
	return &b->paras[b->nth];
}

static void para_begin(struct body *b)
{
	struct para *p = now(b);

	if (!p->joined) {
		buf_reset(&p->text);
		p->text.over = false;
		p->nmarks = 0;
	}
	p->style = STR_NONE;
	p->outline = 0;
	p->open = true;
	p->joined = false;
	for (size_t i = 0; i < b->nloose && p->nmarks < DOCX_MARKS; i++)
		p->marks[p->nmarks++] = b->loose[i];
	b->nloose = 0;
}

static enum err_code para_end(struct body *b, struct err *err)
{
	struct para *p = now(b);

	p->open = false;
	if (p->joined)
		return OK;
	if (!b->tables) {
		TRY(send_para(b, p, err));
		if (!b->nth && !b->nloose)
			arena_reset(&b->arena);
		return OK;
	}
	if (b->cell_has)
		buf_putc(&b->cell, '\n');
	b->cell_has = true;
	buf_put(&b->cell, buf_str(&p->text));
	if (p->text.over)
		return fail(err, ERR_LIMIT, N_("a paragraph has more than %d bytes"), DOCX_PARA_BYTES);
	return OK;
}

/* A paragraph whose end was deleted and that nothing follows. */
static enum err_code joined_end(struct body *b, struct err *err)
{
	if (!now(b)->joined)
		return OK;
	now(b)->joined = false;
	return para_end(b, err);
}

/* A field's instructions are no text. */
static bool in_instructions(const struct body *b)
{
	for (size_t i = 0; i < b->fields; i++)
		if (!b->separate[i])
			return true;
	return false;
}

static void add(struct body *b, struct str s)
{
	if (now(b)->open && !b->in_shape && !in_instructions(b))
		buf_put(&now(b)->text, s);
}

static enum err_code field(struct body *b, const char *type, struct err *err)
{
	if (!type || b->in_shape)
		return OK;
	if (!strcmp(type, "begin")) {
		if (b->fields == FIELDS)
			return fail(err, ERR_LIMIT, N_("more than %d fields within each other"), FIELDS);
		b->separate[b->fields++] = false;
	} else if (b->fields && !strcmp(type, "separate")) {
		b->separate[b->fields - 1] = true;
	} else if (b->fields && !strcmp(type, "end")) {
		b->fields--;
	}
	return OK;
}

static void mark(struct body *b, const char *name)
{
	struct para *p = now(b);
	struct str s = name ? str_c(name) : STR_NONE;

	if (!str_starts(s, S("zeren_")) || s.n > 40)
		return;
	if (p->open && p->nmarks < DOCX_MARKS)
		p->marks[p->nmarks++] = arena_str(&b->arena, s);
	else if (!p->open && b->nloose < DOCX_MARKS)
		b->loose[b->nloose++] = arena_str(&b->arena, s);
}

/* ---- elements ---- */

static enum element find(const char *name)
{
	size_t n = strlen(name);

	if (n > 6 && !strcmp(name + n - 6, "Change")) /* what was before a change of format */
		return EL_SKIP;
	for (size_t i = 0; i < LEN(names); i++)
		if (!strcmp(names[i].name, name))
			return names[i].el;
	return EL_OTHER;
}

static void level(struct body *b, const char *val)
{
	if (val && val[0] >= '0' && val[0] <= '8' && !val[1])
		now(b)->outline = val[0] - '0' + 1;
}

static enum err_code box_begin(struct body *b, struct err *err)
{
	if (b->nth == NESTED)
		return fail(err, ERR_LIMIT, N_("more than %d text boxes within each other"), NESTED);
	b->nth++;
	b->paras[b->nth].open = b->paras[b->nth].joined = false;
	b->in_shape = false;
	return OK;
}

/* Del around runs: what was deleted. In the properties of a paragraph's end or of a row: that is gone. */
static void deleted(struct body *b, enum element parent)
{
	if (parent == EL_RPR && b->depth >= 3 && b->el[b->depth - 3] == EL_PPR)
		now(b)->joined = true;
	else if (parent == EL_TRPR)
		b->row_gone = b->row_gone || b->tables == 1;
	else
		b->skip = 1;
}

static enum err_code begin(struct body *b, enum element el, enum element parent, const char **attrs, struct err *err)
{
	const char *val = xml_attr(attrs, "val"), *type = xml_attr(attrs, "type");
	int ignored;
	const struct docx_style *style;

	switch (el) {
	case EL_SKIP:
		b->skip = 1;
		break;
	case EL_DEL:
		deleted(b, parent);
		break;
	case EL_SHAPE:
		b->in_shape = true;
		break;
	case EL_BOX:
		return box_begin(b, err);
	case EL_P:
		if (!b->in_shape)
			para_begin(b);
		break;
	case EL_T:
		b->in_text = true;
		break;
	case EL_TAB:
	case EL_LINE:
		if (parent == EL_R && (!type || !strcmp(type, "textWrapping")))
			add(b, el == EL_TAB ? S("\t") : S("\n"));
		break;
	case EL_HYPHEN:
		add(b, S("-"));
		break;
	case EL_FIELD:
		return field(b, xml_attr(attrs, "fldCharType"), err);
	case EL_PSTYLE:
		style = val ? docx_style_of(b->styles, str_c(val), &ignored) : NULL;
		if (parent == EL_PPR && style && now(b)->open)
			now(b)->style = style->id;
		break;
	case EL_LEVEL:
		if (parent == EL_PPR && now(b)->open)
			level(b, val);
		break;
	case EL_MARK:
		mark(b, xml_attr(attrs, "name"));
		break;
	case EL_NOTE:
		b->notes = true;
		break;
	case EL_TBL:
		b->tables++;
		break;
	case EL_TR:
		if (b->tables == 1) {
			buf_reset(&b->row);
			b->ncells = 0;
			b->row_gone = false;
		}
		break;
	case EL_TC:
		if (b->tables == 1) {
			buf_reset(&b->cell);
			b->cell_has = false;
		}
		break;
	default:
		break;
	}
	return OK;
}

static enum err_code on_start(void *ctx, const char *name, const char **attrs, struct err *err)
{
	struct body *b = ctx;
	enum element el = b->skip ? EL_OTHER : find(name), parent = b->depth ? b->el[b->depth - 1] : EL_OTHER;

	if (b->skip) {
		b->skip++;
		return OK;
	}
	if (!b->depth && el != EL_DOCUMENT)
		return fail(
			err, ERR_INPUT, N_("not a document (it begins with <" STR_FMT ">)"), STR_ARG(xml_brief(name)));
	b->el[b->depth] = (uint8_t)el;
	b->shape[b->depth] = b->in_shape;
	b->depth++;
	return begin(b, el, parent, attrs, err);
}

static enum err_code end(struct body *b, enum element el, struct err *err)
{
	switch (el) {
	case EL_P:
		return b->in_shape || !(now(b)->open) ? OK : para_end(b, err);
	case EL_T:
		b->in_text = false;
		return OK;
	case EL_BOX:
		TRY(joined_end(b, err));
		b->nth--;
		return OK;
	case EL_TC:
		TRY(joined_end(b, err));
		if (b->tables != 1)
			return OK;
		if (b->ncells == DOCX_CELLS)
			return fail(err, ERR_LIMIT, N_("a row of more than %d cells"), DOCX_CELLS);
		b->ncells++;
		put_text(&b->row, buf_str(&b->cell));
		return OK;
	case EL_TR:
		return b->tables == 1 ? send_row(b, err) : OK;
	case EL_TBL:
		b->tables--;
		return OK;
	case EL_BODY:
		return joined_end(b, err);
	default:
		return OK;
	}
}

static enum err_code on_end(void *ctx, const char *name, struct err *err)
{
	struct body *b = ctx;
	enum element el;

	if (b->skip > 1) {
		b->skip--;
		return OK;
	}
	b->skip = 0;
	b->depth--;
	el = (enum element)b->el[b->depth];
	TRY(end(b, el, err));
	b->in_shape = b->shape[b->depth];
	return OK;
}

static enum err_code on_text(void *ctx, struct str text, struct err *err)
{
	struct body *b = ctx;

	if (b->in_text && !b->skip)
		add(b, text);
	return OK;
}

static void done(struct body *b)
{
	for (size_t i = 0; i < LEN(b->paras); i++)
		buf_free(&b->paras[i].text);
	buf_free(&b->row);
	buf_free(&b->cell);
	buf_free(&b->record);
	arena_free(&b->arena);
}

enum err_code docx_read_body(
	struct unzip *z, struct str part, const struct docx_styles_read *styles, struct child_out *out, struct err *err)
{
	static const struct xml_on on = {on_start, on_end, on_text};
	struct body b CLEANUP(done) = {.styles = styles,
		.out = out,
		.row = BUF_MAX(DOCX_PARA_BYTES),
		.cell = BUF_MAX(DOCX_PARA_BYTES),
		.record = BUF_MAX(2 * DOCX_PARA_BYTES)};

	for (size_t i = 0; i < LEN(b.paras); i++)
		b.paras[i].text.max = DOCX_PARA_BYTES;
	TRY(xml_member(z, part, &on, &b, err));
	if (!b.notes)
		return OK;
	return child_send(out, (struct str){(const char[]){DOCX_RECORD_NOTES}, 1}, err);
}
