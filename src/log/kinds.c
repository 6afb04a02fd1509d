#include "log/inside.h"
#include "log/object.h"

static const struct event_field open_fields[] = {
	{"suite", FIELD_TEXT, true},     /* the algorithms of this log, for good */
};
static const struct event_kind own_kinds[] = {
	{.name = "log.open", .fields = open_fields, .nfields = LEN(open_fields)},
	{0},
};

static void add(struct log *log, const struct event_kind *kinds)
{
	for (; kinds->name; kinds++) {
		void **place = map_at(&log->kinds, str_c(kinds->name));

		if (*place && *place != kinds)
			BUG("two kinds are called %s", kinds->name);
		*place = (void *)kinds;
	}
}

void kinds_init(struct log *log)
{
	log->kinds = (struct map)MAP_IN(&log->arena);
	add(log, own_kinds);
	add(log, object_kinds);
	for (const struct event_kind *const *k = log->opt.kinds; k && *k; k++)
		add(log, *k);
}

const struct event_kind *kinds_get(const struct log *log, struct str name)
{
	return map_get(&log->kinds, name);
}
