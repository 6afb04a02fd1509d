/* Lists of pages as files. */
#include "web/list.h"

#include "base/file.h"
#include "record/list.h"
#include "web/assess_view.h"
#include "web/excuse_view.h"
#include "web/finding_view.h"
#include "web/handover_view.h"
#include "web/org_view.h"
#include "web/plan_view.h"
#include "web/register_view.h"
#include "web/report_view.h"
#include "web/risk_view.h"
#include "web/sign_view.h"

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
static const struct column excuse_cols[] = {COL(N_("No."), OF_TEXT, excuse_line, no),
	COL(N_("State"), OF_KEY, excuse_line, state), COL(N_("Duty"), OF_TEXT, excuse_line, duty),
	COL(N_("What"), OF_TEXT, excuse_line, title), COL(N_("Slot"), OF_TEXT, excuse_line, label),
	COL(N_("Object"), OF_TEXT, excuse_line, object), COL(N_("Owner"), OF_TEXT, excuse_line, owner),
	COL(N_("Due"), OF_DAY, excuse_line, due), COL(N_("Asked for"), OF_KEY, excuse_line, kind),
	COL(N_("New day"), OF_DAY, excuse_line, until), COL(N_("Asked on"), OF_DAY, excuse_line, asked),
	COL(N_("Asked by"), OF_TEXT, excuse_line, by), COL(N_("Why"), OF_TEXT, excuse_line, why),
	COL(N_("Decided on"), OF_DAY, excuse_line, decided), COL(N_("Decided by"), OF_TEXT, excuse_line, decider),
	COL(N_("Reason of the decision"), OF_TEXT, excuse_line, answer),
	COL(N_("Revoked on"), OF_DAY, excuse_line, revoked), COL(N_("Revoked by"), OF_TEXT, excuse_line, revoker),
	COL(N_("Why it was revoked"), OF_TEXT, excuse_line, revoke_why)};
static const struct column handover_cols[] = {COL(N_("Post"), OF_TEXT, handed_row, post),
	COL(N_("Last day"), OF_DAY, handed_row, on), COL(N_("Leaving"), OF_TEXT, handed_row, leaving),
	COL(N_("Coming"), OF_TEXT, handed_row, coming), COL(N_("Handover"), OF_TEXT, handed_row, no),
	COL(N_("State"), OF_KEY, handed_row, state), COL(N_("Lines"), OF_TEXT, handed_row, lines)};
static const struct column inspection_cols[] = {COL(N_("No."), OF_TEXT, inspection_line, no),
	COL(N_("Kind"), OF_TEXT, inspection_line, title), COL(N_("Planned for"), OF_DAY, inspection_line, planned),
	COL(N_("Held on"), OF_DAY, inspection_line, held), COL(N_("Unit"), OF_TEXT, inspection_line, unit),
	COL(N_("Lead"), OF_TEXT, inspection_line, lead), COL(N_("Team"), OF_TEXT, inspection_line, team),
	COL(N_("Methods"), OF_TEXT, inspection_line, methods), COL(N_("State"), OF_LOOK, inspection_line, look),
	COL(N_("Looked at"), OF_COUNT, inspection_line, looked),
	COL(N_("Problems"), OF_COUNT, inspection_line, problems),
	COL(N_("Findings made"), OF_COUNT, inspection_line, found),
	COL(N_("Still open"), OF_COUNT, inspection_line, open)};
static const struct column appeal_cols[] = {COL(N_("Item"), OF_TEXT, appeal_row, item),
	COL(N_("Unit"), OF_TEXT, appeal_row, unit), COL(N_("State"), OF_LOOK, appeal_row, look),
	COL(N_("In this state since"), OF_DAY, appeal_row, since), COL(N_("Why"), OF_TEXT, appeal_row, why)};
static const struct column burden_cols[] = {COL(N_("No."), OF_TEXT, burden_row, id),
	COL(N_("Duty or unit"), OF_TEXT, burden_row, title), COL(N_("Slots"), OF_COUNT, burden_row, slots),
	COL(N_("Entries asked"), OF_COUNT, burden_row, entries_asked),
	COL(N_("Entries given"), OF_COUNT, burden_row, entries),
	COL(N_("Files asked"), OF_COUNT, burden_row, files_asked),
	COL(N_("Files given"), OF_COUNT, burden_row, files), COL(N_("Files too many"), OF_COUNT, burden_row, excess)};
static const struct column figure_cols[] = {COL(N_("Figure"), OF_TEXT, figure_row, title),
	COL(N_("Value"), OF_TEXT, figure_row, value), COL(N_("Records"), OF_COUNT, figure_row, n),
	COL(N_("Counting rule"), OF_TEXT, figure_row, rule)};

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
	[LIST_EXCUSES] = LIST(N_("Excuses and more time"), excuse_line, excuse_cols),
	[LIST_HANDOVERS] = LIST(N_("Handovers"), handed_row, handover_cols),
	[LIST_INSPECTIONS] = LIST(N_("Inspections"), inspection_line, inspection_cols),
	[LIST_APPEALS] = LIST(N_("Appeals"), appeal_row, appeal_cols),
	[LIST_FIGURES] = LIST(N_("Figures"), figure_row, figure_cols),
	[LIST_BURDEN] = LIST(N_("Burden of proof"), burden_row, burden_cols),
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
		return *(const char *const *)at ? call_say(c, *(const char *const *)at) : STR_NONE;
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
	static const char *const others[] = {"format", "page", "done", "slot", "figure"};

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

struct str list_chosen(const struct picks *picks)
{
	for (size_t i = 0; i < picks->n; i++)
		if (picks->p[i].chosen)
			return picks->p[i].text;
	return STR_NONE;
}

/* Whose, as of when, how many, in whose reach, narrowed by what. */
static struct str note_of(struct call *c, const struct list_shown *shown)
{
	struct str out = arena_printf(c->arena, tr(c->lang, N_(STR_FMT ", as of " STR_FMT ": %zu; %s")),
		STR_ARG(c->world->org.office.name), STR_ARG(call_day(c, c->on)), shown->n,
		tr(c->lang, c->sees_all ? N_("the whole office") : N_("what this account may see")));

	for (size_t i = 0; i < shown->nonly; i++) {
		struct str is = shown->only[i].is;

		if (!is.n)
			continue;
		if (shown->only[i].what)
			is = arena_printf(c->arena, tr(c->lang, N_("%s: " STR_FMT)),
				tr(c->lang, shown->only[i].what), STR_ARG(is));
		out = arena_printf(c->arena, tr(c->lang, N_(STR_FMT "; " STR_FMT)), STR_ARG(out), STR_ARG(is));
	}
	return out;
}

static struct list list_of(struct call *c, const struct list_shown *shown)
{
	size_t ncols = lists[shown->name].ncols, n = shown->n;
	struct list_head *heads = ARENA_ARRAY(c->arena, struct list_head, ncols);
	struct str *cells = ARENA_ARRAY(c->arena, struct str, n * ncols);

	for (size_t k = 0; k < ncols; k++) {
		const struct column *col = &lists[shown->name].cols[k];

		heads[k].text = call_say(c, col->head);
		heads[k].kind = col->of == OF_DAY ? LIST_DAY
			: col->of == OF_COUNT || col->of == OF_DECIMAL ? LIST_NUMBER : LIST_TEXT;
		for (size_t i = 0; i < n; i++)
			cells[i * ncols + k] = text_of(c, col, (const char *)shown->rows + i * lists[shown->name].size);
	}
	return (struct list){.lang = c->lang,
		.title = shown->title.n ? shown->title : call_say(c, lists[shown->name].title),
		.note = note_of(c, shown), .heads = heads, .ncols = ncols, .cells = cells, .n = n};
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

enum err_code list_send(struct call *c, const struct list_shown *shown, struct err *err)
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
	l = list_of(c, shown);
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
