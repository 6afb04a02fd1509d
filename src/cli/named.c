#include "cli/named.h"

#include "base/near.h"
#include "duty/duty.h"

enum err_code duty_named(const struct scheme *s, const char *id, const struct duty **out, struct err *err)
{
	struct near near = near_to(str_c(id));

	*out = scheme_duty(s, str_c(id));
	if (*out)
		return OK;
	for (size_t i = 0; i < s->nduties; i++)
		near_offer(&near, s->duties[i].id);
	fail(err, ERR_NOT_FOUND, "no duty '%s' in this scheme", id);
	return near_say(&near, err);
}
