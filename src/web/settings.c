/* What a browser chooses for itself: language, colours, size of print. Kept in cookies by the dispatcher (web.c). */
#include "web/pages.h"
#include "web/register_view.h"

static const struct {
	const char *group, *key, *value, *title, *lang;       /* lang: a title in a language of its own */
} choices[] = {
	{N_("Language"), "lang", "zh", "中文", "zh-CN"},
	{N_("Language"), "lang", "en", "English", "en"},
	{N_("Colours"), "theme", "auto", N_("As the system has them"), NULL},
	{N_("Colours"), "theme", "light", N_("Light"), NULL},
	{N_("Colours"), "theme", "dark", N_("Dark"), NULL},
	{N_("Print"), "size", "normal", N_("Normal print"), NULL},
	{N_("Print"), "size", "large", N_("Large print"), NULL},
};

static bool chosen(const struct call *c, const char *key, const char *value)
{
	struct str now = str_is(str_c(key), "lang") ? c->lang == LANG_ZH ? S("zh") : S("en")
		: str_is(str_c(key), "theme") ? str_c(c->theme ? c->theme : "auto")
						    : str_c(c->size ? c->size : "normal");

	return str_is(now, value);
}

enum err_code settings_page(struct call *c, struct err *err)
{
	struct settings_view v = {0};
	struct installation here;

	TRY(call_world(c, err));
	v.frame = call_frame(c, NAV_SETTINGS, call_say(c, N_("Settings")));
	v.groups.p = ARENA_ARRAY(c->arena, struct choice_group, LEN(choices));
	for (size_t i = 0; i < LEN(choices); i++) {
		struct choice_group *g = v.groups.n ? &v.groups.p[v.groups.n - 1] : NULL;

		if (!g || g->title != choices[i].group) {
			g = &v.groups.p[v.groups.n++];
			g->title = choices[i].group;
			g->choices.p = ARENA_ARRAY(c->arena, struct choice_view, LEN(choices));
		}
		g->choices.p[g->choices.n++] = (struct choice_view){choices[i].title, choices[i].lang,
			url_query(
				c->arena, call_url(c, url_path("/settings")), choices[i].key, str_c(choices[i].value)),
			chosen(c, choices[i].key, choices[i].value)};
	}
	if (call_may(c, ACT_SETTINGS)) {
		installation(c, &here);
		v.here = &here;
	}
	page_settings(page_begin(c), &v);
	return page_end(c, err);
}

enum err_code more_page(struct call *c, struct err *err)
{
	struct more_view v = {0};

	TRY(call_world(c, err));
	v.frame = call_frame(c, NAV_MORE, call_say(c, N_("More")));
	page_more(page_begin(c), &v);
	return page_end(c, err);
}
