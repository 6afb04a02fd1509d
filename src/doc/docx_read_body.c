/* A part of a DOCX by its elements, as it reads with all tracked changes accepted. */
#include "doc/docx_read_in.h"

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
	EL_ALT,
	EL_PICTURE,
	EL_NOTE,
	EL_BODY,
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
	{"docPr", EL_ALT},
	{"blip", EL_PICTURE},
	{"imagedata", EL_PICTURE},
	{"footnote", EL_NOTE},
	{"endnote", EL_NOTE},
	{"comment", EL_NOTE},
	{"body", EL_BODY},
};

static const char *const roots[DOCX_PARTS] = {"document", "footnotes", "endnotes", "comments", "hdr", "ftr"};

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
		read_para(b)->outline = val[0] - '0' + 1;
}

static enum err_code box_begin(struct body *b, struct err *err)
{
	if (b->nth == NESTED)
		return fail(err, ERR_LIMIT, N_("more than %d text boxes within each other"), NESTED);
	b->shapes[b->nth].boxed = true;
	b->nth++;
	b->paras[b->nth].open = b->paras[b->nth].joined = false;
	b->in_shape = false;
	return OK;
}

/* Del around runs: what was deleted. In the properties of a paragraph's end or of a row: that is gone. */
static void deleted(struct body *b, enum element parent)
{
	if (parent == EL_RPR && b->depth >= 3 && b->el[b->depth - 3] == EL_PPR)
		read_para(b)->joined = true;
	else if (parent == EL_TRPR)
		b->row_gone = b->row_gone || b->tables == 1;
	else
		b->skip = 1;
}

static void shape_begin(struct body *b, enum element el, const char **attrs)
{
	switch (el) {
	case EL_SHAPE:
		if (!b->in_shape)
			b->shapes[b->nth] = (struct shape){0};
		b->in_shape = true;
		break;
	case EL_ALT:
		if (b->in_shape && xml_attr(attrs, "descr"))
			b->shapes[b->nth].alt = arena_str(&b->arena, str_c(xml_attr(attrs, "descr")));
		break;
	case EL_PICTURE:
		b->shapes[b->nth].picture = b->shapes[b->nth].picture || b->in_shape;
		break;
	default:
		break;
	}
}

static void table_begin(struct body *b, enum element el)
{
	switch (el) {
	case EL_TBL:
		b->table += !b->tables++;
		break;
	case EL_TR:
		if (b->tables == 1)
			read_row_begin(b);
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
	case EL_BOX:
		return box_begin(b, err);
	case EL_P:
		if (!b->in_shape)
			read_para_begin(b);
		break;
	case EL_T:
		b->in_text = true;
		break;
	case EL_TAB:
	case EL_LINE:
		if (parent == EL_R && (!type || !strcmp(type, "textWrapping")))
			read_text(b, el == EL_TAB ? S("\t") : S("\n"));
		break;
	case EL_HYPHEN:
		read_text(b, S("-"));
		break;
	case EL_FIELD:
		return field(b, xml_attr(attrs, "fldCharType"), err);
	case EL_PSTYLE:
		style = val ? docx_style_of(b->styles, str_c(val), &ignored) : NULL;
		if (parent == EL_PPR && style && read_para(b)->open)
			read_para(b)->style = style->id;
		break;
	case EL_LEVEL:
		if (parent == EL_PPR && read_para(b)->open)
			level(b, val);
		break;
	case EL_MARK:
		read_mark(b, xml_attr(attrs, "name"));
		break;
	default:
		shape_begin(b, el, attrs);
		table_begin(b, el);
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
	if (!b->depth && strcmp(name, roots[b->part]) != 0)
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
		return b->in_shape || !read_para(b)->open ? OK : read_para_end(b, err);
	case EL_T:
		b->in_text = false;
		return OK;
	case EL_SHAPE:
		if (!b->shape[b->depth])
			read_shape_end(b);
		return OK;
	case EL_BOX:
		TRY(read_joined_end(b, err));
		b->nth--;
		return OK;
	case EL_TC:
		TRY(read_joined_end(b, err));
		return b->tables == 1 ? read_cell_end(b, err) : OK;
	case EL_TR:
		return b->tables == 1 ? read_row_end(b, err) : OK;
	case EL_TBL:
		b->tables--;
		return OK;
	case EL_BODY:
		return read_joined_end(b, err);
	case EL_NOTE:
		TRY(read_joined_end(b, err));
		return read_note_end(b, err);
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
		read_text(b, text);
	return OK;
}

static void done(struct body *b)
{
	for (size_t i = 0; i < LEN(b->paras); i++)
		buf_free(&b->paras[i].text);
	buf_free(&b->row);
	buf_free(&b->cell);
	buf_free(&b->record);
	buf_free(&b->note);
	arena_free(&b->arena);
}

enum err_code docx_read_part(struct unzip *z, struct str name, enum docx_part part,
	const struct docx_styles_read *styles, struct child_out *out, struct err *err)
{
	static const struct xml_on on = {on_start, on_end, on_text};
	struct body b CLEANUP(done) = {.part = part,
		.styles = styles,
		.out = out,
		.row = BUF_MAX(DOCX_PARA_BYTES),
		.cell = BUF_MAX(DOCX_PARA_BYTES),
		.note = BUF_MAX(DOCX_PARA_BYTES),
		.record = BUF_MAX(2 * DOCX_PARA_BYTES)};

	for (size_t i = 0; i < LEN(b.paras); i++)
		b.paras[i].text.max = DOCX_PARA_BYTES;
	TRY(xml_member(z, name, &on, &b, err));
	TRY(read_joined_end(&b, err));
	return read_note_end(&b, err); /* of a header: all of it */
}
