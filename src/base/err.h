/* The one error convention: every call that can fail returns a code and fills the caller's struct err.
 * The text is for a person, in the language the caller set; it names file, line or row, field and what
 * was expected. The first cause wins: later fail() calls on a filled err change nothing. Only cli/,
 * http/ and job/ print or log. */
#ifndef BASE_ERR_H
#define BASE_ERR_H

#include "base/base.h"
#include "base/tr.h"

enum err_code {
	OK,
#define X(code, exit, name) code,
#include "tbl/errors.h"
#undef X
	ERR_N
};

struct err {
	enum err_code code;
	enum lang lang;       /* set by the caller; zero is Chinese */
	char text[1024];      /* UTF-8, never cut inside a character */
	const char *field;    /* of a form, what it is about: a literal; NULL: none, or the whole */
};

/* Returns from the calling function when the call fails. */
#define TRY(call) \
	do { \
		enum err_code try_ = (call); \
		if (try_ != OK) \
			return try_; \
	} while (0)

/* Fills err (unless it holds an earlier cause) and returns code. fmt is an English message key. */
enum err_code fail(struct err *err, enum err_code code, const char *fmt, ...) PRINTF(3, 4);

/* The same for a failed system call: appends the system's words for errno. Code is ERR_IO. */
enum err_code fail_errno(struct err *err, const char *fmt, ...) PRINTF(2, 3);

/* Puts "where: " before the text, as an outer call knows the file or sheet that an inner one does not; fmt is a message
 * key too. In Chinese places stand in one form: 台账.xlsx 工作表“会议”第3行“日期”栏：….
 * Returns err->code, so that `return err_at(err, …)` reads well. */
enum err_code err_at(struct err *err, const char *fmt, ...) PRINTF(2, 3);

/* Says which field of a form the error is about, by the field's name there; the first word stands. Around the call that
 * failed: `return err_on(err, "until", fail(err, …))`. Returns code. */
enum err_code err_on(struct err *err, const char *field, enum err_code code);

/* Puts more behind the text of a refusal that is there: what was meant, what is to be done. Returns err->code. */
enum err_code err_more(struct err *err, const char *fmt, ...) PRINTF(2, 3);

/* Forgets the error, keeps the language. */
void err_clear(struct err *err);

const char *err_name(enum err_code code);   /* the name in JSON: "input" */
int err_exit(enum err_code code);           /* exit status of the command line; 0 for OK */

#endif
