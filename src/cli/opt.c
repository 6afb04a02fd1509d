#include "cli/cmd.h"

#include "base/file.h"

#include <inttypes.h>
#include <pwd.h>
#include <unistd.h>

const char *cli_opt(const struct cli *c, const char *name)
{
	const struct command *rows = c->command + 1;

	for (size_t i = 0; rows[i].row == ROW_OPTION; i++)
		if (!strcmp(rows[i].name, name))
			return c->values[i];
	BUG("%s has no option --%s", c->command->name, name);
}

bool cli_flag(const struct cli *c, const char *name)
{
	return cli_opt(c, name);
}

enum err_code cli_int(
	const struct cli *c, const char *name, int64_t min, int64_t max, int64_t *out, struct err *err)
{
	const char *s = cli_opt(c, name);
	int64_t v;

	if (!s)
		return OK;
	if (str_int(str_c(s), &v) && v >= min && v <= max) {
		*out = v;
		return OK;
	}
	if (max == INT64_MAX)
		return fail(err, ERR_USAGE, "--%s: a whole number from %" PRId64 " on is expected, not %s",
			name, min, s);
	return fail(err, ERR_USAGE,
		"--%s: a whole number from %" PRId64 " to %" PRId64 " is expected, not %s", name, min, max,
		s);
}

enum err_code cli_date(const struct cli *c, const char *name, struct date *out, struct err *err)
{
	const char *s = cli_opt(c, name);

	if (!s || date_parse(str_c(s), out))
		return OK;
	return fail(err, ERR_USAGE, "--%s: a day such as 2022-06-03 is expected, not %s", name, s);
}

static enum err_code open_as(const struct cli *c, bool read_only, struct log **out, struct err *err)
{
	if (!file_is_dir(c->data))
		return fail(err, ERR_NOT_FOUND,
			"%s: no data directory; zeren init makes one, --data names another", c->data);
	return log_open(c->data, (struct log_opt){.kinds = cli_kinds(), .read_only = read_only}, out, err);
}

enum err_code cli_open(const struct cli *c, struct log **out, struct err *err)
{
	return open_as(c, false, out, err);
}

enum err_code cli_open_reading(const struct cli *c, struct log **out, struct err *err)
{
	return open_as(c, true, out, err);
}

enum err_code cli_known(struct log *log, int64_t known, struct db **out, struct err *err)
{
	int64_t size = log_size(log);

	if (known >= size)
		return fail(err, ERR_NOT_FOUND, "there is no event %" PRId64 " yet; the last one is %" PRId64, known,
			size - 1);
	TRY(db_open(":memory:", (struct db_opt){.scratch = true}, out, err));
	return log_replay(log, known + 1, *out, false, NULL, NULL, err);
}

struct str cli_actor(struct arena *a)
{
	struct passwd pw, *found = NULL;
	char room[4096];

	if (getpwuid_r(getuid(), &pw, room, sizeof room, &found) == 0 && found) {
		struct str name = text_line(a, str_c(found->pw_name));

		if (name.n && name.n <= 64)
			return arena_printf(a, "cli:" STR_FMT, STR_ARG(name));
	}
	return arena_printf(a, "cli:%ju", (uintmax_t)getuid());
}
