/* Phrases, lists and choices of an outline with the values of the day. */
#include "report/report.h"

#include "scheme/number.h"

const struct duty_state *duty_state_of(const struct figures *f, const struct duty *d)
{
	return &f->duties[d - f->facts->scheme->duties];
}

struct str date_said(const struct report *r, struct str text)
{
	struct date d;

	if (!date_parse(text, &d))
		return text;
	return date_words(r->arena, r->lang, d, date_ymd(d).y != r->figures->facts->year);
}

/* ---- conditions ---- */

static bool limit_holds(const struct limit *l, int64_t v)
{
	switch (l->op) {
	case OP_OVER:
		return v > l->than;
	case OP_UNDER:
		return v < l->than;
	case OP_AT_LEAST:
		return v >= l->than;
	case OP_AT_MOST:
		return v <= l->than;
	}
	BUG("limit %d", l->op);
}

bool condition_holds(const struct report *r, const struct condition *c)
{
	const struct duty_state *d = c->duty ? duty_state_of(r->figures, c->duty) : NULL;
	const struct figure_result *result;
	const struct figure_value *v = d ? NULL : figure_find(r->figures, c->figure, &result);

	if (d && c->statuses && !(c->statuses & 1u << d->status))
		return false;
	if (!d && (!v || v->kind != FIG_NUMBER))
		return false;
	for (size_t i = 0; i < c->nlimits; i++)
		if (!limit_holds(&c->limits[i], d ? duty_count(d, c->limits[i].count) * 1000 : v->thousandths))
			return false;
	return true;
}

/* ---- pieces ---- */

static struct str setting_text(const struct report *r, enum setting s)
{
	const struct org *org = r->figures->facts->org;

	switch (s) {
	case SET_YEAR:
		return arena_printf(r->arena, "%d", r->figures->facts->year);
	case SET_TITLE:
		return r->outline->scheme->title;
	case SET_OFFICE:
		return org ? org->office.name : S("");
	case SET_OFFICE_SHORT:
		return org ? (org->office.short_name.n ? org->office.short_name : org->office.name) : S("");
	case SET_ON:
		return date_words(r->arena, r->lang, r->figures->on, true);
	case SETTINGS:
		break;
	}
	BUG("setting %d", s);
}

static bool is_day(struct str text)
{
	struct date d;

	return date_parse(text, &d);
}

static void add_value(struct report *r, struct said s, const struct figure_value *v)
{
	s.kind = SAID_FIGURE;
	s.part = v;
	if (!v) {
		s.text = S("—");
	} else if (v->kind == FIG_LIST) {
		CLEANUP(buf_free) struct buf b = BUF_MAX(64 << 10);

		s.day = true;
		for (size_t i = 0; i < v->n; i++) {
			struct str item = figure_text(r->arena, v->items[i]);

			buf_put(&b, !i ? S("") : r->lang == LANG_ZH ? S("、") : S(", "));
			buf_put(&b, date_said(r, item));
			s.day = s.day && is_day(item);
		}
		s.text = v->n ? arena_str(r->arena, buf_str(&b)) : S("—");
	} else {
		s.text = figure_text(r->arena, v);
		s.day = is_day(s.text);
		s.text = date_said(r, s.text);
		s.number = v->kind == FIG_NUMBER;
		s.thousandths = v->thousandths;
	}
	report_add(r, s);
}

static void add_figure(struct report *r, const struct piece *p, struct said s)
{
	const struct figure_value *v = figure_find(r->figures, p->text, &s.figure);

	s.name = p->text;
	add_value(r, s, v);
}

static void add_count(struct report *r, const struct piece *p, struct said s)
{
	int64_t n;

	s.kind = SAID_FIGURE;
	s.duty = duty_state_of(r->figures, p->duty);
	n = duty_count(s.duty, p->count);
	s.name = arena_printf(r->arena, STR_FMT ".%s", STR_ARG(p->duty->id), duty_count_names[p->count]);
	s.text = arena_printf(r->arena, "%lld", (long long)n);
	s.number = true;
	s.thousandths = n * 1000;
	report_add(r, s);
}

static bool is_number(const struct field *f)
{
	return f->type == TYPE_NUMBER || f->type == TYPE_COUNT || f->type == TYPE_MONEY;
}

/* The unit word behind a number that has none yet. */
static struct str unit_behind(const struct report *r, const struct piece *p, const struct fact *fact, struct str text)
{
	const struct datum *unit;

	if (!text.n || text.p[text.n - 1] < '0' || text.p[text.n - 1] > '9')
		return S("");
	if (p->unit_field)
		return datum_text(r->arena, r->lang, fact_value(r->figures->facts, fact, p->unit_field, DATE_NONE));
	if (!p->unit)
		return S("");
	unit = fact_said(r->figures->facts, fact, arena_printf(r->arena, STR_FMT "__unit", STR_ARG(p->field->name)));
	return unit ? unit->text : STR_NONE;
}

static void add_field(struct report *r, const struct piece *p, struct said s, const struct fact *fact, struct date on)
{
	const struct datum *v = fact_value(r->figures->facts, fact, p->field, on);
	struct str text = datum_text(r->arena, r->lang, v), unit;

	s.kind = SAID_FIELD;
	s.fact = fact;
	s.name = arena_printf(r->arena, STR_FMT "." STR_FMT, STR_ARG(fact->type->name), STR_ARG(p->field->name));
	s.text = date_said(r, text);
	s.number = is_number(p->field) && datum_number(v, &s.thousandths);
	s.day = p->field->type == TYPE_DATE || p->field->type == TYPE_PERIOD;
	unit = unit_behind(r, p, fact, text);
	report_add(r, s);
	s.text = unit;
	s.number = s.day = false;
	report_add(r, s);
}

static void add_piece(struct report *r, const struct piece *p, const struct said_of *of)
{
	struct said s = {.line = p->line, .col = p->col, .name = p->text};

	switch (p->kind) {
	case PIECE_TEXT:
		s.text = p->text;
		s.name = S("");
		report_add(r, s);
		return;
	case PIECE_SETTING:
		s.kind = SAID_SETTING;
		s.text = setting_text(r, p->setting);
		s.day = p->setting == SET_ON;
		report_add(r, s);
		return;
	case PIECE_FIGURE:
		add_figure(r, p, s);
		return;
	case PIECE_DUTY:
		add_count(r, p, s);
		return;
	case PIECE_FIELD:
		add_field(r, p, s, of->fact, of->on);
		return;
	case PIECE_KEY:
		s.text = of->key;
		s.kind = SAID_SETTING;
		s.figure = of->figure;
		s.part = of->value;
		s.name = of->name;
		report_add(r, s);
		return;
	case PIECE_VALUE:
		s.figure = of->figure;
		s.name = of->key.n ? arena_printf(r->arena, STR_FMT "/" STR_FMT, STR_ARG(of->name), STR_ARG(of->key))
				   : arena_printf(r->arena, STR_FMT "/%zu", STR_ARG(of->name), of->place);
		add_value(r, s, of->value);
		return;
	case PIECE_BAR:
		s.kind = SAID_SETTING;
		s.text = thousandths_text(r->arena, of->sg->of->when.limits[0].than);
		report_add(r, s);
		return;
	}
}

void report_say(struct report *r, const struct phrase *p, const struct said_of *of)
{
	for (size_t i = 0; i < p->n; i++)
		add_piece(r, &p->p[i], of);
}

void report_phrase(struct report *r, const struct phrase *p, const struct suggestion *sg)
{
	report_say(r, p, &(struct said_of){.sg = sg});
}

/* ---- lists ---- */

static void between(struct report *r, const struct listing *l, size_t i)
{
	if (i)
		report_add(r, (struct said){.text = l->join, .line = l->node->line, .col = l->node->col});
}

static void records(struct report *r, const struct listing *l)
{
	struct ask ask = {.on = r->figures->on};
	struct fact_list list = set_take(r->figures->facts, &l->set, &ask);
	size_t n = l->most ? MIN(l->most, list.n) : list.n;

	for (size_t i = 0; i < n; i++) {
		between(r, l, i);
		report_say(r, &l->each, &(struct said_of){.fact = list.p[i], .on = r->figures->on});
	}
	if (n < list.n)
		report_phrase(r, &l->then, NULL);
}

static void members(struct report *r, const struct listing *l)
{
	struct said_of of = {.name = l->figure};
	const struct figure_value *v = figure_find(r->figures, l->figure, &of.figure);
	size_t n = v && (v->kind == FIG_LIST || v->kind == FIG_MAP) ? v->n : 0;
	size_t most = l->most ? MIN(l->most, n) : n;

	for (size_t i = 0; i < most; i++) {
		between(r, l, i);
		of.key = v->kind == FIG_MAP ? v->keys[i] : S("");
		of.place = i + 1;
		of.value = v->items[i];
		report_say(r, &l->each, &of);
	}
	if (most < n)
		report_phrase(r, &l->then, NULL);
}

void report_parts(struct report *r, const struct parts *parts, const struct suggestion *sg)
{
	for (size_t i = 0; i < parts->n; i++) {
		const struct part *p = &parts->p[i];

		if (p->kind == PART_SAY)
			report_phrase(r, &p->say, sg);
		else if (p->kind == PART_CHOICE)
			report_parts(r, condition_holds(r, &p->when) ? p->yes : p->no, sg);
		else if (p->list.records)
			records(r, &p->list);
		else
			members(r, &p->list);
	}
}
