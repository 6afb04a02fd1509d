/* What is done with an account, as intents for log_write and writer_do, for the command line and the pages. ctx is a
 * struct account_work, or begins with one. Each asks for its right, and fails as the function of who/account.h or
 * who/credential.h that it calls. */
#ifndef WHO_ACCOUNT_DO_H
#define WHO_ACCOUNT_DO_H

#include "who/credential.h"

struct account_work {
	struct account who;              /* but of add */
	struct grant grant;              /* grant; its id is filled in */
	struct str login;                /* add */
	struct str name, post;           /* add, change: as account_change takes them */
	struct str why;                  /* close; may be empty */
	char phc[PASSWORD_PHC];          /* add, password: hashed before (credential_hash); add: "" for none yet */
	bool lasting;                    /* add: the password need not be changed at the first sign-in */
};

intent_fn account_do_add, account_do_change, account_do_password, account_do_second, account_do_close, account_do_open,
	account_do_unlock, account_do_grant;

/* A login as typed, in the form it is kept (login_read). ERR_INPUT says which form that is. */
enum err_code login_need(struct arena *a, struct str typed, struct str *out, struct err *err);

#endif
