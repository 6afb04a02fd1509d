/* Holding the log against itself, the tables and the files. Each finding names the first bad event, table row
 * or file; nothing is mended. */
#ifndef LOG_VERIFY_H
#define LOG_VERIFY_H

#include "log/log.h"
#include "log/tree.h"

enum verify_depth {
	VERIFY_QUICK,   /* head against the stored range, last event, checkpoint file: at every start */
	VERIFY_FULL,
		/* every event's hash and canonical form, seq without gap, kinds and fields, at never back,
	                   root; checkpoint file; every object's bytes */
	VERIFY_DEEP     /* full, and the projections rebuilt in a scratch database and compared row by row */
};

struct verify_finding {
	struct str what;     /* "event 17: its hash does not match", "table p_record, row 1:23, column n: …" */
};
struct verify_result {
	int64_t events, objects, rows;        /* looked at */
	struct hash root;
	size_t nfindings;                     /* 0: sound. At most 100 are kept */
	struct verify_finding *findings;
};

/* ERR_… only when verifying itself could not go on; a damaged log is OK with findings. */
enum err_code log_verify(struct log *log, struct arena *a, enum verify_depth depth,
	void (*progress)(void *ctx, int64_t done, int64_t all), void *ctx,
	struct verify_result *out, struct err *err);

#endif
