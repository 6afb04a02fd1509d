/* Texts of an outline with names in braces, and conditions. */
#include "report/outline.h"

#include "scheme/number.h"
#include "text/place.h"
#include "text/yaml.h"

const char *const duty_count_names[DUTY_COUNTS] = {
	"required",
	"required_year",
	"done",
	"met",
	"late",
	"missed",
	"pending",
	"owners_missed",
};
const char *const setting_names[SETTINGS] = {"year", "title", "office.name", "office.short", "on"};

static const char *const op_names[] = {"over", "under", "at_least", "at_most"};

static bool count_named(struct str name, enum duty_count *out)
{
	for (size_t i = 0; i < DUTY_COUNTS; i++)
		if (str_is(name, duty_count_names[i])) {
			*out = (enum duty_count)i;
			return true;
		}
	return false;
}

static int owners_missed(const struct duty_state *s)
{
	int n = 0;

	for (size_t i = 0; i < s->nslots; i++) {
		bool again = s->slots[i].state != SLOT_MISSED;

		for (size_t k = 0; k < i && !again; k++)
			again = s->slots[k].state == SLOT_MISSED && str_eq(s->slots[k].owner, s->slots[i].owner);
		n += !again;
	}
	return n;
}

int64_t duty_count(const struct duty_state *s, enum duty_count of)
{
	switch (of) {
	case COUNT_REQUIRED:
		return s->required_to_date;
	case COUNT_YEAR:
		return s->required_year;
	case COUNT_DONE:
		return s->met + s->late;
	case COUNT_MET:
		return s->met;
	case COUNT_LATE:
		return s->late;
	case COUNT_MISSED:
		return s->missed;
	case COUNT_PENDING:
		return s->pending;
	case COUNT_OWNERS_MISSED:
		return owners_missed(s);
	case DUTY_COUNTS:
		break;
	}
	BUG("count %d", of);
}

/* The figure whose name is nearest: the scheme's text is read once more, for this error alone. */
static const char *nearest_figure(struct outline_reader *r, struct str name)
{
	struct err none = {0};
	struct node *root, *figures;
	const char **names;

	if (yaml_read(r->a, r->s->text, &root, &none) != OK || !(figures = NODE_GET(root, "figures")) ||
		figures->kind != NODE_MAP)
		return NULL;
	names = ARENA_ARRAY(r->a, const char *, figures->n);
	for (size_t i = 0; i < figures->n; i++)
		names[i] = arena_str(r->a, figures->keys[i]->text).p;
	return nearest_name(name, names, figures->n, sizeof *names);
}

enum err_code figure_known(struct outline_reader *r, struct str name, const struct node *at, struct err *err)
{
	const char *near;

	if (scheme_has_figure(r->s, name))
		return OK;
	near = nearest_figure(r, name);
	if (near)
		return node_fail(at, err, "there is no figure '" STR_FMT "'; nearest: %s", STR_ARG(name), near);
	return node_fail(at, err, "there is no figure '" STR_FMT "'", STR_ARG(name));
}

enum err_code duty_known(
	struct outline_reader *r, struct str id, const struct node *at, const struct duty **out, struct err *err)
{
	const char **names;
	const char *near;

	*out = scheme_duty(r->s, id);
	if (*out)
		return OK;
	names = ARENA_ARRAY(r->a, const char *, r->s->nduties);
	for (size_t i = 0; i < r->s->nduties; i++)
		names[i] = arena_str(r->a, r->s->duties[i].id).p;
	near = nearest_name(id, names, r->s->nduties, sizeof *names);
	if (near)
		return node_fail(at, err, "there is no duty '" STR_FMT "'; nearest: %s", STR_ARG(id), near);
	return node_fail(at, err, "there is no duty '" STR_FMT "'", STR_ARG(id));
}

/* ---- names in braces ---- */

static enum err_code field_piece(
	struct outline_reader *r, struct scope scope, const struct node *at, struct piece *p, struct err *err)
{
	struct str name = p->text, unit = S("");
	size_t colon;

	if (str_find(name, S(":"), &colon)) {
		unit = str_sub(name, colon + 1, name.n);
		name = str_sub(name, 0, colon);
		p->unit_field = type_field(scope.type, unit);
		p->unit = !p->unit_field && str_is(unit, "unit");
		if (!p->unit && !p->unit_field)
			return field_of(scope.type, unit, at, &p->unit_field, err);
	}
	p->kind = PIECE_FIELD;
	return field_of(scope.type, name, at, &p->field, err);
}

static bool condition_piece(struct scope scope, struct piece *p)
{
	if (!scope.when)
		return false;
	if (str_is(p->text, "bar") && scope.when->nlimits) {
		p->kind = PIECE_BAR;
		return true;
	}
	if (scope.when->duty && count_named(p->text, &p->count)) {
		p->kind = PIECE_DUTY;
		p->duty = scope.when->duty;
		return true;
	}
	if (!scope.when->duty && str_is(p->text, "value")) {
		p->kind = PIECE_FIGURE;
		p->text = scope.when->figure;
		return true;
	}
	return false;
}

static bool duty_piece(struct outline_reader *r, struct piece *p)
{
	for (size_t i = p->text.n; i-- > 1;)
		if (p->text.p[i] == '.') {
			p->duty = scheme_duty(r->s, str_sub(p->text, 0, i));
			if (p->duty && count_named(str_sub(p->text, i + 1, p->text.n), &p->count)) {
				p->kind = PIECE_DUTY;
				return true;
			}
			return false;
		}
	return false;
}

static enum err_code name_piece(
	struct outline_reader *r, struct scope scope, const struct node *at, struct piece *p, struct err *err)
{
	struct str name = str_is(p->text, "office") ? str_c(setting_names[SET_OFFICE]) : p->text; /* as under paper: */

	for (size_t i = 0; i < SETTINGS; i++)
		if (str_is(name, setting_names[i]) && !(scope.type && type_field(scope.type, p->text))) {
			p->kind = PIECE_SETTING;
			p->setting = (enum setting)i;
			return OK;
		}
	if (scope.members && (str_is(p->text, "key") || str_is(p->text, "value"))) {
		p->kind = str_is(p->text, "key") ? PIECE_KEY : PIECE_VALUE;
		return OK;
	}
	if (scope.type)
		return field_piece(r, scope, at, p, err);
	if (condition_piece(scope, p) || duty_piece(r, p))
		return OK;
	p->kind = PIECE_FIGURE;
	return figure_known(r, p->text, at, err);
}

/* ---- texts ---- */

static enum err_code plain(struct outline_reader *r, const struct node *node, struct str text, struct err *err)
{
	struct number_at n;
	struct str word;

	if (!number_find(text, 0, &r->o->terms, &n))
		return OK;
	word = str_sub(text, n.from, n.to + unit_word(str_sub(text, n.to, text.n)).n);
	return node_fail(node, err,
		"'" STR_FMT "' is a number in the outline's text; numbers come from figures only "
		"(fixed words stand under terms)",
		STR_ARG(word));
}

static void piece_add(struct outline_reader *r, const struct node *node, struct phrase *out, struct str text)
{
	struct piece *p = ARENA_PUSH(r->a, out->p, out->n, out->cap);

	p->text = text;
	p->line = node->line;
	p->col = node->col;
}

enum err_code phrase_read(
	struct outline_reader *r, const struct node *node, struct scope scope, struct phrase *out, struct err *err)
{
	struct str rest;
	size_t open, close;

	if (!node || node->kind != NODE_TEXT)
		return node_fail(node, err, "expected a text");
	rest = node->text;
	while (rest.n) {
		if (!str_find(rest, S("{"), &open))
			open = rest.n;
		if (open) {
			TRY(plain(r, node, str_sub(rest, 0, open), err));
			piece_add(r, node, out, str_sub(rest, 0, open));
		}
		rest = str_sub(rest, open, rest.n);
		if (!rest.n)
			break;
		if (!str_find(rest, S("}"), &close))
			return node_fail(node, err, "'{' without '}'");
		piece_add(r, node, out, str_sub(rest, 1, close));
		TRY(name_piece(r, scope, node, &out->p[out->n - 1], err));
		rest = str_sub(rest, close + 1, rest.n);
	}
	return OK;
}

/* ---- conditions ---- */

static enum err_code limit_value(const struct node *v, struct limit *l, struct err *err)
{
	if (v->kind != NODE_TEXT || !thousandths(v->text, &l->than))
		return node_fail(v, err, "expected a number");
	return OK;
}

static bool op_named(struct str name, enum limit_op *out)
{
	for (size_t i = 0; i < LEN(op_names); i++)
		if (str_is(name, op_names[i])) {
			*out = (enum limit_op)i;
			return true;
		}
	return false;
}

static enum err_code statuses(struct outline_reader *r, const struct node *v, unsigned *out, struct err *err)
{
	const struct node *const *items = v->kind == NODE_LIST ? (const struct node *const *)v->items : &v;
	size_t n = v->kind == NODE_LIST ? v->n : 1;

	for (size_t i = 0; i < n; i++) {
		const char *names[DUTY_STATUSES], *near;
		struct str word = items[i]->kind == NODE_TEXT ? arena_str(r->a, items[i]->text) : S("");
		size_t s;

		for (size_t k = 0; k < word.n; k++)
			if (word.p[k] == ' ')
				((char *)word.p)[k] = '_';
		for (s = 0; s < DUTY_STATUSES && !str_is(word, duty_status_name((enum duty_status)s)); s++)
			names[s] = duty_status_name((enum duty_status)s);
		if (s < DUTY_STATUSES) {
			*out |= 1u << s;
			continue;
		}
		near = nearest_name(word, names, s, sizeof *names);
		return node_fail(items[i], err, "'" STR_FMT "' is no status of a duty; nearest: %s", STR_ARG(word),
			near ? near : "missed");
	}
	return OK;
}

/* A key of a condition on a duty: status, or a count with limits. */
static enum err_code duty_key(
	struct outline_reader *r, const struct node *key, const struct node *v, struct condition *out, struct err *err)
{
	struct limit l = {0};

	if (str_is(key->text, "status"))
		return statuses(r, v, &out->statuses, err);
	if (!count_named(key->text, &l.count))
		return node_fail(key, err,
			"'" STR_FMT "' is nothing that a duty is asked for; expected status, missed, done, …",
			STR_ARG(key->text));
	if (v->kind != NODE_MAP)
		return node_fail(v, err, "expected {over: n}, {under: n}, {at_least: n} or {at_most: n}");
	for (size_t i = 0; i < v->n; i++) {
		if (!op_named(v->keys[i]->text, &l.op))
			return node_fail(
				v->keys[i], err, "expected {over: n}, {under: n}, {at_least: n} or {at_most: n}");
		TRY(limit_value(v->items[i], &l, err));
		*ARENA_PUSH(r->a, out->limits, out->nlimits, out->limits_cap) = l;
	}
	return OK;
}

static enum err_code figure_key(
	struct outline_reader *r, const struct node *key, const struct node *v, struct condition *out, struct err *err)
{
	struct limit l = {0};

	if (!op_named(key->text, &l.op))
		return node_fail(key, err,
			"'" STR_FMT "' is nothing that a figure is asked for; expected over, under, at_least "
			"or at_most",
			STR_ARG(key->text));
	TRY(limit_value(v, &l, err));
	*ARENA_PUSH(r->a, out->limits, out->nlimits, out->limits_cap) = l;
	return OK;
}

enum err_code condition_read(struct outline_reader *r, const struct node *node, struct condition *out, struct err *err)
{
	const struct node *duty, *figure;

	if (!node || node->kind != NODE_MAP)
		return node_fail(node, err, "expected {duty: …} or {figure: …} with what must hold");
	duty = NODE_GET(node, "duty");
	figure = NODE_GET(node, "figure");
	if (!duty == !figure || (duty ? duty : figure)->kind != NODE_TEXT)
		return node_fail(node, err, "expected {duty: …} or {figure: …} with what must hold");
	out->node = node;
	if (duty) {
		TRY(duty_known(r, duty->text, duty, &out->duty, err));
	} else {
		out->figure = figure->text;
		TRY(figure_known(r, figure->text, figure, err));
	}
	for (size_t i = 0; i < node->n; i++)
		if (node->items[i] != duty && node->items[i] != figure)
			TRY((duty ? duty_key : figure_key)(r, node->keys[i], node->items[i], out, err));
	if (!out->statuses && !out->nlimits)
		return node_fail(node, err, "the condition says nothing that must hold");
	return OK;
}
