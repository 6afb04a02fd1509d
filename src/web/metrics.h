/* What the settings say of the installation, for who looks after it. */
#ifndef WEB_METRICS_H
#define WEB_METRICS_H

#include "web/call.h"

struct installation {
	struct str version, dir, origin, size;
	const char *database;
	bool sqlite;
	int64_t bytes, files, events;
};

/* Looks at the data directory; files that cannot be read are left out. */
void installation(struct call *c, struct installation *out);

#endif
