/* Inside who/: the kinds of event and what they share. Only who/ includes this. */
#ifndef WHO_KINDS_H
#define WHO_KINDS_H

#include "who/org.h"

typedef enum err_code check_fn(struct tx *tx, const struct event *e, struct err *err);
typedef enum err_code apply_fn(struct db *db, const struct event *e, struct err *err);

/* kinds_unit.c, kinds_term.c, kinds_body.c */
check_fn unit_add_check, unit_change_check, post_add_check, post_change_check;
apply_fn unit_add_apply, unit_change_apply, post_add_apply, post_change_apply;
check_fn holder_add_check, holder_change_check, holder_end_check;
apply_fn holder_add_apply, holder_change_apply, holder_end_apply;
check_fn portfolio_add_check, portfolio_change_check, portfolio_end_check;
apply_fn portfolio_add_apply, portfolio_change_apply, portfolio_end_apply;
check_fn body_add_check, body_change_check, office_set_check;
apply_fn body_add_apply, body_change_apply, office_set_apply;


/* kinds_account.c */
check_fn account_add_check, account_change_check, account_close_check, account_open_check, account_reset_check;
apply_fn account_add_apply, account_change_apply, account_close_apply, account_open_apply;
check_fn grant_add_check, grant_end_check;
apply_fn grant_add_apply, grant_end_apply;

/* account.c: as account_add and grant_add, without asking whether the actor may; for the first run, whose right is its
 * token. */
struct grant;
/* ERR_CONFLICT and so on as account_add. */
enum err_code account_put(
	struct tx *tx, struct str login, struct str name, struct str post, struct id *id, struct err *err);
/* As grant_add. */
enum err_code grant_put(struct tx *tx, const struct grant *grant, struct id *id, struct err *err);

/* What stands in an event's data: empty where it is left out. */
static inline struct str e_text(const struct event *e, const char *key)
{
	return node_text(e->data, str_c(key));
}

/* No date where it is left out. */
struct date e_date(const struct event *e, const char *key);

/* A text as an argument: null where it is left out. */
struct val e_val(const struct event *e, const char *key);

/* True where the statement gives a row. */
enum err_code sql_any(struct db *db, const struct sql *sql, const struct val *args, size_t n, bool *out,
	struct err *err);

/* Rules common to several kinds: code, name, post and unit are not empty (ERR_REQUIRED); data says something
 * (ERR_INPUT); there is such a unit, such a post (ERR_NOT_FOUND). */
enum err_code rule_words(const struct event *e, struct err *err);
enum err_code rule_changes(const struct event *e, struct err *err);
enum err_code rule_unit(struct tx *tx, struct str code, struct err *err);
enum err_code rule_post(struct tx *tx, struct str code, struct err *err);

#endif
