/* Markup: what stands between the {{ }}. Tags, attributes and text are read as strictly as a browser is lenient. */
#include "pagec.h"

#include "base/utf8.h"

static const char void_tags[] = " area br col hr img input link meta source track wbr ";
static const char banned_tags[] = " style iframe frame frameset object embed applet base template noscript portal "
	"plaintext xmp listing noembed noframes animate animatetransform set foreignobject math fencedframe image ";
static const char text_tags[] = " title textarea option ";        /* hold text and nothing else */
static const char free_tags[] = " code kbd samp var pre ";        /* words in them need no translation */
static const char exact_tags[] = " pre textarea ";                /* blanks in them count */
static const char url_attrs[] = " href src action formaction poster cite data manifest longdesc xlink:href ";
static const char banned_attrs[] = " style srcdoc srcset imagesrcset ping background http-equiv formmethod is ";
static const char text_attrs[] = " title alt aria-label aria-description aria-placeholder aria-roledescription "
	"aria-valuetext placeholder label abbr ";
static const char entities[] = " amp lt gt quot nbsp shy middot times ndash mdash hellip larr rarr uarr darr laquo raquo ";

static struct element *top(struct page *p)
{
	return p->n_elements ? &p->elements[p->n_elements - 1] : NULL;
}

static bool inside(const struct page *p, const char *tags)
{
	for (size_t i = 0; i < p->n_elements; i++)
		if (listed(tags, p->elements[i].tag))
			return true;
	return false;
}

/* Would a reader of another language miss a translation? Anything but ASCII and general punctuation, arrows and
 * symbols, CJK and full-width punctuation. */
static bool is_letter(uint32_t c)
{
	return c < 0x80 ? letter((char)c) : !(c < 0xC0 || c == 0xD7 || c == 0xF7 || (c >= 0x2000 && c < 0x2070) ||
		(c >= 0x2190 && c < 0x2C00) || (c >= 0x3000 && c < 0x3005) || (c >= 0x3008 && c < 0x3020) ||
		(c >= 0xFF01 && c < 0xFF10) || (c >= 0xFF1A && c < 0xFF21));
}

/* One character of text or of a quoted value to lit. *word is set when it is a letter. */
static enum err_code character(struct page *p, bool *word)
{
	size_t from = p->at;
	uint32_t c = utf8_next(p->text, &p->at);

	if (c == '&') {
		while (letter(peek(p)))
			p->at++;
		if (peek(p) != ';' || !listed(entities, str_sub(p->text, from + 1, p->at)))
			return refuse(p, from, "write &amp; for &; known are%s", entities);
		p->at++;
	} else if (c == '<' || c == '>') {
		return refuse(p, from, "write %s for %c", c == '<' ? "&lt;" : "&gt;", (char)c);
	} else if ((c < ' ' && !blank((char)c)) || c == 0x7F) {
		return refuse(p, from, "a control character");
	}
	*word |= c != '&' && is_letter(c);
	buf_put(&p->lit, str_sub(p->text, from, p->at));
	return OK;
}

/* ---- attributes ---- */

static const struct attr *attr_get(const struct page *p, const char *name)
{
	for (size_t i = 0; i < p->n_attrs; i++)
		if (str_is(p->attrs[i].name, name))
			return &p->attrs[i];
	return NULL;
}

static enum err_code attr_add(struct page *p, struct attr a)
{
	const struct block *b = p->n_blocks ? &p->blocks[p->n_blocks - 1] : NULL;

	if (listed(banned_attrs, a.name) || (a.name.n > 2 && listed(" on ", str_sub(a.name, 0, 2))))
		return refuse(p, a.at, "the attribute " STR_FMT " is not allowed", STR_ARG(a.name));
	if (b && b->where == TAG) {
		a.block = b->id;
		a.branch = b->branch;
	}
	for (size_t i = 0; i < p->n_attrs; i++) {
		const struct attr *o = &p->attrs[i];

		if (str_eq(o->name, a.name) && (!a.block || o->block != a.block || o->branch == a.branch))
			return refuse(p, a.at, "the attribute " STR_FMT " a second time", STR_ARG(a.name));
	}
	if (p->n_attrs == ATTRS)
		return refuse(p, a.at, "more than %d attributes", ATTRS);
	p->attrs[p->n_attrs++] = a;
	return OK;
}

/* An address begins with / (not //), # or ?, or is one {{expression}} of type struct url. */
static enum err_code address_begin(struct page *p, enum where *where)
{
	char c = peek(p);

	if (ahead(p, "{{"))
		*where = WHOLE;
	else if (c == '#' || c == '?' || (c == '/' && !ahead(p, "//") && !ahead(p, "/\\")))
		*where = c == '/' ? SEGMENT : QUERY;
	else
		return refuse(p, p->at, "an address begins with one /, with # or ?, or is one {{expression}} of type struct url");
	return OK;
}

/* Behind the opening quote, up to and with the closing one. */
static enum err_code value(struct page *p, struct attr *a, bool fixed)
{
	enum where where = VALUE;
	size_t from = p->at, blocks = p->n_blocks;

	if (listed(url_attrs, a->name))
		TRY(address_begin(p, &where));
	while (!take(p, "\"")) {
		if (p->at == p->text.n)
			return refuse(p, from, "the value of " STR_FMT " has no end", STR_ARG(a->name));
		if (take(p, "{{")) {
			if (fixed)
				return refuse(p, p->at - 2, STR_FMT " holds no {{ }}", STR_ARG(a->name));
			a->literal = false;
			TRY(page_directive(p, where));
			if (where == WHOLE && peek(p) != '"')
				return refuse(p, p->at, "nothing stands beside an {{expression}} of type struct url");
			continue;
		}
		if (where == SEGMENT && (peek(p) == '?' || peek(p) == '#'))
			where = QUERY;
		if (where >= SEGMENT && (blank(peek(p)) || peek(p) == '\\'))
			return refuse(p, p->at, "a blank or \\ in an address");
		TRY(character(p, &a->words));
	}
	a->value = str_sub(p->text, from, p->at - 1);
	if (p->n_blocks != blocks)
		return refuse(p, p->blocks[p->n_blocks - 1].at, "the block does not end within the value");
	if (a->words && listed(text_attrs, a->name))
		return refuse(p, from, "words in " STR_FMT " without {{t}}", STR_ARG(a->name));
	buf_putc(&p->lit, '"');
	return OK;
}

static enum err_code attribute(struct page *p, struct str tag)
{
	struct attr a = {.at = p->at, .literal = true};
	bool fixed;

	while (name_char(peek(p)) || peek(p) == '-' || peek(p) == ':')
		p->at++;
	a.name = str_sub(p->text, a.at, p->at);
	if (!a.name.n)
		return refuse(p, p->at, "expected an attribute or >");
	for (size_t i = 0; i < a.name.n; i++)
		if (a.name.p[i] >= 'A' && a.name.p[i] <= 'Z' && !inside(p, " svg ") && !str_is(tag, "svg"))
			return refuse(p, a.at, "write attributes in small letters");
	buf_putc(&p->lit, ' ');
	buf_put(&p->lit, a.name);
	if (take(p, "=")) {
		fixed = listed(" type method rel charset enctype target ", a.name) ||
			(listed(" script link ", tag) && listed(url_attrs, a.name));
		if (!take(p, "\""))
			return refuse(p, p->at, "the value of " STR_FMT " in double quotes", STR_ARG(a.name));
		buf_put(&p->lit, S("=\""));
		TRY(value(p, &a, fixed));
	} else if (listed(url_attrs, a.name)) {
		return refuse(p, a.at, STR_FMT " without a value", STR_ARG(a.name));
	}
	if (!blank(peek(p)) && peek(p) != '>' && peek(p) != '/' && !ahead(p, "{{"))
		return refuse(p, p->at, "expected a blank or >");
	return attr_add(p, a);
}

/* ---- tags ---- */

static bool is_literal(const struct attr *a, const char *list)
{
	return a && a->literal && listed(list, a->value);
}

/* What a tag must have, when all its attributes are known. */
static enum err_code tag_check(struct page *p, struct str tag, size_t at, struct element *e)
{
	const struct attr *type = attr_get(p, "type"), *method = attr_get(p, "method"), *val = attr_get(p, "value");
	bool input = str_is(tag, "input"), button = is_literal(type, " submit button reset image ");

	if (str_is(tag, "img") && !attr_get(p, "alt"))
		return refuse(p, at, "<img> without alt");
	if (input && button && val && val->words)
		return refuse(p, val->at, "words in value without {{t}}");
	if ((input || listed(" select textarea ", tag)) && !button && !is_literal(type, " hidden ") && !attr_get(p, "id") &&
			!attr_get(p, "aria-label") && !attr_get(p, "aria-labelledby") && !inside(p, " label "))
		return refuse(p, at, "<" STR_FMT "> has no label: id, aria-label, or <label> around it", STR_ARG(tag));
	if (str_is(tag, "script") && (!attr_get(p, "src") || !ahead(p, "</script>")))
		return refuse(p, at, "only <script src=\"/…\"></script>: no script stands in a page");
	if (str_is(tag, "form")) {
		if (inside(p, " form "))
			return refuse(p, at, "a form in a form");
		if (method && (method->block || !listed(" get post ", method->value)))
			return refuse(p, method->at, "method is get or post, in no block");
		e->post = method && is_literal(method, " post ");
	}
	return OK;
}

static enum err_code tag_open(struct page *p, struct str tag, size_t at)
{
	struct element e = {.tag = tag, .at = at, .blocks = p->n_blocks};
	size_t blocks = p->n_blocks;
	bool closed = false;

	if (listed(banned_tags, tag))
		return refuse(p, at, "<" STR_FMT "> is not allowed", STR_ARG(tag));
	if (top(p) && listed(text_tags, top(p)->tag))
		return refuse(p, at, "<" STR_FMT "> holds nothing but text", STR_ARG(top(p)->tag));
	p->n_attrs = 0;
	buf_putc(&p->lit, '<');
	buf_put(&p->lit, tag);
	for (;;) {
		skip(p);
		if (take(p, ">"))
			break;
		if ((closed = take(p, "/>")))
			break;
		if (p->at == p->text.n)
			return refuse(p, at, "<" STR_FMT "> has no end", STR_ARG(tag));
		if (take(p, "{{"))
			TRY(page_directive(p, TAG));
		else
			TRY(attribute(p, tag));
	}
	if (p->n_blocks != blocks)
		return refuse(p, p->blocks[p->n_blocks - 1].at, "the block does not end within the tag");
	TRY(tag_check(p, tag, at, &e));
	if (closed && !inside(p, " svg "))
		return refuse(p, at, "/> stands in svg only");
	buf_put(&p->lit, closed ? S("/>") : S(">"));
	if (listed(exact_tags, tag))                 /* browsers drop one line break here, so that the value's own stays */
		buf_putc(&p->lit, '\n');
	if (closed || listed(void_tags, tag))
		return OK;
	if (p->n_elements == ELEMENTS)
		return refuse(p, at, "more than %d elements one in another", ELEMENTS);
	p->elements[p->n_elements++] = e;
	return OK;
}

static enum err_code tag_close(struct page *p, struct str tag, size_t at)
{
	const struct element *e = top(p);

	TRY(expect(p, ">"));
	if (!e || !str_eq(e->tag, tag)) {
		if (!e)
			return refuse(p, at, "</" STR_FMT "> closes nothing", STR_ARG(tag));
		return refuse(p, at, "</" STR_FMT "> where <" STR_FMT "> is open", STR_ARG(tag), STR_ARG(e->tag));
	}
	if (p->n_blocks && p->blocks[p->n_blocks - 1].elements == p->n_elements)
		return refuse(p, at, "</" STR_FMT "> closes an element from outside of the block", STR_ARG(tag));
	if (e->post && !e->csrf)
		return refuse(p, e->at, "<form method=\"post\"> without {{csrf}}");
	p->n_elements--;
	buf_printf(&p->lit, "</" STR_FMT ">", STR_ARG(tag));
	return OK;
}

static enum err_code comment(struct page *p, size_t at)
{
	while (!take(p, "-->")) {
		if (p->at == p->text.n)
			return refuse(p, at, "the comment has no end");
		if (ahead(p, "{{"))
			return refuse(p, p->at, "{{ in a comment");
		p->at++;
	}
	return OK;
}

/* Behind <. */
static enum err_code tag(struct page *p)
{
	size_t at = p->at - 1, from;
	bool close;

	if (take(p, "!--"))
		return comment(p, at);
	if (take(p, "!doctype html>")) {
		if (p->n_elements || p->n_blocks || p->lit.n)
			return refuse(p, at, "<!doctype html> stands first");
		buf_put(&p->lit, S("<!doctype html>"));
		return OK;
	}
	close = take(p, "/");
	from = p->at;
	while (letter(peek(p)) || (p->at > from && (digit(peek(p)) || peek(p) == '-'))) {
		if (peek(p) < 'a' && letter(peek(p)) && !inside(p, " svg "))
			return refuse(p, at, "write tags in small letters");
		p->at++;
	}
	if (p->at == from)
		return refuse(p, at, "expected a tag; write &lt; for <");
	if (!blank(peek(p)) && peek(p) != '>' && peek(p) != '/' && !ahead(p, "{{"))
		return refuse(p, p->at, "expected a blank or >");
	return (close ? tag_close : tag_open)(p, str_sub(p->text, from, p->at), at);
}

/* A run of blanks becomes one, a line break where it held one. */
static void blanks(struct page *p)
{
	size_t from = p->at;
	bool line;

	skip(p);
	line = memchr(p->text.p + from, '\n', p->at - from) != NULL;
	if (inside(p, exact_tags))
		buf_put(&p->lit, str_sub(p->text, from, p->at));
	else if (!p->lit.n || p->lit.p[p->lit.n - 1] != '\n')
		buf_putc(&p->lit, line ? '\n' : ' ');
}

enum err_code page_markup(struct page *p)
{
	while (p->at < p->text.n) {
		size_t at = p->at;
		bool word = false;

		if (take(p, "{{"))
			TRY(page_directive(p, TEXT));
		else if (take(p, "<"))
			TRY(tag(p));
		else if (blank(peek(p)))
			blanks(p);
		else
			TRY(character(p, &word));
		if (word && !inside(p, free_tags))
			return refuse(p, at, "words without {{t}}");
	}
	if (p->n_blocks)
		return refuse(p, p->blocks[p->n_blocks - 1].at, "the block has no {{end}}");
	if (p->n_elements)
		return refuse(p, top(p)->at, "<" STR_FMT "> is not closed", STR_ARG(top(p)->tag));
	flush(p);
	return OK;
}
