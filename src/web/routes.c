/* Every address there is: what it takes, and who answers. */
#include "web/call.h"

#define PAGE(path_, fn, n, ...) \
	{ \
		.method = "GET", .path = path_, .run = (void (*)(void))(fn), .nparams = (n), ##__VA_ARGS__ \
	}
#define TAKES(...) .params = {__VA_ARGS__}
#define PART(name_, kind_) \
	{ \
		.name = (name_), .kind = (kind_), .must = true \
	}
#define MAY(name_, kind_, max_) \
	{ \
		.name = (name_), .kind = (kind_), .max = (max_) \
	}

enum { NAME = 600 };

const struct route web_routes[] = {
	PAGE("/", desk_page, 1, TAKES(MAY("day", PARAM_DATE, 0))),
	PAGE("/duties", duties_page, 0),
	PAGE("/duties/:id", duty_page, 3,
		TAKES(PART("id", PARAM_WORD), MAY("unit", PARAM_WORD, 0), MAY("slot", PARAM_TEXT, NAME))),
	PAGE("/registers", registers_page, 0),
	PAGE("/registers/:type", register_page, 4,
		TAKES(PART("type", PARAM_WORD), MAY("q", PARAM_TEXT, 0), MAY("sort", PARAM_WORD, 0),
			MAY("page", PARAM_INT, 0))),
	PAGE("/records/:id", record_page, 1, TAKES(PART("id", PARAM_INT))),
	PAGE("/files/:digest", file_page, 1, TAKES(PART("digest", PARAM_WORD))),
	PAGE("/report", report_page, 1, TAKES(MAY("figure", PARAM_TEXT, NAME))),
	PAGE("/figures", figures_page, 1, TAKES(MAY("figure", PARAM_TEXT, NAME))),
	PAGE("/settings", settings_page, 0),
	PAGE("/more", more_page, 0),
};
const size_t web_nroutes = LEN(web_routes);
