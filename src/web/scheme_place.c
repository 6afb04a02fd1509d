/* Which field of a duty's form an error of its text is about. */
#include "web/scheme_view.h"

#include "text/yaml.h"

/* The first two numbers of a text: "line 12, column 5: …"; false where it names a file first. */
static bool place_in(struct str text, int *line, int *col)
{
	int *to[] = {line, col};
	size_t at = 0;

	*line = *col = 0;
	for (size_t i = 0; i < LEN(to); i++) {
		while (at < text.n && text.p[at] != ':' && (text.p[at] < '0' || text.p[at] > '9'))
			at++;
		for (; at < text.n && text.p[at] >= '0' && text.p[at] <= '9'; at++)
			*to[i] = *to[i] * 10 + (text.p[at] - '0');
	}
	return *line && *col;
}

struct nearest {
	struct arena *a;
	int line, col; /* looked for */
	int at_line, at_col; /* the last place not behind it */
	struct str path;
};

static void at_node(struct nearest *x, const struct node *n, struct str path)
{
	if (n->line > x->line || (n->line == x->line && n->col > x->col) || n->line < x->at_line ||
		(n->line == x->at_line && n->col < x->at_col))
		return;
	x->at_line = n->line;
	x->at_col = n->col;
	x->path = path;
}

static void walk(struct nearest *x, const struct node *n, struct str path)
{
	at_node(x, n, path);
	for (size_t i = 0; i < n->n; i++) {
		struct str key = n->kind == NODE_MAP ? n->keys[i]->text : arena_printf(x->a, "%zu", i + 1);
		struct str under = path.n ? arena_printf(x->a, STR_FMT "." STR_FMT, STR_ARG(path), STR_ARG(key)) : key;

		if (n->kind == NODE_MAP)
			at_node(x, n->keys[i], under);
		walk(x, n->items[i], under);
	}
}

static struct duty_field *field_at(struct duty_parts *parts, struct str path)
{
	for (size_t p = 0; p < parts->n; p++)
		for (size_t i = 0; i < parts->p[p].fields.n; i++) {
			struct str key = parts->p[p].fields.p[i].key;

			if (str_starts(path, key) && (path.n == key.n || path.p[key.n] == '.'))
				return &parts->p[p].fields.p[i];
		}
	return NULL;
}

bool duty_parts_wrong(struct call *c, struct duty_parts *parts, struct str text, struct str id, struct str why)
{
	struct nearest x = {.a = c->arena};
	struct err no = {.lang = c->lang};
	const struct node *duties;
	struct duty_field *f = NULL;
	struct node *tree;

	if (!place_in(why, &x.line, &x.col) || yaml_read(c->arena, text, &tree, &no) != OK)
		return false;
	duties = NODE_GET(tree, "duties");
	for (size_t i = 0; duties && i < duties->n; i++)
		if (str_eq(node_text(duties->items[i], S("id")), id))
			walk(&x, duties->items[i], STR_NONE);
	f = field_at(parts, x.path);
	if (!f)
		return false;
	f->wrong = why;
	f->first = true;
	return true;
}
