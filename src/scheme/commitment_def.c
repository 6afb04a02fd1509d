/* plan: of a scheme. */
#include "scheme/commitment_def.h"

#include "text/yaml.h"

/* The computed types. Whatever changes with time comes from the steps. */
static const char TYPES[] =
	"commitment:\n"
	"  about: plan\n"
	"  title: 承诺事项\n"
	"  date: from\n"
	"  fields:\n"
	"    no: {type: text, title: 编号}\n"
	"    what: {type: text, title: 内容}\n"
	"    owner: {type: object, title: 责任岗位}\n"
	"    limit: {type: date, title: 时限}\n"
	"    target: {type: text, title: 目标}\n"
	"    times: {type: count, title: 应完成次数}\n"
	"    done: {type: count, title: 已完成次数}\n"
	"    fate: {type: choice, title: 结果}\n"
	"    last: {type: date, title: 最近进展}\n"
	"    why: {type: text, title: 原因}\n"
	"    repeats: {type: text, title: 重复上年}\n"
	"    likeness: {type: number, title: 相同程度（%）}\n"
	"    problems: {type: list, title: 对应问题}\n"
	"    from: {type: date, title: 起算日}\n"
	"  track:\n"
	"    done: {from: commitment_step, key: no, to: done}\n"
	"    fate: {from: commitment_step, key: no, to: fate}\n"
	"    last: {from: commitment_step, key: no, to: date}\n"
	"    why: {from: commitment_step, key: no, to: why}\n"
	"commitment_step:\n"
	"  about: plan\n"
	"  title: 承诺事项的进展\n"
	"  fields:\n"
	"    date: {type: date, title: 日期}\n"
	"    no: {type: link, link: commitment.no, title: 编号}\n"
	"    done: {type: count, title: 已完成次数}\n"
	"    fate: {type: choice, title: 结果}\n"
	"    why: {type: text, title: 原因}\n";

const char *fate_name(enum fate f)
{
	static const char *const names[] = {"done", "under way", "not done", "dropped"};

	return names[f];
}

enum err_code commitment_types(
	struct arena *a, const struct node *plan, const struct node **records, struct err *err)
{
	struct node *all = node_map(a), *types;

	TRY(yaml_read(a, str_c(TYPES), &types, err));
	for (size_t i = 0; *records && i < (*records)->n; i++) {
		const struct node *key = (*records)->keys[i];

		if (node_get(types, key->text))
			return node_fail(key, err,
				"'" STR_FMT "' is what 'plan' makes; call this record type otherwise",
				STR_ARG(key->text));
		node_put(a, all, (*records)->keys[i], (*records)->items[i]);
	}
	for (size_t i = 0; i < types->n; i++) {
		if (!i && node_text(plan, S("title")).n)
			*NODE_GET(types->items[i], "title") = *NODE_GET(plan, "title");
		node_put(a, all, types->keys[i], types->items[i]);
	}
	*records = all;
	return OK;
}

struct plan_text {
	struct str record, title, no, what, owner, limit, target, unit, problems;
	struct texts units, fates;
};

static enum err_code read_fields(
	const struct plan_text *t, const struct node *plan, struct commitment_rule *c, struct err *err)
{
	const struct {
		const char *key;
		struct str name;
		const struct field **out;
	} fields[] = {
		{"no", t->no, &c->no}, {"what", t->what, &c->what}, {"owner", t->owner, &c->owner},
		{"limit", t->limit, &c->limit}, {"target", t->target, &c->target}, {"unit", t->unit, &c->unit},
		{"problems", t->problems, &c->problems},
	};

	for (size_t i = 0; i < LEN(fields); i++)
		if (fields[i].name.n)
			TRY(field_of(c->plan, fields[i].name, node_get(plan, str_c(fields[i].key)), fields[i].out,
				err));
	if (c->limit->type != TYPE_DATE)
		return node_fail(NODE_GET(plan, "limit"), err, "'%s' must name a date", "limit");
	return OK;
}

enum err_code commitment_read(struct arena *a, struct scheme *s, struct err *err)
{
	static const struct bind rules[] = {
		{"record", BIND_TEXT, true, offsetof(struct plan_text, record)},
		{"title", BIND_TEXT, false, offsetof(struct plan_text, title)},
		{"no", BIND_TEXT, true, offsetof(struct plan_text, no)},
		{"what", BIND_TEXT, true, offsetof(struct plan_text, what)},
		{"owner", BIND_TEXT, true, offsetof(struct plan_text, owner)},
		{"limit", BIND_TEXT, true, offsetof(struct plan_text, limit)},
		{"target", BIND_TEXT, false, offsetof(struct plan_text, target)},
		{"unit", BIND_TEXT, false, offsetof(struct plan_text, unit)},
		{"units", BIND_TEXTS, false, offsetof(struct plan_text, units)},
		{"problems", BIND_TEXT, false, offsetof(struct plan_text, problems)},
		{"fates", BIND_TEXTS, false, offsetof(struct plan_text, fates)},
	};
	struct commitment_rule *c = ARENA_NEW(a, struct commitment_rule);
	struct plan_text t = {0};

	TRY(bind_map(a, s->plan, rules, LEN(rules), N_("plan"), &t, err));
	TRY(type_of(s, t.record, NODE_GET(s->plan, "record"), &c->plan, err));
	TRY(read_fields(&t, s->plan, c, err));
	if (t.fates.n && t.fates.n != FATES)
		return node_fail(NODE_GET(s->plan, "fates"), err,
			"'fates' are four words: for done, under way, not done, dropped");
	for (size_t i = 0; i < FATES; i++)
		c->fates[i] = t.fates.n ? t.fates.p[i] : str_c(fate_name((enum fate)i));
	c->units = t.units;
	c->type = scheme_type(s, S("commitment"));
	c->step = scheme_type(s, S("commitment_step"));
	((struct record_type *)c->type)->computed = ((struct record_type *)c->step)->computed = true;
	s->commitments = c;
	return OK;
}
