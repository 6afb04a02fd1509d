/* The page of a workbook that takes a while, and its file. */
#include "web/pages.h"
#include "web/take_view.h"

enum { LOOK_SECONDS = 2, LOAD_SECONDS = 1 };

static struct url place(struct call *c)
{
	return url_add(c->arena, url_path("/export"), value_of(&c->values, "token"));
}

static struct str size_text(struct arena *a, int64_t bytes)
{
	int64_t tenths = (bytes + 52428) / 104858;

	return tenths < 1 ? arena_printf(a, "%lld KB", (long long)(bytes + 1023) / 1024)
		: arena_printf(a, "%lld.%lld MB", (long long)tenths / 10, (long long)tenths % 10);
}

static bool is_under_way(const struct take_look *look)
{
	return look->state < TAKE_READY;
}

/* The page looks again by itself; once it is there, it loads the file, the first time. */
static enum err_code put_refresh(struct call *c, const struct take_look *look, struct url file, struct err *err)
{
	if (is_under_way(look))
		return http_set(c->resp, "Refresh", arena_printf(c->arena, "%d", LOOK_SECONDS), err);
	if (look->state == TAKE_READY && !look->fetched)
		return http_set(c->resp, "Refresh", arena_printf(c->arena, "%d; url=" STR_FMT, LOAD_SECONDS,
			STR_ARG(file.text)), err);
	return OK;
}

enum err_code take_page(struct call *c, struct err *err)
{
	struct take_view v = {.here = place(c)};
	struct take_look look;

	TRY(take_look(c->takes, c->arena, value_of(&c->values, "token"), c->access->account.login, &look, err));
	TRY(call_world(c, err));
	v.frame = call_frame(c, NAV_REGISTERS, call_say(c, N_("A workbook")));
	v.file = url_add(c->arena, v.here, S("file"));
	v.state = look.state;
	v.title = look.title;
	v.error = look.error;
	v.size = size_text(c->arena, look.size);
	v.rows = (int64_t)look.rows;
	v.all = (int64_t)MAX(look.all, look.rows);
	v.minutes = (look.left + 59) / 60;
	v.notes.p = look.notes;
	v.notes.n = look.nnotes;
	TRY(put_refresh(c, &look, v.file, err));
	page_take(page_begin(c), &v);
	return page_end(c, err);
}

enum err_code take_file_page(struct call *c, struct err *err)
{
	struct str title;
	int64_t size;
	int fd;

	TRY(take_file(c->takes, c->arena, value_of(&c->values, "token"), c->access->account.login, &fd, &size, &title,
		err));
	http_file(c->resp, fd, 0, size);
	http_type(c->resp, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
	http_attachment(c->resp, arena_printf(c->arena, STR_FMT ".xlsx", STR_ARG(title)));
	return OK;
}
