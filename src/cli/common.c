#include "cli/common.h"

#include <sys/ioctl.h>
#include <unistd.h>

enum { WIDTH_UNKNOWN = 80 };

const struct command cmd_common[] = {
	[COMMON_HELP] = {ROW_OPTION, "help", NULL, NULL, N_("this help")},
	[COMMON_JSON] = {ROW_OPTION, "json", NULL, NULL, N_("for other programs: JSON on standard output")},
	[COMMON_DATA] = {ROW_OPTION, "data", NULL, N_("DIR"),
		N_("data directory (else ZEREN_DATA, else ./zeren-data)")},
	[COMMON_LANG] = {ROW_OPTION, "lang", NULL, "zh|en", N_("language (else ZEREN_LANG, else zh)")},
	[COMMON_COLOR] = {ROW_OPTION, "color", NULL, "auto|always|never", N_("colours; auto: on a terminal")},
	[COMMON_VERSION] = {ROW_OPTION, "version", NULL, NULL, N_("the same as zeren version")},
	{ROW_END, NULL, NULL, NULL, NULL},
};

bool common_lang(const char *s, enum lang *out)
{
	/* zh_CN.UTF-8 is accepted as well: what people have in LANG they will put into ZEREN_LANG */
	if (strlen(s) < 2 || (s[2] && !strchr("_-.@", s[2])))
		return false;
	if (!strncmp(s, "zh", 2))
		*out = LANG_ZH;
	else if (!strncmp(s, "en", 2))
		*out = LANG_EN;
	else
		return false;
	return true;
}

static enum err_code lang_set(struct cli *c, const char *given, struct err *err)
{
	const char *env = getenv("ZEREN_LANG");

	c->lang = LANG_ZH;
	if (given && !common_lang(given, &c->lang))
		return fail(err, ERR_USAGE, "--lang: zh or en is expected, not %s", given);
	if (!given && env && *env && !common_lang(env, &c->lang))
		return fail(err, ERR_USAGE, "ZEREN_LANG: zh or en is expected, not %s", env);
	return OK;
}

static bool smart(int fd)
{
	const char *term = getenv("TERM");

	return isatty(fd) && !(term && !strcmp(term, "dumb"));
}

static int terminal_width(void)
{
	struct winsize size = {0};

	if (!isatty(STDOUT_FILENO))
		return 0;
	return ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col ? size.ws_col : WIDTH_UNKNOWN;
}

enum err_code common_set(struct cli *c, const char *const given[COMMON_N], struct err *err)
{
	const char *color = given[COMMON_COLOR];
	const char *no_color = getenv("NO_COLOR"), *data = getenv("ZEREN_DATA");

	TRY(lang_set(c, given[COMMON_LANG], err));
	err->lang = c->lang;
	c->json = given[COMMON_JSON];
	c->data = given[COMMON_DATA] ? given[COMMON_DATA] : data && *data ? data : "zeren-data";
	c->progress = smart(STDERR_FILENO);
	c->width = terminal_width();
	if (!color || !strcmp(color, "auto"))
		c->colour = smart(STDOUT_FILENO) && !(no_color && *no_color);
	else if (!strcmp(color, "always"))
		c->colour = true;
	else if (strcmp(color, "never") != 0)
		return fail(err, ERR_USAGE, "--color: auto, always or never is expected, not %s", color);
	c->colour = c->colour && !c->json;
	return OK;
}
