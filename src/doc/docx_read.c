#include "doc/docx_read.h"

#include "base/file.h"
#include "pack/child.h"
#include "pack/opc.h"
#include "text/nfc.h"

#include <unistd.h>

enum { ENTRIES = 20000, HEAD = 512 };

/* ---- the child ---- */

static bool has(struct str head, const char *what)
{
	return str_has(head, str_c(what));
}

/* What a file that is no ZIP is instead, where that is plain. */
static enum err_code neither(struct str head, struct err *err)
{
	if (str_starts(head, S("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")))
		return fail(err, ERR_INPUT,
			N_("an old .doc document, or one with a password: "
			   "open it and save it as .docx without a password"));
	if (str_starts(head, S("%PDF")))
		return fail(err, ERR_INPUT, N_("a PDF: what was edited is wanted, as .docx"));
	if (str_starts(head, S("{\\rtf")))
		return fail(err, ERR_INPUT, N_("a Rich Text file: open it and save it as .docx"));
	if (has(head, "<html") || has(head, "<HTML"))
		return fail(err, ERR_INPUT, N_("a web page with the name of a document: open it and save it as .docx"));
	if (!head.n)
		return fail(err, ERR_INPUT, N_("the file is empty"));
	return fail(err, ERR_INPUT, N_("not a .docx document"));
}

/* Other kinds of ZIP. */
static enum err_code no_document(const struct unzip *z, struct str part, struct err *err)
{
	if (str_starts(part, S("xl/")))
		return fail(err, ERR_INPUT, N_("a workbook, not a document"));
	if (str_starts(part, S("ppt/")))
		return fail(err, ERR_INPUT, N_("a presentation, not a document"));
	if (unzip_has(z, S("content.xml")) && unzip_has(z, S("mimetype")))
		return fail(err, ERR_INPUT, N_("an OpenDocument file: save it as .docx"));
	return fail(err, ERR_INPUT, N_("a ZIP archive without a document in it"));
}

/* What stands beside the text, a part after the other. */
static enum err_code parse_notes(struct unzip *z, const struct opc_rels *rels, const struct docx_styles_read *styles,
	struct child_out *out, struct err *err)
{
	static const char *const types[DOCX_PARTS] = {
		NULL, "footnotes", "endnotes", "comments", "header", "footer"};

	for (size_t i = 0; i < rels->n; i++)
		for (int part = DOCX_BODY + 1; part < DOCX_PARTS; part++)
			if (str_is(rels->items[i].type, types[part]) && unzip_has(z, rels->items[i].part))
				TRY(docx_read_part(z, rels->items[i].part, (enum docx_part)part, styles, out, err));
	return OK;
}

static enum err_code parse_parts(struct arena *a, struct unzip *z, struct child_out *out, struct err *err)
{
	struct docx_styles_read styles = {.arena = a};
	struct opc_rels rels;
	const struct opc_rel *rel;
	struct str main_part;

	TRY(opc_rels(a, z, S(""), &rels, err));
	rel = opc_by_type(&rels, "officeDocument");
	main_part = rel && rel->part.n ? rel->part : S("word/document.xml");
	if (str_starts(main_part, S("xl/")) || str_starts(main_part, S("ppt/")) || !unzip_has(z, main_part))
		return no_document(z, main_part, err);
	TRY(opc_rels(a, z, main_part, &rels, err));
	rel = opc_by_type(&rels, "styles");
	if (rel && rel->part.n && unzip_has(z, rel->part))
		TRY(docx_read_styles(z, rel->part, &styles, err));
	TRY(docx_read_part(z, main_part, DOCX_BODY, &styles, out, err));
	return parse_notes(z, &rels, &styles, out, err);
}

static enum err_code parse(void *ctx, int fd, struct child_out *out, struct err *err)
{
	static const struct unzip_limits limits = {DOCX_FILE_BYTES, ENTRIES, DOCX_INFLATED};
	struct arena a CLEANUP(arena_free) = ARENA_INIT;
	CLEANUP(unzip_free) struct unzip *z = NULL;
	char bytes[HEAD];
	ssize_t n = pread(fd, bytes, sizeof bytes, 0);
	struct str head = {bytes, n > 0 ? (size_t)n : 0};

	if (n < 0)
		return fail_errno(err, N_("the file cannot be read"));
	if (!str_starts(head, S("PK\3\4")) && !str_starts(head, S("PK\5\6")))
		return neither(head, err);
	TRY(unzip_open(fd, limits, &z, err));
	return parse_parts(&a, z, out, err);
}

/* ---- the parent: every record is checked as if the child were hostile ---- */

struct taking {
	struct arena *a;
	struct docx_text *out;
	struct err *err;
	struct str rest; /* of the record */
	bool bad;
};

static uint32_t get_number(struct taking *t)
{
	uint32_t v = 0;

	if (t->rest.n < sizeof v) {
		t->bad = true;
		return 0;
	}
	memcpy(&v, t->rest.p, sizeof v);
	t->rest = str_sub(t->rest, sizeof v, t->rest.n);
	return v;
}

static struct str get_text(struct taking *t)
{
	size_t n = get_number(t);
	struct str s;

	if (t->bad || n > t->rest.n || (n && memchr(t->rest.p, 0, n))) {
		t->bad = true;
		return STR_NONE;
	}
	s = arena_str(t->a, str_sub(t->rest, 0, n));
	t->rest = str_sub(t->rest, n, t->rest.n);
	if (nfc(t->a, s, &s, t->err) != OK)
		t->bad = true;
	return s;
}

static struct str *get_texts(struct taking *t, size_t *n, size_t most)
{
	struct str *out;

	*n = get_number(t);
	if (*n > most)
		t->bad = true;
	if (t->bad)
		*n = 0;
	out = ARENA_ARRAY(t->a, struct str, *n);
	for (size_t i = 0; i < *n && !t->bad; i++)
		out[i] = get_text(t);
	return out;
}

static void take_item(struct taking *t, struct docx_item *it)
{
	if (it->row) {
		it->table = get_number(t);
		it->cells = get_texts(t, &it->ncells, DOCX_CELLS);
	} else {
		it->outline = (int)get_number(t);
		it->style = get_text(t);
		it->text = get_text(t);
	}
	it->marks = get_texts(t, &it->nmarks, DOCX_MARKS);
	it->pictures = get_texts(t, &it->npictures, DOCX_PICTURES);
	t->bad = t->bad || it->outline < 0 || it->outline > 9;
}

static void take_note(struct taking *t, struct docx_note *note)
{
	uint32_t part = get_number(t);

	t->bad = t->bad || part <= DOCX_BODY || part >= DOCX_PARTS;
	note->part = t->bad ? DOCX_FOOTNOTES : (enum docx_part)part;
	note->text = get_text(t);
}

static enum err_code take(void *ctx, struct str record, struct err *err)
{
	struct taking *t = ctx;
	struct docx_text *out = t->out;
	char kind = record.n ? record.p[0] : 0;

	t->err = err;
	t->rest = str_sub(record, 1, record.n);
	if (out->n + out->nnotes >= DOCX_ITEMS) {
		t->bad = true;
	} else if (kind == DOCX_RECORD_NOTE) {
		take_note(t, ARENA_PUSH(t->a, out->notes, out->nnotes, out->notes_cap));
	} else if (kind == DOCX_RECORD_PARA || kind == DOCX_RECORD_ROW) {
		struct docx_item *it = ARENA_PUSH(t->a, out->p, out->n, out->cap);

		it->row = kind == DOCX_RECORD_ROW;
		take_item(t, it);
	} else {
		t->bad = true;
	}
	TRY(err->code);
	if (t->bad || t->rest.n)
		return fail(err, ERR_INPUT, N_("the reader of the file answered nonsense"));
	return OK;
}

enum err_code docx_read(struct arena *a, const char *path, struct docx_text *out, struct err *err)
{
	static const struct child_limits limits = {
		.record_bytes = 2 * DOCX_PARA_BYTES,
		.total_bytes = 2 * (size_t)DOCX_TEXT,
		.memory_bytes = (size_t)1 << 30,
		.cpu_seconds = 30,
	};
	struct taking t = {.a = a, .out = out};

	*out = (struct docx_text){.name = arena_str(a, path_base(str_c(path)))};
	return child_run(path, parse, NULL, take, &t, limits, err);
}
