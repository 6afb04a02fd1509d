/* The language that a scheme is written in. */
#include "base/utf8.h"
#include "scheme/duty_def.h"
#include "scheme/scheme.h"

static bool hanzi(struct str s)
{
	for (size_t at = 0; at < s.n;) {
		uint32_t c = utf8_next(s, &at);

		if (c >= 0x3400 && c <= 0x9FFF)
			return true;
	}
	return false;
}

static bool letters(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if ((s.p[i] | 32) >= 'a' && (s.p[i] | 32) <= 'z')
			return true;
	return false;
}

/* Places are numbered in Hanzi whatever the language: own: 一（一）. The paper's names are names. */
static bool names_only(struct str key)
{
	return str_is(key, "own") || str_is(key, "paper") || str_is(key, "names") || str_is(key, "redact");
}

static bool says_hanzi(const struct node *n)
{
	if (n->kind == NODE_TEXT)
		return hanzi(n->text);
	for (size_t i = 0; i < n->n; i++)
		if ((n->kind != NODE_MAP || !names_only(n->keys[i]->text)) && says_hanzi(n->items[i]))
			return true;
	return false;
}

enum lang scheme_lang(const struct scheme *s)
{
	if (!letters(s->title) || hanzi(s->title))
		return LANG_ZH;
	if (s->report)
		return says_hanzi(s->report) ? LANG_ZH : LANG_EN;
	for (size_t i = 0; i < s->nduties; i++)
		if (hanzi(s->duties[i].title))
			return LANG_ZH;
	return LANG_EN;
}
