/* The page compiler, inside: pagec.c (head of a page, program), pagec_html.c (markup), pagec_code.c (what stands in
 * {{ }}), pagec_read.c (words, quotes, errors). One pass, no tree: markup goes to `lit`, which is written out as one
 * html_lit call when C has to come between. Open elements and open blocks lie on two stacks; a block ends among the
 * elements it began among, so each branch is whole by itself. */
#ifndef TOOLS_PAGEC_H
#define TOOLS_PAGEC_H

#include "base/buf.h"
#include "base/err.h"

enum {
	PAGE_BYTES = 256 << 10, CODE_BYTES = 8 << 20,
	ELEMENTS = 64, BLOCKS = 32, ATTRS = 32, NESTED = 8     /* how deep; how many in a tag; expressions in another */
};

enum where { TEXT, TAG, VALUE, SEGMENT, QUERY, WHOLE };     /* SEGMENT, QUERY: behind the / or ? of an address */

struct element {
	struct str tag;
	size_t at, blocks;
	bool post, csrf;       /* a form: sends by POST; has its token */
};

struct block {
	size_t at, elements;
	enum where where;
	struct str item;       /* of a {{for}} */
	int id, branch;
	bool last;             /* behind else or empty */
};

struct attr {
	struct str name, value;
	size_t at;
	bool literal, words;   /* no {{ }} in it; letters of its own */
	int block, branch;
};

struct page {
	struct str name, text;              /* "pages/x.html" */
	size_t at;
	struct err *err;
	struct buf *code, lit;
	struct element elements[ELEMENTS];
	struct block blocks[BLOCKS];
	struct attr attrs[ATTRS];           /* of the tag being read */
	size_t n_elements, n_blocks, n_attrs;
	struct str id;
	struct str params;                  /* ", const struct view *v" */
	int block_ids;
	bool has_layout, content;
};

/* Compiles one page: its functions to code, their declarations to head, the headers it names to includes.
 * ERR_INPUT "pages/x.html:12:5: …". */
enum err_code pagec_compile(struct str name, struct str text, struct buf *includes, struct buf *head, struct buf *code,
	struct err *err);

/* Markup up to the end of the page. */
enum err_code page_markup(struct page *p);
/* Behind {{, up to and with }}. */
enum err_code page_directive(struct page *p, enum where where);
/* A path as C: 12, name, fn(…), a->b, a.b, a[i], *a. */
enum err_code page_path(struct page *p, struct buf *out, int depth);
/* name(path, …) as C: page_NAME<suffix>(h, path, …); */
enum err_code page_call(struct page *p, struct buf *out, const char *suffix);

/* ERR_INPUT with the place. */
enum err_code refuse(struct page *p, size_t at, const char *fmt, ...) PRINTF(3, 4);
/* Is the word in " a list of words ", whatever its case? */
bool listed(const char *list, struct str word);
char peek(const struct page *p);                             /* 0 at the end */
bool ahead(const struct page *p, const char *word);
bool take(struct page *p, const char *word);                 /* moves behind it */
bool next(struct page *p, const char *word);                 /* the same behind blanks */
void skip(struct page *p);                                   /* blanks */
enum err_code expect(struct page *p, const char *word);      /* behind blanks */
enum err_code identifier(struct page *p, struct str *out);   /* behind blanks */
/* "…" with \" and \\ inside; *out is what stands between the quotes, as C reads it too. */
enum err_code quoted(struct page *p, struct str *out);
/* Writes out what has gathered in lit. */
void flush(struct page *p);
/* Makes way for C that comes from the page at this place. */
void c_here(struct page *p);

static inline bool blank(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f'; }
static inline bool letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
static inline bool digit(char c) { return c >= '0' && c <= '9'; }
static inline bool name_char(char c) { return letter(c) || digit(c) || c == '_'; }

#endif
