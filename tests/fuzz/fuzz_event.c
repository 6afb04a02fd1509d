/*
 * Bytes as the text of an event (log/event.h, log/canon.h). canon_read and json_is_canon, written apart from
 * each other, must say the same of every text; what canon_read has read, json_canon writes back byte for byte;
 * and an event that can be read is written back byte for byte as well.
 */
#include "log/canon.h"
#include "log/event.h"
#include "text/json.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_event(struct arena *a, struct str text)
{
	CLEANUP(buf_free) struct buf b = BUF_MAX(EVENT_BYTES);
	struct event_names names;
	struct err err = {.lang = LANG_EN};
	struct event e;

	if (event_read(a, text, &e, &names, &err) != OK) {
		BUG_IF(err.code != ERR_DAMAGED || !err.text[0]);
		return;
	}
	BUG_IF(err.code != OK || e.id.seq < 0 || e.at < 0 || e.at % 1000 || !e.kind.n || !e.actor.n ||
		!e.via.n);
	BUG_IF(!origin_valid(names.log) || e.id.origin || e.subject.origin || e.data->kind != NODE_MAP);
	e.subject.origin = names.subject.n != 0;
	if (event_write(&b, &e, names, &err) != OK)
		BUG("%s", err.text);
	BUG_IF(!str_eq(buf_str(&b), text));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena a CLEANUP(arena_free) = ARENA_INIT;
	CLEANUP(buf_free) struct buf b = BUF_MAX(1 << 20);
	struct str text = {(const char *)data, size};
	struct err err = {.lang = LANG_EN};
	struct node *node = NULL;
	bool fine = canon_read(&a, text, &node);

	BUG_IF(fine != json_is_canon(text));
	if (fine) {
		if (json_canon(&b, node, &err) != OK)
			BUG("%s", err.text);
		BUG_IF(!str_eq(buf_str(&b), text));
	}
	check_event(&a, text);
	return 0;
}
