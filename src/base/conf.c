#include "base/conf.h"

#include "base/file.h"
#include "base/near.h"
#include "base/utf8.h"

enum { CONF_BYTES = 64 << 10, CONF_KEYS = 64 };

static const struct conf_key *find(const struct conf_key *keys, struct str name)
{
	for (; keys->name; keys++)
		if (str_is(name, keys->name))
			return keys;
	return NULL;
}

static enum err_code unknown(
	const char *path, int line, const struct conf_key *keys, struct str name, struct err *err)
{
	struct near near = near_to(name);

	for (; keys->name; keys++)
		near_offer(&near, str_c(keys->name));
	fail(err, ERR_INPUT, N_("%s: line %d: unknown key \"" STR_FMT "\""), path, line, STR_ARG(name));
	return near_say(&near, err);
}

static enum err_code one_line(struct arena *a, const char *path, int line, struct str text,
	const struct conf_key *keys, bool *seen, struct err *err)
{
	struct str name, value = str_trim(text);
	const struct conf_key *key;
	bool has_value;

	if (!value.n || value.p[0] == '#')
		return OK;
	has_value = str_has(value, S("="));
	str_cut(&value, S("="), &name);
	name = str_trim(name);
	value = str_trim(value);
	if (!has_value || !value.n)
		return fail(err, ERR_INPUT, N_("%s: line %d: expected \"key = value\""), path, line);
	key = find(keys, name);
	if (!key)
		return unknown(path, line, keys, name, err);
	if (seen[key - keys])
		return fail(err, ERR_INPUT, N_("%s: line %d: \"%s\" a second time"), path, line, key->name);
	seen[key - keys] = true;
	*key->value = arena_str(a, value);
	return OK;
}

enum err_code conf_read(struct arena *a, const char *path, const struct conf_key *keys, struct err *err)
{
	bool seen[CONF_KEYS] = {0};
	struct str rest, text;
	size_t n = 0;

	while (keys[n].name)
		n++;
	BUG_IF(n > LEN(seen));
	TRY(file_read(a, path, CONF_BYTES, &rest, err));
	if (!utf8_valid(rest))
		return fail(err, ERR_INPUT, N_("%s: not UTF-8"), path);
	for (int line = 1; str_cut(&rest, S("\n"), &text); line++)
		TRY(one_line(a, path, line, text, keys, seen, err));
	return OK;
}
