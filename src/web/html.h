/* What compiled pages (tools/pagec, pages/README.md) call to write themselves. Every value reaches the page through a
 * function that escapes it for its place; html_lit alone writes bytes as they stand, and only pagec calls it;
 * html_made takes what was written so before. */
#ifndef WEB_HTML_H
#define WEB_HTML_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/date.h"
#include "base/err.h"

/* An address within the office: it begins with one '/', and what came from outside is percent-encoded. Only the
 * url_ functions below make one. */
struct url {
	struct str text;
};

struct html {
	struct buf *out;     /* its maximum is the page's; past it html_done refuses */
	enum lang lang;      /* of the texts */
	struct str csrf;     /* token of the session, for {{csrf}} */
	struct html_wrong {  /* of a form that was refused */
		struct str form;     /* which one of the page: its "do"; empty: there is but one */
		const char *field;   /* by its name; NULL: none */
		struct str why;
	} wrong;
	void *frame;         /* the web floor's own, untouched here */
};

/* ERR_LIMIT when the page did not fit in h->out; called once, when the page is written. */
enum err_code html_done(const struct html *h, struct err *err);

/* A value on its way into a page. */
struct html_arg {
	enum { HTML_STR, HTML_INT, HTML_UINT, HTML_DATE } kind;
	struct str s;
	uint64_t n;
	struct date date;
};

/* Any value that may be shown: text, whole numbers, a day (ISO, empty for none). A bool, an enum, a char or a pointer
 * does not compile: a helper says its word. uint32_t is an enum's type and does not compile either. */
#define html_arg(x) \
	_Generic((x), \
		struct str: html_str_, char *: html_c_, const char *: html_c_, struct date: html_date_, \
		short: html_int_, int: html_int_, long: html_int_, long long: html_int_, \
		unsigned short: html_uint_, unsigned long: html_uint_, unsigned long long: html_uint_)(x)

static inline struct html_arg html_str_(struct str s) { return (struct html_arg){.kind = HTML_STR, .s = s}; }
static inline struct html_arg html_c_(const char *s) { return html_str_(str_c(s)); }
static inline struct html_arg html_date_(struct date d) { return (struct html_arg){.kind = HTML_DATE, .date = d}; }
static inline struct html_arg html_int_(int64_t n)
{
	return (struct html_arg){.kind = HTML_INT, .n = (uint64_t)n};
}
static inline struct html_arg html_uint_(uint64_t n) { return (struct html_arg){.kind = HTML_UINT, .n = n}; }

/* Is there anything? Text that is not empty, a day, a number that is not 0, a pointer that is not NULL, true. */
#define html_true(x) \
	_Generic((x), struct str: html_true_str_, struct date: date_is, bool: html_true_num_, char: html_true_num_, \
		signed char: html_true_num_, unsigned char: html_true_num_, short: html_true_num_, \
		unsigned short: html_true_num_, int: html_true_num_, unsigned: html_true_num_, long: html_true_num_, \
		unsigned long: html_true_num_, long long: html_true_num_, unsigned long long: html_true_num_, \
		char *: html_true_c_, const char *: html_true_c_, default: html_true_ptr_)(x)

static inline bool html_true_str_(struct str s) { return s.n != 0; }
static inline bool html_true_num_(uint64_t n) { return n != 0; }
static inline bool html_true_c_(const char *s) { return s && *s; }
static inline bool html_true_ptr_(const void *p) { return p != NULL; }

/* Element i of a list (members p and n) as a pointer: of the structs in p, or the pointers in p as they are. */
#define html_item(list, i) \
	__builtin_choose_expr(__builtin_classify_type((list).p[0]) == 5, (list).p[i], &(list).p[i])

/* {{for item in list}}: item, its index item_i, the list item_in. */
#define html_each(item, list) \
	__auto_type item##_in = (list); \
	for (size_t item##_i = 0; item##_i < (size_t)item##_in.n; item##_i++)
#define html_this(item) \
	__auto_type item = html_item(item##_in, item##_i); \
	(void)item

/* Bytes of the page itself. */
void html_lit(struct html *h, const char *p, size_t n);

/* Text and quoted attributes: & < > " ' as entities; control characters but tab and line break are left out. */
void html_text(struct html *h, struct str s);
void html_put(struct html *h, struct html_arg x);

/* One segment of a path in an address (RFC 3986): all but unreserved characters percent-encoded. What is empty, "."
 * or ".." would change the path and becomes "-". */
void html_segment(struct html *h, struct html_arg x);
/* A component of a query or a fragment, percent-encoded. */
void html_query(struct html *h, struct html_arg x);
/* A whole address. */
void html_url(struct html *h, struct url u);

/* The text of that key in the page's language. */
void html_say(struct html *h, const char *key);
/* The same with arguments: %s or %d takes the next, %2$s the second, each as html_put writes it whatever the letter;
 * %% is a percent sign. An argument that is not there is BUG. */
void html_tr(struct html *h, const char *key, size_t n, const struct html_arg *args);

/* What a page has written before, as it stands. */
void html_made(struct html *h, struct str made);

struct drawing; /* doc/drawing.h */
/* A drawing as SVG: everything in it is escaped, links lead to addresses of the office only. NULL: nothing. */
void html_drawing(struct html *h, const struct drawing *d);

/* The hidden field that carries the session's token. */
void html_csrf(struct html *h);

/* An address: path is a literal that begins with one '/' ("/duties"; BUG if not). */
struct url url_path(const char *path);
/* With one more segment, as html_segment writes it. Before query and fragment. */
struct url url_add(struct arena *a, struct url u, struct str segment);
/* With one more pair in the query; before the fragment. key is a literal. */
struct url url_query(struct arena *a, struct url u, const char *key, struct str value);
/* With a fragment. */
struct url url_at(struct arena *a, struct url u, struct str fragment);

#endif
