/* Whatever YAML is read has places, and a canonical JSON form that reads and writes as itself. */
#include "text/json.h"
#include "text/yaml.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct arena a;
static struct buf first = BUF_MAX(64 << 20), second = BUF_MAX(64 << 20);

static void check(const struct node *n, size_t lines)
{
	BUG_IF(n->line < 1 || n->col < 1 || (size_t)n->line > lines);
	BUG_IF(n->kind != NODE_TEXT && n->kind != NODE_LIST && n->kind != NODE_MAP);
	for (size_t i = 0; i < n->n; i++) {
		if (n->kind == NODE_MAP) {
			check(n->keys[i], lines);
			BUG_IF(node_get(n, n->keys[i]->text) != n->items[i] && i < 1000);
		}
		check(n->items[i], lines);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str text = {(const char *)data, size};
	struct err err = {.lang = LANG_EN};
	struct node *n;

	if (yaml_read(&a, text, &n, &err) == OK) {
		check(n, size + 1);
		buf_reset(&first);
		buf_reset(&second);
		BUG_IF(json_canon(&first, n, &err) != OK);
		BUG_IF(!json_is_canon(buf_str(&first)));
		BUG_IF(json_read(&a, buf_str(&first), (struct json_opt){0}, &n, &err) != OK);
		BUG_IF(json_canon(&second, n, &err) != OK || !str_eq(buf_str(&first), buf_str(&second)));
	} else {
		BUG_IF(err.code == ERR_INPUT && strncmp(err.text, "line ", 5) != 0);
	}
	arena_free(&a);
	return 0;
}
