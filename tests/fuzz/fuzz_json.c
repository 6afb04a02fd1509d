/* JSON read, written canonically and read again is the same bytes; the checker agrees with reader and
 * writer. */
#include "text/json.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct arena a;
static struct buf first = BUF_MAX(64 << 20), second = BUF_MAX(64 << 20);

static bool round_trip(struct str text, struct buf *out, bool decimals)
{
	struct err err = {.lang = LANG_EN};
	struct node *n;

	buf_reset(out);
	if (json_read(&a, text, (struct json_opt){.decimals = decimals}, &n, &err) != OK) {
		BUG_IF(!err.text[0]);
		return false;
	}
	return json_canon(out, n, &err) == OK;   /* not so for large numbers and control characters */
}

static void pretty(struct str text)
{
	struct err err = {.lang = LANG_EN};
	struct node *n;

	BUG_IF(json_read(&a, text, (struct json_opt){0}, &n, &err) != OK);
	buf_reset(&second);
	json_pretty(&second, n);
	BUG_IF(second.over || json_read(&a, buf_str(&second), (struct json_opt){0}, &n, &err) != OK);
	buf_reset(&second);
	BUG_IF(json_canon(&second, n, &err) != OK || !str_eq(buf_str(&first), buf_str(&second)));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str text = {(const char *)data, size};
	bool canon = json_is_canon(text), whole = round_trip(text, &first, false);

	BUG_IF(canon != (whole && str_eq(text, buf_str(&first))));
	if (whole) {
		BUG_IF(!json_is_canon(buf_str(&first)));
		BUG_IF(!round_trip(buf_str(&first), &second, false) || !str_eq(buf_str(&first),
			buf_str(&second)));
		BUG_IF(!round_trip(text, &second, true) || !str_eq(buf_str(&first), buf_str(&second)));
		pretty(text);
	} else if (round_trip(text, &first, true)) {
		BUG_IF(!round_trip(buf_str(&first), &second, false) || !str_eq(buf_str(&first),
			buf_str(&second)));
	}
	arena_free(&a);
	return 0;
}
