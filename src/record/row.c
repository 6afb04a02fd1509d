#include "record/row.h"

#include "base/buf.h"
#include "base/utf8.h"
#include "crypto/digest.h"

/* ---- can it be taken ---- */

static enum refusal unreadable(const struct field *f)
{
	switch (f->type) {
	case TYPE_DATE:
	case TYPE_PERIOD:
	case TYPE_TIME:
		return REFUSE_BAD_DATE;
	case TYPE_NUMBER:
	case TYPE_COUNT:
	case TYPE_MONEY:
		return REFUSE_BAD_NUMBER;
	default:
		return REFUSE_BAD_VALUE;
	}
}

enum refusal row_refusal(const struct sheet_map *m, const struct field *f, const struct value *v)
{
	bool dates = m->year.of == f;

	if (v->state == VALUE_OK)
		return REFUSE_NONE;
	if (v->state == VALUE_NONE)
		return dates ? REFUSE_NO_DATE : REFUSE_MISSING;
	return dates ? REFUSE_BAD_DATE : unreadable(f);
}

struct str row_refusal_text(struct arena *a, enum lang lang, enum refusal why, struct str text)
{
	switch (why) {
	case REFUSE_NO_DATE:
		return str_c(tr(lang, N_("no date")));
	case REFUSE_MISSING:
		return str_c(tr(lang, N_("required, but empty")));
	case REFUSE_BAD_DATE:
		return arena_printf(a, tr(lang, N_("date not readable: " STR_FMT)), STR_ARG(text));
	case REFUSE_BAD_NUMBER:
		return arena_printf(a, tr(lang, N_("number not readable: " STR_FMT)), STR_ARG(text));
	case REFUSE_KEY_TAKEN:
		return arena_printf(a, tr(lang, N_("its key is that of record " STR_FMT)), STR_ARG(text));
	case REFUSE_BAD_VALUE:
	case REFUSE_NONE:
		break;
	}
	return arena_printf(a, tr(lang, N_("not readable: " STR_FMT)), STR_ARG(text));
}

bool row_requires(const struct sheet_map *m, const struct field *f)
{
	for (size_t i = 0; i < m->nrequired; i++)
		if (m->required[i] == f)
			return true;
	return m->year.of == f;
}

bool row_in_list(struct arena *a, const struct choice_list *l, struct str text)
{
	struct str s = utf8_squeeze(a, text);

	for (size_t i = 0; i < l->values.n; i++)
		if (str_eq(utf8_squeeze(a, l->values.p[i]), s))
			return true;
	return false;
}

/* ---- of which year, of which day ---- */

bool row_in_year(const struct sheet_map *m, int year, const struct value *values, struct date *day)
{
	struct date first, last, until;

	*day = DATE_NONE;
	if (!m->year.of)
		return true;
	date_make(year, 1, 1, &first);
	date_make(year, 12, 31, &last);
	*day = value_first_day(m->year.of, &values[m->year.of->at]);
	if (day->n > last.n)
		return false;
	if (day->n >= first.n || m->year.standing)
		return true;
	if (!m->year.until)
		return false;
	until = value_first_day(m->year.until, &values[m->year.until->at]);
	return !date_is(until) || until.n >= first.n;
}

struct date row_day(const struct sheet_map *m, const struct value *values)
{
	const struct field *dated = m->record->day;

	return dated ? value_last_day(dated, &values[dated->at]) : DATE_NONE;
}

/* ---- what it is ---- */

bool row_repeats(const struct sheet_map *m)
{
	return m->repeats || !m->nkey;
}

struct str row_key(struct arena *a, const struct sheet_map *m, const struct value *values)
{
	struct buf b CLEANUP(buf_free) = BUF_MAX(1 << 20);
	size_t n = m->nkey ? m->nkey : m->record->nfields;

	for (size_t i = 0; i < n; i++) {
		size_t at = m->nkey ? m->key[i]->at : i;

		buf_put(&b, value_key(a, &values[at]));
		buf_putc(&b, '\x1f');
	}
	return arena_str(a, buf_str(&b));
}

void row_ident(
	struct arena *a, const struct sheet_map *m, struct str key, size_t repeat, unsigned char out[IDENT_BYTES])
{
	unsigned char digest[DIGEST_BYTES];
	struct str nth = repeat ? arena_printf(a, "\x1e%zu", repeat) : STR_NONE;
	const struct str parts[] = {m->record->name, S("\x1f"), key, nth};

	digest_parts(parts, LEN(parts), digest);
	memcpy(out, digest, IDENT_BYTES);
}

struct node *row_fields(
	struct arena *a, const struct record_type *type, const struct value *values, struct node **raw)
{
	struct node *fields = node_map(a);

	*raw = NULL;
	for (size_t i = 0; i < type->nfields; i++) {
		const struct value *v = &values[i];

		if (v->state == VALUE_OK)
			node_set(a, fields, type->fields[i].name, value_node(a, &type->fields[i], v->text));
		if (v->unit.n)
			node_set(a, fields, arena_printf(a, STR_FMT UNIT_SUFFIX, STR_ARG(type->fields[i].name)),
			         node_str(a, v->unit));
		if (v->state != VALUE_RAW)
			continue;
		if (!*raw)
			*raw = node_map(a);
		node_set(a, *raw, type->fields[i].name, node_str(a, v->text));
	}
	return fields;
}

/* ---- and back ---- */

struct str row_separator(const struct field *f)
{
	size_t at = 0;

	if (!f->split.n)
		return S("\n");
	utf8_next(f->split, &at);
	return str_sub(f->split, 0, at);
}

static struct str node_words(struct arena *a, const struct field *f, const struct node *v)
{
	struct str s = STR_NONE, part;

	switch (v->kind) {
	case NODE_TEXT:
		return v->text;
	case NODE_INT:
		return arena_printf(a, "%lld", (long long)v->num);
	case NODE_BOOL:
		return v->yes ? S("yes") : S("no");
	case NODE_LIST:
		for (size_t i = 0; i < v->n; i++) {
			part = node_words(a, f, v->items[i]);
			s = !i ? part : arena_printf(a, STR_FMT STR_FMT STR_FMT, STR_ARG(s), STR_ARG(row_separator(f)),
				STR_ARG(part));
		}
		return s;
	case NODE_NULL:
	case NODE_MAP:
		break;
	}
	return STR_NONE;
}

struct value row_value(struct arena *a, const struct field *f, const struct node *fields, const struct node *raw)
{
	const struct node *v = node_get(fields, f->name), *written = node_get(raw, f->name);
	struct value out = {.state = VALUE_NONE};

	if (written)
		return (struct value){.text = node_words(a, f, written), .state = VALUE_RAW};
	if (v)
		out = (struct value){.text = node_words(a, f, v), .state = VALUE_OK};
	out.unit = node_text(fields, arena_printf(a, STR_FMT UNIT_SUFFIX, STR_ARG(f->name)));
	return out;
}

struct str row_typed(struct arena *a, enum lang lang, const struct field *f, const struct value *v)
{
	if (v->state == VALUE_OK && f->type == TYPE_FLAG)
		return str_c(tr(lang, str_is(v->text, "yes") ? N_("yes") : N_("no")));
	return v->unit.n ? arena_printf(a, STR_FMT STR_FMT, STR_ARG(v->text), STR_ARG(v->unit)) : v->text;
}

/* ---- as an event says it ---- */

static struct str hex(struct arena *a, const unsigned char *p, size_t n)
{
	static const char digits[] = "0123456789abcdef";
	char *out = arena_alloc(a, 2 * n + 1);

	for (size_t i = 0; i < n; i++) {
		out[2 * i] = digits[p[i] >> 4];
		out[2 * i + 1] = digits[p[i] & 15];
	}
	return (struct str){out, 2 * n};
}

void row_data(struct arena *a, struct node *data, const struct row_said *said)
{
	char text[DATE_TEXT];

	node_set(a, data, S("ident"), node_str(a, hex(a, said->ident, IDENT_BYTES)));
	node_set(a, data, S("fields"), said->fields);
	if (date_is(said->day))
		node_set(a, data, S("day"), node_str(a, arena_str(a, date_text(said->day, text))));
	if (said->raw)
		node_set(a, data, S("raw"), said->raw);
	if (said->outside)
		node_set(a, data, S("outside"), node_bool(a, true));
	if (said->proof)
		node_set(a, data, S("proof"), said->proof);
}
