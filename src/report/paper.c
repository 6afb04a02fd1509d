/* report.paper of a scheme, and single values put over it. */
#include "report/paper.h"

#include "base/utf8.h"

static const char *const forms[] = {"plain", "red", "letter", "order", "minutes", NULL};
static const char *const form_titles[] = {
	N_("no head"), N_("red head"), N_("letter"), N_("order"), N_("minutes")};
static const char *const grids[] = {"ink", "box", NULL};
static const char *const grid_titles[] = {N_("by the ink (GB/T 33476.2)"), N_("by the box")};
static const char *const seals[] = {"none", "stamp", "hand", NULL};
static const char *const seal_titles[] = {N_("no seal"), N_("stamp"), N_("signed by hand")};

#define AT(member) offsetof(struct paper, member)
const struct paper_field paper_fields[] = {
	{"form", N_("head"), N_("plain, red, letter, order or minutes"), PAPER_CHOICE, forms, AT(form),
		form_titles},
	{"mark", N_("mark of the issuing office"),
		N_("such as {office}文件; of a joint document with 、 between the offices"), PAPER_TEXT, NULL, AT(mark),
		NULL},
	{"number", N_("document number"),
		N_("such as 示委办发〔{year}〕{no}号; {no} is given when it is approved"),
		PAPER_TEXT, NULL, AT(number), NULL},
	{"copy_no", N_("copy number"), N_("six digits"), PAPER_DIGITS, NULL, AT(copy_no), NULL},
	{"secrecy", N_("secrecy"), N_("such as 秘密★1年; empty: none"), PAPER_TEXT, NULL, AT(secrecy), NULL},
	{"urgency", N_("urgency"), N_("such as 加急; empty: none"), PAPER_TEXT, NULL, AT(urgency), NULL},
	{"signers", N_("signed by"), N_("names with 、 between; of a document to a superior"), PAPER_NAMES, NULL,
		AT(signers), NULL},
	{"addressee", N_("addressee"), N_("such as 市委; the colon is set by the program"), PAPER_TEXT, NULL,
		AT(addressee), NULL},
	{"signature", N_("signature"), N_("names of offices with 、 between, or of seal hand the signer"), PAPER_NAMES,
		NULL, AT(signature), NULL},
	{"post", N_("post of the signer"), N_("with seal hand"), PAPER_TEXT, NULL, AT(post), NULL},
	{"seal", N_("seal"), N_("none, stamp or hand"), PAPER_CHOICE, seals, AT(seal), seal_titles},
	{"date", N_("date of the document"), N_("a day such as 2022-06-03; empty: the day of the approval"), PAPER_DAY,
		NULL, AT(date), NULL},
	{"postscript", N_("note below the date"), N_("such as 联系人：…; the brackets are set by the program"),
		PAPER_TEXT, NULL, AT(postscript), NULL},
	{"present", N_("who was present"), N_("of minutes: names with 、 or ， between"), PAPER_TEXT, NULL, AT(present),
		NULL},
	{"absent", N_("who was excused"), N_("of minutes: names with 、 or ， between"), PAPER_TEXT, NULL, AT(absent),
		NULL},
	{"guests", N_("who was there as a guest"), N_("of minutes: names with 、 or ， between"), PAPER_TEXT, NULL,
		AT(guests), NULL},
	{"copies", N_("copies to"), N_("offices with 、 or ， between"), PAPER_TEXT, NULL, AT(copies), NULL},
	{"issuer", N_("issued by"), N_("the office that prints and sends it"), PAPER_TEXT, NULL, AT(issuer), NULL},
	{"issued", N_("issued on"), N_("a day such as 2022-06-03; empty: the day of the approval"), PAPER_DAY, NULL,
		AT(issued), NULL},
	{"keep", N_("words never broken at a line's end"), N_("words with 、 between"), PAPER_NAMES, NULL, AT(keep),
		NULL},
	{"grid", N_("grid of the lines"), N_("ink (GB/T 33476.2) or box"), PAPER_CHOICE, grids, AT(grid),
		grid_titles},
	{"limit", N_("most characters"), N_("a whole number; empty: no limit"), PAPER_NUMBER, NULL, AT(limit), NULL},
	{"address", N_("address of these pages"),
		N_("such as https://zeren.example.gov.cn; numbers in PDF, DOCX and OFD open their records there"),
		PAPER_ADDRESS, NULL, AT(address), NULL},
	{0},
};

const struct paper_field *paper_field(struct str name)
{
	for (const struct paper_field *f = paper_fields; f->name; f++)
		if (str_is(name, f->name))
			return f;
	return NULL;
}

static void *member(struct paper *p, const struct paper_field *f)
{
	return (char *)p + f->at;
}

/* ---- names in braces ---- */

static const char *const words[] = {"year", "no", "office", "office.name", "office.short", "title"};

static struct str word_of(struct arena *a, const struct paper_words *w, struct str name)
{
	const struct str said[] = {arena_printf(a, "%d", w->year), w->no.n ? w->no : S("　"), w->office,
		w->office, w->office_short, w->title};

	_Static_assert(LEN(said) == LEN(words), "a text for each word");
	for (size_t i = 0; i < LEN(words); i++)
		if (str_is(name, words[i]))
			return said[i];
	return STR_NONE;
}

enum err_code paper_names(struct str text, struct err *err)
{
	struct str name;
	size_t at;

	while (str_find(text, S("{"), &at)) {
		bool known = false;

		text = str_sub(text, at + 1, text.n);
		if (!str_find(text, S("}"), &at))
			return fail(err, ERR_INPUT, "a brace { is not closed");
		name = str_sub(text, 0, at);
		for (size_t i = 0; i < LEN(words); i++)
			known |= str_is(name, words[i]);
		if (!known)
			return fail(err, ERR_INPUT,
				"{" STR_FMT "}: {year}, {no}, {office}, {office.short} or {title} is expected",
				STR_ARG(name));
		text = str_sub(text, at + 1, text.n);
	}
	return OK;
}

static struct str filled(struct arena *a, struct str text, const struct paper_words *w)
{
	struct buf b CLEANUP(buf_free) = BUF_MAX(64 << 10);
	size_t at, end;

	if (!str_has(text, S("{")))
		return text;
	while (str_find(text, S("{"), &at)) {
		buf_put(&b, str_sub(text, 0, at));
		text = str_sub(text, at + 1, text.n);
		if (!str_find(text, S("}"), &end))
			break;
		buf_put(&b, word_of(a, w, str_sub(text, 0, end)));
		text = str_sub(text, end + 1, text.n);
	}
	buf_put(&b, text);
	return arena_str(a, buf_str(&b));
}

void paper_fill(struct arena *a, struct paper *p, const struct paper_words *w)
{
	for (const struct paper_field *f = paper_fields; f->name; f++) {
		struct texts *names = member(p, f);

		if (f->sort == PAPER_TEXT) {
			struct str *text = member(p, f);

			*text = filled(a, *text, w);
		}
		for (size_t i = 0; f->sort == PAPER_NAMES && i < names->n; i++)
			names->p[i] = filled(a, names->p[i], w);
	}
	for (size_t i = 0; i < p->nannexes; i++)
		p->annexes[i].title = filled(a, p->annexes[i].title, w);
}

/* ---- one value ---- */

static enum err_code expected(const struct paper_field *f, struct str value, struct err *err)
{
	return fail(err, ERR_INPUT, "%s: expected %s, not " STR_FMT, f->name, tr(err->lang, f->hint), STR_ARG(value));
}

/* "甲、乙": the parts between the marks, without blanks around them. */
static enum err_code put_names(
	struct arena *a, const struct paper_field *f, struct str value, struct texts *out, struct err *err)
{
	struct texts l = {ARENA_ARRAY(a, struct str, PAPER_LIST), 0};
	size_t from = 0;

	for (size_t at = 0; at <= value.n;) {
		size_t before = at;
		uint32_t c = at < value.n ? utf8_next(value, &at) : '\n';
		struct str part;

		if (c != 0x3001 && c != 0xff1b && c != ';' && c != '\n') /* 、 ； */
			continue;
		part = str_trim(str_sub(value, from, before));
		from = at;
		if (part.n && l.n == PAPER_LIST)
			return fail(err, ERR_LIMIT, "%s: at most %d names", f->name, (int)PAPER_LIST);
		if (part.n)
			l.p[l.n++] = part;
		if (before == value.n)
			break;
	}
	*out = l;
	return OK;
}

static enum err_code put_choice(const struct paper_field *f, struct str value, int64_t *out, struct err *err)
{
	for (int64_t i = 0; f->choices[i]; i++)
		if (str_is(value, f->choices[i])) {
			*out = i;
			return OK;
		}
	return expected(f, value, err);
}

enum err_code paper_put(struct arena *a, struct paper *p, struct str field, struct str value, struct err *err)
{
	const struct paper_field *f = paper_field(field);
	struct date day;
	int64_t n;

	if (!f)
		return fail(err, ERR_NOT_FOUND, "the paper has no field " STR_FMT, STR_ARG(field));
	value = str_trim(value);
	if (!value.n)
		return OK;
	if (value.n > PAPER_TEXT_BYTES)
		return fail(err, ERR_LIMIT, "%s: at most %d bytes", f->name, (int)PAPER_TEXT_BYTES);
	if (f->sort != PAPER_NAMES && (str_has(value, S("\n")) || str_has(value, S("\t"))))
		return fail(err, ERR_INPUT, "'%s' must be one line", f->name);
	switch (f->sort) {
	case PAPER_CHOICE:
		return put_choice(f, value, member(p, f), err);
	case PAPER_DAY:
		if (!date_parse(value, &day))
			return expected(f, value, err);
		*(struct date *)member(p, f) = day;
		return OK;
	case PAPER_NUMBER:
		if (!str_int(value, &n) || n < 1 || n > PAPER_LIMIT)
			return expected(f, value, err);
		*(int64_t *)member(p, f) = n;
		return OK;
	case PAPER_DIGITS: /* as many as the office numbers by; the standard says six as a rule (GB/T 9704, 7.2.1) */
		for (size_t i = 0; i < value.n; i++)
			if (value.n > PAPER_DIGITS_MOST || value.p[i] < '0' || value.p[i] > '9')
				return expected(f, value, err);
		*(struct str *)member(p, f) = value;
		return OK;
	case PAPER_ADDRESS:
		return paper_address(value, member(p, f), err);
	case PAPER_NAMES:
	case PAPER_TEXT:
		break;
	}
	if (paper_names(value, err) != OK)
		return err_at(err, "%s", f->name);
	if (f->sort == PAPER_NAMES)
		return put_names(a, f, value, member(p, f), err);
	*(struct str *)member(p, f) = value;
	return OK;
}

struct str paper_text(struct arena *a, const struct paper *p, const struct paper_field *f)
{
	const void *at = (const char *)p + f->at;
	const struct texts *names = at;
	struct str out = STR_NONE;
	char text[DATE_TEXT];

	switch (f->sort) {
	case PAPER_TEXT:
	case PAPER_DIGITS:
	case PAPER_ADDRESS:
		return *(const struct str *)at;
	case PAPER_CHOICE:
		return str_c(f->choices[*(const int64_t *)at]);
	case PAPER_DAY:
		return arena_str(a, date_text(*(const struct date *)at, text));
	case PAPER_NUMBER:
		return *(const int64_t *)at ? arena_printf(a, "%lld", (long long)*(const int64_t *)at) : STR_NONE;
	case PAPER_NAMES:
		break;
	}
	for (size_t i = 0; i < names->n; i++)
		out = arena_printf(a, STR_FMT "%s" STR_FMT, STR_ARG(out), i ? "、" : "", STR_ARG(names->p[i]));
	return out;
}

/* ---- out of a scheme ---- */

struct annex_form {
	const struct node *of, *columns;
	struct str title;
	bool landscape;
};

static enum err_code annex_title(const struct node *map, struct str title, struct err *err)
{
	struct err why = {.lang = err->lang};

	return paper_names(title, &why) == OK ? OK : node_fail(NODE_GET(map, "title"), err, "%s", why.text);
}

/* {chart: …}: title and landscape are the annex's; what is left is read with the outline, which knows the figures. */
static enum err_code annex_of_chart(
	struct arena *a, const struct node *map, struct paper_annex *out, struct err *err)
{
	static const struct bind rules[] = {
		{"title", BIND_TEXT, true, offsetof(struct annex_form, title)},
		{"landscape", BIND_YES, false, offsetof(struct annex_form, landscape)},
	};
	struct node *own = node_map(a), *rest = node_map(a);
	struct annex_form f = {0};

	own->file = rest->file = map->file;
	own->line = rest->line = map->line;
	own->col = rest->col = map->col;
	for (size_t i = 0; i < map->n; i++)
		node_put(a, str_is(map->keys[i]->text, "title") || str_is(map->keys[i]->text, "landscape") ? own : rest,
			map->keys[i], map->items[i]);
	TRY(bind_map(a, own, rules, LEN(rules), N_("the annex"), &f, err));
	TRY(annex_title(map, f.title, err));
	*out = (struct paper_annex){.chart_of = rest, .title = f.title, .landscape = f.landscape};
	return OK;
}

static enum err_code annex_read(
	struct arena *a, const struct scheme *s, const struct node *map, struct paper_annex *out, struct err *err)
{
	static const struct bind rules[] = {
		{"register", BIND_NODE, true, offsetof(struct annex_form, of)},
		{"title", BIND_TEXT, false, offsetof(struct annex_form, title)},
		{"columns", BIND_LIST, false, offsetof(struct annex_form, columns)},
		{"landscape", BIND_YES, false, offsetof(struct annex_form, landscape)},
	};
	struct annex_form f = {0};

	if (map->kind == NODE_MAP && NODE_GET(map, "chart"))
		return annex_of_chart(a, map, out, err);
	TRY(bind_map(a, map, rules, LEN(rules), N_("the annex"), &f, err));
	TRY(set_read(a, s, f.of, NULL, &out->set, err));
	out->title = f.title.n ? f.title : out->set.of->title.n ? out->set.of->title : out->set.of->name;
	out->landscape = f.landscape;
	if (f.title.n)
		TRY(annex_title(map, f.title, err));
	if (!f.columns)
		return OK;
	if (f.columns->n > DOC_COLS)
		return node_fail(f.columns, err, "at most %d columns", (int)DOC_COLS);
	out->columns = ARENA_ARRAY(a, const struct field *, f.columns->n);
	for (size_t i = 0; i < f.columns->n; i++)
		TRY(field_of(out->set.of, f.columns->items[i]->text, f.columns->items[i], &out->columns[i], err));
	out->ncolumns = f.columns->n;
	return OK;
}

static enum err_code annexes_read(
	struct arena *a, const struct scheme *s, const struct node *list, struct paper *out, struct err *err)
{
	if (list->kind != NODE_LIST)
		return node_fail(list, err, "annexes: a list is expected, each {register: TYPE} or {chart: KIND}");
	if (list->n > PAPER_ANNEXES)
		return node_fail(list, err, "at most %d annexes", (int)PAPER_ANNEXES);
	out->annexes = ARENA_ARRAY(a, struct paper_annex, list->n);
	for (size_t i = 0; i < list->n; i++)
		TRY(annex_read(a, s, list->items[i], &out->annexes[out->nannexes++], err));
	return OK;
}

static enum err_code value_read(
	struct arena *a, const struct node *key, const struct node *value, struct paper *out, struct err *err)
{
	const struct paper_field *f = paper_field(key->text);
	struct err why = {.lang = err->lang};
	struct str text = value->text;

	if (!f) {
		const char *near = nearest_name(key->text, &paper_fields[0].name, LEN(paper_fields) - 1,
			sizeof paper_fields[0]);

		return near ? node_fail(key, err, "the paper has no field " STR_FMT "; did you mean %s?",
				      STR_ARG(key->text), near)
			    : node_fail(key, err, "the paper has no field " STR_FMT, STR_ARG(key->text));
	}
	if (value->kind == NODE_LIST && f->sort == PAPER_NAMES) {
		text = STR_NONE;
		for (size_t i = 0; i < value->n; i++)
			text = arena_printf(a, STR_FMT "\n" STR_FMT, STR_ARG(text), STR_ARG(value->items[i]->text));
	} else if (value->kind == NODE_LIST || value->kind == NODE_MAP) {
		return node_fail(value, err, "%s: expected %s", f->name, tr(err->lang, f->hint));
	}
	if (paper_put(a, out, key->text, text, &why) != OK)
		return node_fail(value, err, "%s", why.text);
	return OK;
}

enum err_code paper_read(
	struct arena *a, const struct scheme *s, const struct node *node, struct paper *out, struct err *err)
{
	*out = (struct paper){.date = DATE_NONE, .issued = DATE_NONE};
	if (!node)
		return OK;
	if (node->kind != NODE_MAP)
		return node_fail(node, err, "paper: fields are expected, such as form: red");
	for (size_t i = 0; i < node->n; i++)
		if (str_is(node->keys[i]->text, "annexes"))
			TRY(annexes_read(a, s, node->items[i], out, err));
		else
			TRY(value_read(a, node->keys[i], node->items[i], out, err));
	return OK;
}
