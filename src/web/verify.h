/* Verifying the log while the pages go on: one at a time, in a thread with a reader of its own. */
#ifndef WEB_VERIFY_H
#define WEB_VERIFY_H

#include "log/verify.h"

struct verifier;

struct verify_state {
	bool running, ran;             /* ran: there is a result, or the reason why there is none */
	enum verify_depth depth;
	int64_t done, all;
	int64_t started, ended;        /* µs */
	struct verify_result result;
	struct str failed;             /* empty: it came to its end */
};

/* dir and opt as the log was opened with; both outlive it. Never fails. */
struct verifier *verifier_new(const char *dir, struct log_opt opt);
/* For CLEANUP; waits for the one that runs. */
void verifier_free(struct verifier **v);

/* Begins; findings will be in that language. ERR_CONFLICT while one runs; ERR_IO. */
enum err_code verifier_start(struct verifier *v, enum verify_depth depth, enum lang lang, struct err *err);

/* How it stands now; texts are copied into the arena. */
void verifier_state(struct verifier *v, struct arena *a, struct verify_state *out);

#endif
