/* Documents from JSON onto paper, for tests/layout and for trying things by hand.
 *
 *   doc_driver -f pdf,ofd,docx,laid,html,md,txt,png,lay -o FOLDER [-d DPI] [-F FONTS] [FILE | -]…
 *
 * A FILE holds one document; `-` (or none) stands for standard input with a document a line. Written are FOLDER/NAME.pdf
 * and so on (NAME-1.png … for pages; NAME.lay.json what stands where; laid: a NAME.docx that knows the layout), NAME
 * being the document's "name" or that of the file. For each document one line of JSON comes out: {"name", "pages",
 * "lines": {"full": 12, …}, "warnings": [{"text", "block"}], "us": {"layout": …, "pdf": …}} or {"name", "error", "code"}.
 * Keys of a document are those of doc/doc.h:
 *
 *   {"name", "title", "lang", "author", "subject", "grid": "ink" | "box", "at": µs, "code",
 *    "head": {"form": "plain" | "red" | "letter" | "order" | "minutes", "copy_no", "secrecy", "urgency", "mark", "number", "signers": []},
 *    "blocks": [{"kind": "title" | "addressee" | "h1" … "h4" | "body" | "note" | "caption" | "table" | "picture" | "source" |
 *                        "annex" | "annex_h",
 *                "id", "text" or "runs": [{"text", "face": "fang" | "kai" | "hei" | "song" | "biao", "mark", "link", "hint"}],
 *                "table": {"ncols", "widths": [nm], "nheads", "rows": [["cell" | {"text", "cols", "rows", "align"}]]},
 *                "picture": {"png": file, "width", "height": nm, "alt"}, "number", "landscape"}],
 *    "annexes": [], "sign": {"names": [], "post", "date", "seal": "none" | "stamp" | "hand"}, "postscript", "present", "absent", "guests",
 *    "colophon": {"copies", "issuer", "date"}, "keep": []} */
#include "base/file.h"
#include "base/utf8.h"
#include "doc/docx.h"
#include "text/json.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#define LIST(...) (const char *const[]){__VA_ARGS__, NULL}

static const char *const kinds[] = {"title", "addressee", "h1", "h2", "h3", "h4", "body", "note", "caption", "table",
	"picture", "source", "annex", "annex_h", NULL};

static const char *formats, *folder = ".", *font_dirs[2];
static int dpi = 100;

/* Which of the words a key's value is; the first when the key is absent. */
static int word_of(const struct node *map, const char *key, const char *const *words, struct err *err)
{
	const struct node *n = node_get(map, str_c(key));

	for (int i = 0; n && words[i]; i++)
		if (str_is(n->text, words[i]))
			return i;
	if (n)
		(void)fail(err, ERR_INPUT, "line %d: %s: no such word: " STR_FMT, n->line, key, STR_ARG(n->text));
	return 0;
}

static struct str *texts_of(struct arena *a, const struct node *list, size_t *n)
{
	*n = list ? list->n : 0;
	struct str *out = ARENA_ARRAY(a, struct str, *n);

	for (size_t i = 0; i < *n; i++)
		out[i] = list->items[i]->text;
	return out;
}

static void head_of(struct doc *d, const struct node *n, struct err *err)
{
	d->head = (struct doc_head){
		.form = (enum doc_form)word_of(n, "form", LIST("plain", "red", "letter", "order", "minutes"), err),
		.copy_no = NODE_GET(n, "copy_no") ? node_text(n, S("copy_no")) : STR_NONE,
		.secrecy = node_text(n, S("secrecy")),
		.urgency = node_text(n, S("urgency")),
		.mark = node_text(n, S("mark")),
		.number = node_text(n, S("number")),
	};
	d->head.signers = texts_of(d->arena, NODE_GET(n, "signers"), &d->head.nsigners);
}

static void runs_of(struct doc *d, struct doc_block *b, const struct node *n, struct err *err)
{
	const struct node *runs = NODE_GET(n, "runs");

	if (NODE_GET(n, "text"))
		doc_run(d, b, (struct doc_run){.text = node_text(n, S("text"))});
	for (size_t i = 0; runs && i < runs->n; i++) {
		const struct node *r = runs->items[i];

		doc_run(d, b, (struct doc_run){
			.text = node_text(r, S("text")),
			.link = node_text(r, S("link")),
			.hint = node_text(r, S("hint")),
			.face = (enum doc_face)word_of(r, "face", LIST("block", "fang", "kai", "hei", "song", "biao"), err),
			.mark = (enum doc_mark)word_of(r, "mark", LIST("none", "figure", "field", "own", "hidden", "kept"), err),
		});
	}
}

static enum err_code table_of(struct doc *d, struct doc_block *b, const struct node *n, struct err *err)
{
	const struct node *rows = NODE_GET(n, "rows"), *widths = NODE_GET(n, "widths");
	struct doc_table *t = ARENA_NEW(d->arena, struct doc_table);

	b->table = t;
	t->ncols = (size_t)node_int(n, S("ncols"), 0);
	for (size_t i = 0; rows && i < rows->n && !t->ncols; i++)
		t->ncols = rows->items[i]->n;
	t->nheads = (size_t)node_int(n, S("nheads"), 0);
	if (widths) {
		t->widths = ARENA_ARRAY(d->arena, int32_t, t->ncols);
		for (size_t i = 0; i < widths->n && i < t->ncols; i++)
			t->widths[i] = (int32_t)widths->items[i]->num;
	}
	for (size_t i = 0; rows && i < rows->n; i++) {
		const struct node *row = rows->items[i];
		struct doc_cell *cells = doc_row(d, t, STR_NONE);

		if (row->n > t->ncols)
			return fail(err, ERR_INPUT, "line %d: more cells than columns", row->line);
		for (size_t k = 0; k < row->n; k++) {
			const struct node *c = row->items[k];

			cells[k] = c->kind != NODE_MAP ? (struct doc_cell){.text = c->text} : (struct doc_cell){
				.text = node_text(c, S("text")),
				.cols = (int)node_int(c, S("cols"), 0),
				.rows = (int)node_int(c, S("rows"), 0),
				.align = (enum doc_align)word_of(c, "align", LIST("auto", "left", "centre", "right"), err),
			};
		}
	}
	return err->code;
}

static enum err_code picture_of(struct doc *d, struct doc_block *b, const struct node *n, struct err *err)
{
	struct doc_picture *p = ARENA_NEW(d->arena, struct doc_picture);

	b->picture = p;
	p->alt = node_text(n, S("alt"));
	p->width = (int32_t)node_int(n, S("width"), 0);
	p->height = (int32_t)node_int(n, S("height"), 0);
	return file_read(d->arena, node_text(n, S("png")).p, DOC_BYTES, &p->png, err);
}

static enum err_code doc_of(struct arena *a, const struct node *n, struct doc **out, struct err *err)
{
	struct doc *d = doc_new(a, node_text(n, S("title")), NODE_GET(n, "lang") ? node_text(n, S("lang")) : S("zh-CN"));
	const struct node *blocks = NODE_GET(n, "blocks"), *sign = NODE_GET(n, "sign"), *foot = NODE_GET(n, "colophon");

	d->author = node_text(n, S("author"));
	d->subject = node_text(n, S("subject"));
	d->grid = (enum doc_grid)word_of(n, "grid", LIST("ink", "box"), err);
	d->at = node_int(n, S("at"), 0);
	d->code = node_text(n, S("code"));
	d->postscript = node_text(n, S("postscript"));
	d->present = (struct doc_present){node_text(n, S("present")), node_text(n, S("absent")), node_text(n, S("guests"))};
	d->annexes = texts_of(a, NODE_GET(n, "annexes"), &d->nannexes);
	d->keep = texts_of(a, NODE_GET(n, "keep"), &d->nkeep);
	d->colophon = (struct doc_colophon){
		node_text(foot, S("copies")), node_text(foot, S("issuer")), node_text(foot, S("date"))};
	d->sign.names = texts_of(a, NODE_GET(sign, "names"), &d->sign.nnames);
	d->sign.post = node_text(sign, S("post"));
	d->sign.date = node_text(sign, S("date"));
	d->sign.seal = (enum doc_seal)word_of(sign, "seal", LIST("none", "stamp", "hand"), err);
	if (NODE_GET(n, "head"))
		head_of(d, NODE_GET(n, "head"), err);
	for (size_t i = 0; blocks && i < blocks->n; i++) {
		const struct node *from = blocks->items[i];
		struct doc_block *b = doc_block(d, (enum doc_kind)word_of(from, "kind", kinds, err), node_text(from, S("id")));

		b->number = node_text(from, S("number"));
		b->landscape = node_true(from, S("landscape"));
		runs_of(d, b, from, err);
		if (b->kind == DOC_TABLE)
			TRY(table_of(d, b, NODE_GET(from, "table"), err));
		if (b->kind == DOC_PICTURE)
			TRY(picture_of(d, b, NODE_GET(from, "picture"), err));
	}
	TRY(err->code);
	*out = d;
	return OK;
}

/* ---- out */

static bool wants(const char *what)
{
	struct str rest = str_c(formats), part;

	while (str_cut(&rest, S(","), &part))
		if (str_is(part, what))
			return true;
	return false;
}

static enum err_code put(struct arena *a, struct str name, const char *end, struct str bytes, struct err *err)
{
	struct str path = arena_printf(a, "%s/" STR_FMT "%s", folder, STR_ARG(name), end);
	FILE *f = fopen(path.p, "wb");

	if (!f)
		return fail_errno(err, "%s", path.p);
	bool good = !bytes.n || fwrite(bytes.p, 1, bytes.n, f) == bytes.n;

	return fclose(f) || !good ? fail_errno(err, "%s", path.p) : OK;
}

static int64_t clock_us(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

static void time_put(struct arena *a, struct node *us, struct str key, int64_t *since)
{
	int64_t now = clock_us();

	node_set(a, us, key, node_num(a, now - *since));
	*since = clock_us();
}

static enum err_code write_tree(
	struct arena *a, const struct doc *d, struct str name, struct node *us, struct err *err)
{
	static const struct {
		const char *what, *end;
		void (*write)(const struct doc *d, struct buf *out);
	} writers[] = {{"html", ".html", doc_html}, {"md", ".md", doc_markdown}, {"txt", ".txt", doc_text}};
	int64_t since = clock_us();

	for (size_t i = 0; i < sizeof writers / sizeof *writers; i++) {
		if (!wants(writers[i].what))
			continue;
		CLEANUP(buf_free) struct buf out = BUF_MAX(DOC_BYTES);

		writers[i].write(d, &out);
		time_put(a, us, str_c(writers[i].what), &since);
		TRY(put(a, name, writers[i].end, buf_str(&out), err));
	}
	if (wants("docx")) {
		struct str bytes;

		since = clock_us();
		TRY(doc_docx(d, a, &bytes, err));
		time_put(a, us, S("docx"), &since);
		TRY(put(a, name, ".docx", bytes, err));
	}
	return OK;
}

#include "doc_driver_paper.h"

static enum err_code one(struct arena *a, struct node *said, const struct node *n, struct str name, struct err *err)
{
	struct doc *d;
	struct node *us = node_map(a);

	TRY(doc_of(a, n, &d, err));
	TRY(write_tree(a, d, name, us, err));
	TRY(write_paper(a, d, name, said, us, err));
	node_set(a, said, S("us"), us);
	return OK;
}

/* One document's text; false when it failed. */
static bool doc_text_to_files(struct str text, const char *file)
{
	struct arena a = ARENA_INIT;
	struct err err = {.lang = LANG_EN};
	struct node *said = node_map(&a), *n = NULL;
	struct str name = S("doc");
	CLEANUP(buf_free) struct buf out = BUF_MAX(DOC_BYTES);

	if (file) {
		const char *slash = strrchr(file, '/');

		name = str_c(slash ? slash + 1 : file);
		if (str_ends(name, S(".json")))
			name.n -= 5;
	}
	if (json_read(&a, text, (struct json_opt){0}, &n, &err) == OK && NODE_GET(n, "name"))
		name = node_text(n, S("name"));
	node_set(&a, said, S("name"), node_str(&a, name));
	if (err.code != OK || one(&a, said, n, name, &err) != OK) {
		node_set(&a, said, S("error"), node_str(&a, str_c(err.text)));
		node_set(&a, said, S("code"), node_str(&a, str_c(err_name(err.code))));
	}
	struct err no = {0};

	if (json_canon(&out, said, &no) != OK)
		fprintf(stderr, "%s\n", no.text);
	printf("%s\n", out.p ? out.p : "{}");
	fflush(stdout);
	arena_free(&a);
	return err.code == OK;
}

static bool lines_in(void)
{
	char *line = NULL;
	size_t cap = 0;
	ssize_t n;
	bool good = true;

	while ((n = getline(&line, &cap, stdin)) > 0)
		good = doc_text_to_files((struct str){line, (size_t)n}, NULL) && good;
	free(line);
	return good;
}

int main(int argc, char **argv)
{
	bool good = true;

	formats = "pdf";
	for (int c; (c = getopt(argc, argv, "f:o:d:F:")) != -1;) {
		if (c == 'f')
			formats = optarg;
		else if (c == 'o')
			folder = optarg;
		else if (c == 'd')
			dpi = (int)strtol(optarg, NULL, 10);
		else if (c == 'F')
			font_dirs[0] = optarg;
		else
			return 2;
	}
	if (optind == argc)
		good = lines_in();
	for (int i = optind; i < argc; i++) {
		struct arena a = ARENA_INIT;
		struct err err = {.lang = LANG_EN};
		struct str text;

		if (!strcmp(argv[i], "-")) {
			good = lines_in() && good;
			continue;
		}
		if (file_read(&a, argv[i], JSON_BYTES, &text, &err) == OK)
			good = doc_text_to_files(text, argv[i]) && good;
		else {
			fprintf(stderr, "%s\n", err.text);
			good = false;
		}
		arena_free(&a);
	}
	return good ? 0 : 1;
}
