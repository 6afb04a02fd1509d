#include "who/org_page.h"

/* ---- the sheets and the words of their header rows ---- */

enum { UNIT_CODE, UNIT_NAME, UNIT_SHORT, UNIT_PARENT, UNIT_KIND };
enum { POST_CODE, POST_NAME, POST_UNIT, POST_ROLE };
enum { HOLDER_POST, HOLDER_NAME, HOLDER_FROM, HOLDER_TO, HOLDER_ACTING };
enum { PORTFOLIO_POST, PORTFOLIO_UNIT, PORTFOLIO_FROM, PORTFOLIO_TO };
enum { BODY_CODE, BODY_NAME, BODY_UNIT, BODY_MEMBERS };

#define CODES_OF_POSTS "岗位编号", "岗位代码", "岗位", "岗位名称", "职务"
#define FIRST_DAYS(own) \
	own "起", "任职起始", "起始日期", "开始日期", "任职日期", "任职时间", "起", "自", "起始"
#define LAST_DAYS(own) \
	own "止", "任职终止", "截止日期", "结束日期", "离任日期", "免职日期", "止", "至", "终止"

static const struct org_form forms[ORG_LISTS] = {
	[ORG_UNITS] = {{"单位", "单位表", "单位名单", "单位名录", "组织机构"}, false, {
		[UNIT_CODE] = {{"编号", "单位编号", "代码", "单位代码"}, true},
		[UNIT_NAME] = {{"单位全称", "全称", "单位名称", "名称", "单位"}, true},
		[UNIT_SHORT] = {{"简称", "单位简称"}, false},
		[UNIT_PARENT] = {{"上级编号", "上级单位编号", "上级代码", "上级单位", "隶属单位"}, false},
		[UNIT_KIND] = {{"类别", "单位类别", "类型", "单位类型", "性质", "单位性质"}, true},
	}},
	[ORG_POSTS] = {{"岗位", "岗位表", "岗位名单", "岗位设置"}, false, {
		[POST_CODE] = {{"岗位编号", "编号", "岗位代码", "代码"}, true},
		[POST_NAME] = {{"岗位名称", "名称", "岗位", "职务"}, true},
		[POST_UNIT] = {{"所在单位编号", "所在单位", "单位编号", "所属单位", "单位"}, true},
		[POST_ROLE] = {{"责任层级", "层级", "责任角色", "角色", "责任类别", "类别"}, false},
	}},
	[ORG_HOLDERS] = {{"任职", "任职表", "任职情况", "任职名单"}, false, {
		[HOLDER_POST] = {{CODES_OF_POSTS, "编号"}, true},
		[HOLDER_NAME] = {{"姓名", "任职人", "任职人员", "任职人姓名"}, true},
		[HOLDER_FROM] = {{FIRST_DAYS("任职")}, true},
		[HOLDER_TO] = {{LAST_DAYS("任职")}, false},
		[HOLDER_ACTING] = {{"代管", "是否代管", "代理", "主持工作"}, false},
	}},
	[ORG_PORTFOLIOS] = {{"分管", "分管表", "分管情况", "分管联系", "分管分工", "领导分工"}, false, {
		[PORTFOLIO_POST] = {{CODES_OF_POSTS, "编号"}, true},
		[PORTFOLIO_UNIT] = {{"分管科室或联系单位", "分管单位编号", "分管单位", "分管科室", "分管部门",
			"联系单位", "分管或联系单位", "单位编号", "单位"}, true},
		[PORTFOLIO_FROM] = {{FIRST_DAYS("分管")}, false},
		[PORTFOLIO_TO] = {{LAST_DAYS("分管")}, false},
	}},
	[ORG_BODIES] = {{"会议机构", "会议机构表", "议事机构"}, true, {
		[BODY_CODE] = {{"编号", "机构编号", "会议机构编号", "代码"}, true},
		[BODY_NAME] = {{"名称", "机构名称", "会议机构", "会议机构名称", "全称"}, true},
		[BODY_UNIT] = {{"所在单位编号", "所在单位", "单位编号", "所属单位", "单位"}, false},
		[BODY_MEMBERS] = {{"成员岗位编号", "成员岗位", "成员", "组成岗位", "组成人员", "组成"}, true},
	}},
};

/* ---- rows ---- */

/* The next of several texts in one cell. */
static bool next_of(struct str *rest, struct str *out)
{
	static const char *const seps[] = {"、", "，", "；", ",", ";", "\n"};

	while (rest->n) {
		size_t end = rest->n, skip = 0, at;

		for (size_t i = 0; i < LEN(seps); i++)
			if (str_find(str_sub(*rest, 0, end), str_c(seps[i]), &at)) {
				end = at;
				skip = strlen(seps[i]);
			}
		*out = str_trim(str_sub(*rest, 0, end));
		*rest = str_sub(*rest, end + skip, rest->n);
		if (out->n)
			return true;
	}
	return false;
}

/* Lists grow in one arena by turns; the caps beside them. */
struct growing {
	struct org *org;
	size_t cap[ORG_LISTS], rows_cap[ORG_LISTS];
	size_t nrows[ORG_LISTS];
	struct org_source *src;
};

static void note_row(struct growing *g, struct arena *a, enum org_list list, int row)
{
	*ARENA_PUSH(a, g->src->lists[list].rows, g->nrows[list], g->rows_cap[list]) = row;
}

static enum err_code add_portfolios(const struct org_page *t, const struct row *row, struct growing *g)
{
	struct str rest = org_page_text(t, row, PORTFOLIO_UNIT), unit;
	struct org *org = g->org;
	struct date from, to;

	TRY(org_page_day(t, row, PORTFOLIO_FROM, &from));
	TRY(org_page_day(t, row, PORTFOLIO_TO, &to));
	while (next_of(&rest, &unit)) {
		*ARENA_PUSH(
			t->a, org->portfolios, org->nportfolios, g->cap[ORG_PORTFOLIOS]) = (struct portfolio){
			.post = org_page_text(t, row, PORTFOLIO_POST), .unit = unit, .from = from, .to = to};
		note_row(g, t->a, ORG_PORTFOLIOS, row->no);
	}
	return OK;
}

static void add_body(const struct org_page *t, const struct row *row, struct growing *g)
{
	struct org *org = g->org;
	struct body *b = ARENA_PUSH(t->a, org->bodies, org->nbodies, g->cap[ORG_BODIES]);
	struct str rest = org_page_text(t, row, BODY_MEMBERS), post;
	size_t cap = 0;

	b->code = org_page_text(t, row, BODY_CODE);
	b->name = org_page_text(t, row, BODY_NAME);
	b->unit = org_page_text(t, row, BODY_UNIT);
	while (next_of(&rest, &post))
		*ARENA_PUSH(t->a, b->members, b->nmembers, cap) = post;
	note_row(g, t->a, ORG_BODIES, row->no);
}

/* 是 or √; empty or 否: no. */
static enum err_code acting(const struct org_page *t, const struct row *row, bool *out)
{
	static const char *const yes[] = {"是", "√", "有", "代管", "代理", "主持工作"},
		*const no[] = {"", "否", "×", "无", "-"};
	struct str text = org_page_text(t, row, HOLDER_ACTING);

	for (size_t i = 0; i < LEN(yes); i++)
		if (str_is(text, yes[i])) {
			*out = true;
			return OK;
		}
	for (size_t i = 0; i < LEN(no); i++)
		if (str_is(text, no[i]))
			return OK;
	return fail(t->err, ERR_INPUT, "sheet " STR_FMT ", row %d, " STR_FMT ": expected 是 or 否, not '" STR_FMT "'",
		STR_ARG(t->sheet->name), row->no, STR_ARG(t->heads[HOLDER_ACTING]), STR_ARG(text));
}

static enum err_code add_holder(const struct org_page *t, const struct row *row, struct growing *g)
{
	struct holder h = {
		.post = org_page_text(t, row, HOLDER_POST), .name = org_page_text(t, row, HOLDER_NAME)};
	struct org *org = g->org;

	TRY(org_page_day(t, row, HOLDER_FROM, &h.from));
	TRY(org_page_day(t, row, HOLDER_TO, &h.to));
	TRY(acting(t, row, &h.acting));
	*ARENA_PUSH(t->a, org->holders, org->nholders, g->cap[ORG_HOLDERS]) = h;
	note_row(g, t->a, ORG_HOLDERS, row->no);
	return OK;
}

static enum err_code add_row(
	const struct org_page *t, const struct row *row, enum org_list list, struct growing *g)
{
	struct org *org = g->org;

	switch (list) {
	case ORG_UNITS:
		*ARENA_PUSH(t->a, org->units, org->nunits, g->cap[list]) =
			(struct unit){.code = org_page_text(t, row, UNIT_CODE),
				.name = org_page_text(t, row, UNIT_NAME),
				.short_name = org_page_text(t, row, UNIT_SHORT),
				.parent = org_page_text(t, row, UNIT_PARENT),
				.kind = org_page_text(t, row, UNIT_KIND)};
		break;
	case ORG_POSTS:
		*ARENA_PUSH(t->a, org->posts, org->nposts, g->cap[list]) = (struct post){
			.code = org_page_text(t, row, POST_CODE), .name = org_page_text(t, row, POST_NAME),
			.unit = org_page_text(t, row, POST_UNIT), .role = org_page_text(t, row, POST_ROLE)};
		break;
	case ORG_HOLDERS:
		return add_holder(t, row, g);
	case ORG_PORTFOLIOS:
		return add_portfolios(t, row, g);
	case ORG_BODIES:
		add_body(t, row, g);
		return OK;
	case ORG_LISTS:
		BUG("no list");
	}
	note_row(g, t->a, list, row->no);
	return OK;
}

static enum err_code read_page(
	struct arena *a, const struct book *book, enum org_list list, struct growing *g, struct err *err)
{
	struct org_page t;

	TRY(org_page_find(a, book, &forms[list], &t, err));
	if (!t.sheet)
		return OK;
	g->src->lists[list].sheet = t.sheet->name;
	for (size_t i = t.first; i < t.sheet->nrows; i++) {
		const struct row *row = &t.sheet->rows[i];

		if (org_page_no_fact(&t, row))
			continue;
		TRY(org_page_complete(&t, row));
		TRY(add_row(&t, row, list, g));
	}
	return OK;
}

/* The office is the unit of kind 本单位. */
static enum err_code office(struct org *org, const struct org_source *src, struct err *err)
{
	for (size_t i = 0; i < org->nunits; i++) {
		if (!str_is(org->units[i].kind, "本单位"))
			continue;
		if (org->office.code.n)
			return fail(err, ERR_INPUT,
				"sheet " STR_FMT ", row %d: a second unit of kind 本单位; the office is one",
				STR_ARG(src->lists[ORG_UNITS].sheet), src->lists[ORG_UNITS].rows[i]);
		org->office.code = org->units[i].code;
	}
	if (!org->office.code.n)
		return fail(err, ERR_REQUIRED,
			"sheet " STR_FMT ": no unit is of kind 本单位, which marks the office",
			STR_ARG(src->lists[ORG_UNITS].sheet));
	return OK;
}

enum err_code org_xlsx(
	struct arena *a, const char *path, struct org *out, struct org_source *src, struct err *err)
{
	struct org org = {0};
	struct growing g = {.org = &org, .src = src};
	struct book book;

	TRY(book_read(a, path, (struct sheet_progress){0}, &book, err));
	for (enum org_list list = 0; list < ORG_LISTS; list++)
		if (read_page(a, &book, list, &g, err) != OK)
			return err_at(err, "%s", path);
	if (office(&org, src, err) != OK)
		return err_at(err, "%s", path);
	*out = org;
	return OK;
}
