/* Lists of pages as files. */
#include "web/list.h"

#include "base/file.h"
#include "office/list.h"
#include "web/assess_view.h"
#include "web/finding_view.h"
#include "web/org_view.h"
#include "web/plan_view.h"
#include "web/report_view.h"
#include "web/risk_view.h"

/* ---- what each list says ---- */

/* Where a column's value stands in a row, and as what. */
struct column {
	const char *head;
	enum { OF_TEXT, OF_DECIMAL, OF_DAY, OF_COUNT, OF_LOOK, OF_COLOUR, OF_KEY } of;
	size_t at;
};
#define COL(head_, of_, type, field) {.head = (head_), .of = (of_), .at = offsetof(struct type, field)}

static const struct column duty_cols[] = {COL(N_("No."), OF_TEXT, duty_row, id),
	COL(N_("Duty"), OF_TEXT, duty_row, title), COL(N_("Owner"), OF_TEXT, duty_row, owner),
	COL(N_("Status"), OF_LOOK, duty_row, look), COL(N_("Remarks"), OF_TEXT, duty_row, reason),
	COL(N_("Due"), OF_COUNT, duty_row, due), COL(N_("Met"), OF_COUNT, duty_row, met),
	COL(N_("Late"), OF_COUNT, duty_row, late), COL(N_("Missed"), OF_COUNT, duty_row, missed),
	COL(N_("To come"), OF_COUNT, duty_row, pending), COL(N_("Score"), OF_DECIMAL, duty_row, got)};
static const struct column slot_cols[] = {COL(N_("What"), OF_TEXT, slot_view, label),
	COL(N_("Owner"), OF_TEXT, slot_view, owner), COL(N_("State"), OF_LOOK, slot_view, look),
	COL(N_("Due"), OF_DAY, slot_view, due), COL(N_("Done on"), OF_DAY, slot_view, done),
	COL(N_("Records"), OF_COUNT, slot_view, records)};
static const struct column finding_cols[] = {COL(N_("No."), OF_TEXT, finding_line, no),
	COL(N_("Finding"), OF_TEXT, finding_line, what), COL(N_("Unit"), OF_TEXT, finding_line, unit),
	COL(N_("Severity"), OF_TEXT, finding_line, level), COL(N_("Source"), OF_TEXT, finding_line, source),
	COL(N_("State"), OF_LOOK, finding_line, look), COL(N_("Found"), OF_DAY, finding_line, found),
	COL(N_("To be put right by"), OF_DAY, finding_line, due), COL(N_("Remarks"), OF_TEXT, finding_line, remark),
	COL(N_("Progress"), OF_TEXT, finding_line, percent)};
static const struct column risk_cols[] = {COL(N_("No."), OF_TEXT, risk_row, no),
	COL(N_("Risk"), OF_TEXT, risk_row, name), COL(N_("Level of the risk"), OF_COLOUR, risk_row, look),
	COL(N_("likelihood"), OF_TEXT, risk_row, likelihood), COL(N_("impact"), OF_TEXT, risk_row, impact),
	COL(N_("Unit"), OF_TEXT, risk_row, unit), COL(N_("Owner"), OF_TEXT, risk_row, owner),
	COL(N_("Last review"), OF_DAY, risk_row, reviewed), COL(N_("Next review by"), OF_DAY, risk_row, due),
	COL(N_("resolved"), OF_DAY, risk_row, closed)};
static const struct column warning_cols[] = {COL(N_("Warning"), OF_COLOUR, risk_warning, look),
	COL(N_("Rule"), OF_TEXT, risk_warning, rule), COL(N_("What"), OF_TEXT, risk_warning, title),
	COL(N_("Owner"), OF_TEXT, risk_warning, owner), COL(N_("Value"), OF_TEXT, risk_warning, value),
	COL(N_("Since"), OF_DAY, risk_warning, since), COL(N_("To be answered by"), OF_DAY, risk_warning, due),
	COL(N_("State"), OF_KEY, risk_warning, state), COL(N_("Answer"), OF_TEXT, risk_warning, answer)};
static const struct column unit_cols[] = {COL(N_("Code"), OF_TEXT, org_unit_line, code),
	COL(N_("Unit"), OF_TEXT, org_unit_line, name), COL(N_("Short name"), OF_TEXT, org_unit_line, short_name),
	COL(N_("Kind"), OF_TEXT, org_unit_line, kind), COL(N_("Posts"), OF_COUNT, org_unit_line, rows.n)};
static const struct column plan_cols[] = {COL(N_("No."), OF_TEXT, promise_line, no),
	COL(N_("What"), OF_TEXT, promise_line, what), COL(N_("Owner"), OF_TEXT, promise_line, owner),
	COL(N_("Target"), OF_TEXT, promise_line, target), COL(N_("Due"), OF_DAY, promise_line, limit),
	COL(N_("State"), OF_LOOK, promise_line, look), COL(N_("Met"), OF_COUNT, promise_line, done),
	COL(N_("Late"), OF_COUNT, promise_line, late), COL(N_("Remarks"), OF_TEXT, promise_line, why)};
static const struct column assess_cols[] = {COL(N_("Unit"), OF_TEXT, assess_unit_row, name),
	COL(N_("Full score"), OF_DECIMAL, assess_unit_row, full),
	COL(N_("Self score"), OF_DECIMAL, assess_unit_row, self),
	COL(N_("Score"), OF_DECIMAL, assess_unit_row, total), COL(N_("Grade"), OF_TEXT, assess_unit_row, grade),
	COL(N_("State"), OF_LOOK, assess_unit_row, look), COL(N_("Settled on"), OF_TEXT, assess_unit_row, settled_on)};

#define LIST(title_, row, cols_) {.title = (title_), .size = sizeof(struct row), .cols = (cols_), .ncols = LEN(cols_)}
static const struct {
	const char *title;
	size_t size;                     /* of a row */
	const struct column *cols;
	size_t ncols;
} lists[LISTS] = {
	[LIST_DUTIES] = LIST(N_("Duties"), duty_row, duty_cols),
	[LIST_SLOTS] = LIST(N_("What is owed"), slot_view, slot_cols),
	[LIST_FINDINGS] = LIST(N_("Findings"), finding_line, finding_cols),
	[LIST_RISKS] = LIST(N_("Register of risks"), risk_row, risk_cols),
	[LIST_WARNINGS] = LIST(N_("Warnings"), risk_warning, warning_cols),
	[LIST_UNITS] = LIST(N_("Units"), org_unit_line, unit_cols),
	[LIST_PLAN] = LIST(N_("Plan"), promise_line, plan_cols),
	[LIST_ASSESS] = LIST(N_("Assessment"), assess_unit_row, assess_cols),
};

static struct str text_of(struct call *c, const struct column *col, const char *row)
{
	const void *at = row + col->at;
	char day[DATE_TEXT];

	switch (col->of) {
	case OF_TEXT:
	case OF_DECIMAL:
		return *(const struct str *)at;
	case OF_DAY:
		return date_is(*(const struct date *)at)
			? arena_str(c->arena, date_text(*(const struct date *)at, day)) : STR_NONE;
	case OF_COUNT:
		return arena_printf(c->arena, "%lld", (long long)*(const int64_t *)at);
	case OF_LOOK:
		return call_say(c, ((const struct look *)at)->word);
	case OF_COLOUR:
		return ((const struct colour_look *)at)->word;
	case OF_KEY:
		return call_say(c, *(const char *const *)at);
	}
	return STR_NONE;
}

/* ---- what is asked for ---- */

static struct str format_of(const struct call *c)
{
	for (size_t i = 0; c->req->method == HTTP_GET && i < c->route->nparams; i++)
		if (strcmp(c->route->params[i].name, "format") == 0)
			return value_of(&c->values, "format");
	return STR_NONE;
}

bool list_asked(const struct call *c)
{
	return format_of(c).n > 0;
}

/* The parameters of this address that narrow its list. */
static bool narrows(const struct param *p)
{
	static const char *const others[] = {"format", "page", "done", "slot"};

	for (size_t i = 0; i < LEN(others); i++)
		if (strcmp(p->name, others[i]) == 0)
			return false;
	return !p->must && !p->many && p->kind != PARAM_FIELDS;
}

static struct url address(struct call *c, const char *format)
{
	struct url u = call_url(c, call_here(c));

	for (size_t i = 0; i < c->route->nparams; i++)
		if (narrows(&c->route->params[i]) && c->values.of[i].n)
			u = url_query(c->arena, u, c->route->params[i].name, c->values.of[i].p[0].value);
	return url_query(c->arena, u, "format", str_c(format));
}

struct list_links list_links(struct call *c)
{
	struct list_links out = {0};

	if (!call_may_any(c, ACT_REPORT_EXPORT) || c->req->method != HTTP_GET)
		return out;
	*ARENA_PUSH(c->arena, out.p, out.n, out.cap) = (struct list_link){"xlsx", address(c, "xlsx")};
	*ARENA_PUSH(c->arena, out.p, out.n, out.cap) = (struct list_link){"csv", address(c, "csv")};
	for (const struct export_form *f = export_forms; f->format; f++)
		*ARENA_PUSH(c->arena, out.p, out.n, out.cap) = (struct list_link){f->format, address(c, f->format)};
	return out;
}

/* Whose, as of when, how many, narrowed by what, in whose reach. */
static struct str note_of(struct call *c, size_t n)
{
	struct str narrowed = STR_NONE, out;

	for (size_t i = 0; i < c->route->nparams; i++)
		if (narrows(&c->route->params[i]) && c->values.of[i].n && c->values.of[i].p[0].value.n)
			narrowed = arena_printf(c->arena, STR_FMT "%s%s=" STR_FMT, STR_ARG(narrowed),
				narrowed.n ? ", " : "", c->route->params[i].name, STR_ARG(c->values.of[i].p[0].value));
	out = arena_printf(c->arena, tr(c->lang, N_(STR_FMT ", as of " STR_FMT ": %zu; %s")),
		STR_ARG(c->world->org.office.name), STR_ARG(call_day(c, c->on)), n,
		tr(c->lang, c->sees_all ? N_("the whole office") : N_("what this account may see")));
	return narrowed.n ? arena_printf(c->arena, STR_FMT "; " STR_FMT, STR_ARG(out), STR_ARG(narrowed)) : out;
}

static struct list list_of(struct call *c, enum list_name name, const void *rows, size_t n)
{
	size_t ncols = lists[name].ncols;
	struct list_head *heads = ARENA_ARRAY(c->arena, struct list_head, ncols);
	struct str *cells = ARENA_ARRAY(c->arena, struct str, n * ncols);

	for (size_t k = 0; k < ncols; k++) {
		const struct column *col = &lists[name].cols[k];

		heads[k].text = call_say(c, col->head);
		heads[k].kind = col->of == OF_DAY ? LIST_DAY
			: col->of == OF_COUNT || col->of == OF_DECIMAL ? LIST_NUMBER : LIST_TEXT;
		for (size_t i = 0; i < n; i++)
			cells[i * ncols + k] = text_of(c, col, (const char *)rows + i * lists[name].size);
	}
	return (struct list){.lang = c->lang, .title = call_say(c, lists[name].title), .note = note_of(c, n),
		.heads = heads,
		.ncols = ncols, .cells = cells, .n = n};
}

static enum err_code send_book(struct call *c, const struct list *l, struct err *err)
{
	const char *dir = arena_printf(c->arena, "%s/staging", log_dir(c->log)).p;
	int64_t size;
	int fd;

	TRY(file_mkdirs(dir, err));
	TRY(list_book_open(l, dir, &fd, &size, err));
	http_file(c->resp, fd, 0, size);
	http_type(c->resp, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
	return OK;
}

enum err_code list_send(struct call *c, enum list_name name, struct str title, const void *rows, size_t n,
	struct err *err)
{
	struct str format = format_of(c), bytes;
	const struct export_form *form = export_form(format);
	bool csv = str_is(format, "csv"), book = str_is(format, "xlsx");
	struct list l;

	if (!call_may_any(c, ACT_REPORT_EXPORT))
		return fail(err, ERR_DENIED, "you may not take lists out");
	if (!csv && !book && !form)
		return fail(err, ERR_INPUT, "format: expected xlsx, csv, pdf, docx, ofd or html");
	if (!csv)
		TRY(call_rate(c, RATE_EXPORT, err));
	l = list_of(c, name, rows, n);
	if (title.n)
		l.title = title;
	if (book) {
		TRY(send_book(c, &l, err));
	} else {
		TRY(csv ? list_csv(c->arena, &l, &bytes, err)
			: list_document(c->arena, &l, form, call_fonts(c), &bytes, err));
		TRY(http_set(c->resp, "Content-Type", csv ? S("text/csv; charset=utf-8") : str_c(form->type), err));
		http_bytes(c->resp, bytes);
	}
	http_attachment(c->resp, arena_printf(c->arena, STR_FMT "." STR_FMT, STR_ARG(l.title), STR_ARG(format)));
	return OK;
}
