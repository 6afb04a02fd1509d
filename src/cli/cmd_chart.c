/* zeren chart: one chart as a file, or its figures. */
#include "cli/flow_out.h"
#include "cli/out.h"
#include "cli/report_out.h"

#include "base/file.h"
#include "report/chart_file.h"

command_fn cmd_chart;

/* What stands behind the last dot of a path. */
static struct str ending(struct str path)
{
	for (size_t i = path.n; i-- && path.p[i] != '/';)
		if (path.p[i] == '.')
			return str_sub(path, i + 1, path.n);
	return STR_NONE;
}

static enum err_code read_format(const struct cli *c, const struct chart_format **out, struct err *err)
{
	struct str format = str_c(cli_opt(c, "format")), file = str_c(cli_opt(c, "out"));

	*out = chart_format(format.n ? format : file.n ? ending(file) : S("svg"));
	if (!*out)
		return fail(err, ERR_USAGE, "--format: expected svg, pdf, png or csv");
	if (!file.n && !c->json && (*out)->costly)
		return fail(err, ERR_USAGE, "chart needs --out FILE here");
	return OK;
}

static void put_list(struct cli *c, struct node *map, const char *key, const char *option)
{
	struct str rest = str_c(cli_opt(c, option)), one;
	struct node *list = node_list(c->arena);

	while (rest.n) {
		if (!str_cut(&rest, S(","), &one)) {
			one = rest;
			rest = STR_NONE;
		}
		node_push(c->arena, list, node_str(c->arena, str_trim(one)));
	}
	if (list->n)
		node_set(c->arena, map, str_c(key), list);
}

/* By the words that an outline uses, so that the same is refused. */
static enum err_code read_chart(struct cli *c, const struct scheme *s, struct outline_chart *out, struct err *err)
{
	static const char *const texts[] = {"duty", "form", "unit"};
	struct outline_reader r = {.a = c->arena, .s = s};
	struct node *map = node_map(c->arena);

	node_set(c->arena, map, S("chart"), node_str(c->arena, str_c(c->args[0])));
	put_list(c, map, "figures", "figures");
	put_list(c, map, "duties", "duties");
	for (size_t i = 0; i < LEN(texts); i++)
		if (cli_opt(c, texts[i]))
			node_set(c->arena, map, str_c(texts[i]), node_str(c->arena, str_c(cli_opt(c, texts[i]))));
	return chart_read(&r, map, false, out, err);
}

static struct node *as_json(struct cli *c, const struct charts *charts)
{
	struct node *out = node_map(c->arena), *heads = node_list(c->arena), *rows = node_list(c->arena);
	const struct chart_table *t = charts->table;

	out_text(c, out, "title", charts->title);
	out_text(c, out, "says", charts->desc);
	out_text(c, out, "unit", charts->unit);
	out_text(c, out, "source", charts->source);
	for (size_t k = 0; t && k < t->heads.n; k++)
		node_push(c->arena, heads, node_str(c->arena, t->heads.p[k].text));
	for (size_t i = 0; t && i < t->rows.n; i++) {
		struct node *row = node_map(c->arena), *cells = node_list(c->arena);

		for (size_t k = 0; k < t->heads.n; k++)
			node_push(c->arena, cells, node_str(c->arena, t->cells[i * t->heads.n + k].text));
		out_text(c, row, "name", t->rows.p[i].text);
		node_set(c->arena, row, S("cells"), cells);
		node_push(c->arena, rows, row);
	}
	node_set(c->arena, out, S("heads"), heads);
	node_set(c->arena, out, S("rows"), rows);
	return out;
}

static enum err_code write_file(struct cli *c, const struct charts *charts, const struct chart_format *as,
	struct err *err)
{
	const char *file = cli_opt(c, "out");
	struct str bytes;

	TRY(chart_file(c->arena, charts, as, report_fonts(c), &bytes, err));
	if (!file) {
		out_put(bytes);
		return OK;
	}
	TRY(file_write(file, bytes, err));
	if (!c->json)
		say(c, "%s: " STR_FMT, file, STR_ARG(charts->desc));
	return OK;
}

enum err_code cmd_chart(struct cli *c, int *status, struct err *err)
{
	CLEANUP(report_world_done) struct report_world w = {0};
	struct chart_in in = {.arena = c->arena, .lang = c->lang, .figures = &w.figures};
	const struct chart_format *as;
	struct outline_chart chart = {0};
	struct chart_opt opt;
	struct charts charts;
	struct str title;

	TRY(read_format(c, &as, err));
	TRY(report_world(c, c->lang, &w, err));
	TRY(cli_int(c, "known", 0, INT64_MAX, &in.known, err));
	TRY(read_chart(c, &w.scheme, &chart, err));
	title = cli_opt(c, "title") ? str_c(cli_opt(c, "title")) : office_chart_title(&in, &chart);
	opt = chart_format_opt(as, chart.kind);
	TRY(office_chart(&in, report_world_db(&w), &chart, title, &opt, &charts, err));
	if (c->json)
		TRY(say_json(c, as_json(c, &charts), err));
	return c->json && !cli_opt(c, "out") ? OK : write_file(c, &charts, as, err);
}
