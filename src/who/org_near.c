#include "base/near.h"
#include "who/org.h"

enum err_code org_no_unit(const struct org *org, struct str name, enum err_code code, struct err *err)
{
	struct near near = near_to(name);

	if (org_unit_many(org, name))
		return fail(err, code, "more than one unit is called '" STR_FMT "': write its code", STR_ARG(name));
	for (size_t i = 0; i < org->nunits; i++) {
		near_offer(&near, org->units[i].name);
		near_offer(&near, org->units[i].short_name);
		near_offer(&near, org->units[i].code);
	}
	fail(err, code, "there is no unit '" STR_FMT "'", STR_ARG(name));
	return near_say(&near, err);
}

enum err_code org_no_post(const struct org *org, struct str name, enum err_code code, struct err *err)
{
	struct near near = near_to(name);

	if (org_post_many(org, name))
		return fail(err, code, "more than one post is called '" STR_FMT "': write its code", STR_ARG(name));
	for (size_t i = 0; i < org->nposts; i++) {
		near_offer(&near, org->posts[i].name);
		near_offer(&near, org->posts[i].code);
	}
	fail(err, code, "there is no post '" STR_FMT "'", STR_ARG(name));
	return near_say(&near, err);
}
