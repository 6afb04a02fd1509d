#include "flow/facts_load.h"

#include "flow/allow.h"
#include "flow/commitment.h"
#include "record/calendar_adopt.h"

/* Computed records follow from all others, which are read beforehand. */
static enum err_code compute(struct facts_build *b, struct arena *a, struct db *db, const struct scheme *s,
	const struct org *org, struct facts_opt opt, struct err *err)
{
	struct arena tmp CLEANUP(arena_free) = ARENA_INIT;
	struct facts_build *all = facts_begin(&tmp, s, org, (struct facts_opt){.year = opt.year, .lang = opt.lang});
	enum err_code code = facts_read(all, db, err);
	struct commitment_decisions decisions;
	struct facts base;

	if (code == OK)
		facts_done(all, &base);
	else
		facts_drop(all);
	TRY(code);
	TRY(commitment_decisions_load(db, &tmp, &decisions, err));
	return commitments_add(b, a, &base, &decisions, err);
}

enum err_code facts_load(struct arena *a, struct db *db, const struct scheme *s, const struct org *org,
	struct facts_opt opt, struct facts *out, struct err *err)
{
	struct facts_build *b = facts_begin(a, s, org, opt);
	const struct calendar *calendar;
	enum err_code code = facts_read(b, db, err);

	if (code == OK && s->commitments && facts_wants(b, s->commitments->type))
		code = compute(b, a, db, s, org, opt, err);
	if (code == OK)
		code = calendar_load(a, db, s->calendar, &calendar, err);
	if (code != OK) {
		facts_drop(b);
		return code;
	}
	facts_done(b, out);
	out->calendar = calendar;
	return opt.only ? OK : allow_load(db, out, err);
}
