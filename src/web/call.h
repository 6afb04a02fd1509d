/* One request, as page functions see it. */
#ifndef WEB_CALL_H
#define WEB_CALL_H

#include "http/http.h"
#include "http/route.h"
#include "web/frame.h"
#include "web/world.h"

struct call {
	struct arena *arena;
	struct log *log;               /* this worker's reader */
	const struct http_request *req;
	struct http_response *resp;
	const struct route *route;
	struct values values;          /* declared parameters */
	enum lang lang;
	struct date on;                /* the day asked about; DATE_NONE until call_world without one in the address */
	bool asked;                    /* the address names the day */
	struct worlds *worlds;
	const struct world *world;     /* after call_world; given back by the dispatcher */
	struct facts facts;            /* the world's, with the arena of this call */
	struct figures figures;
	struct html html;              /* after page_begin */
	const char *theme, *size;      /* as the browser chose: light, dark, large; or NULL */
};

/* A page function. Its error becomes a page of its own. */
typedef enum err_code page_fn(struct call *c, struct err *err);

/* Takes the world of the day asked about: of the address; else today, or the last day of the office's year when that is
 * over. */
enum err_code call_world(struct call *c, struct err *err);

/* The frame of a page in that world. title is translated already. */
struct frame *call_frame(struct call *c, enum nav nav, struct str title);

/* The page is being written: what pages take. */
struct html *page_begin(struct call *c);
enum err_code page_end(struct call *c, struct err *err);

/* An address of ours that keeps the day asked about. */
struct url call_url(struct call *c, struct url u);
/* A message key in the call's language. */
struct str call_say(const struct call *c, const char *key);
/* A day for people: 2022年6月3日, 3 June 2022. */
struct str call_day(const struct call *c, struct date day);

extern const struct route web_routes[];
extern const size_t web_nroutes;

page_fn desk_page, duties_page, duty_page, registers_page, register_page, record_page, file_page, report_page,
	figures_page,
	settings_page, more_page;

#endif
