#include "base/near.h"

#include "base/utf8.h"

struct near near_to(struct str word)
{
	size_t count = utf8_count(word);

	return (struct near){.word = word, .least = count > 1 ? MAX(count / 3, (size_t)1) + 1 : 0};
}

void near_offer(struct near *x, struct str name)
{
	size_t d;

	if (!name.n || !x->word.n)
		return;
	if (str_starts(name, x->word)) {
		x->many |= x->begun.n && !str_eq(x->begun, name);
		x->begun = name;
	}
	d = str_distance(x->word, name, x->least);
	if (d < x->least) {
		x->least = d;
		x->best = name;
	}
}

struct str near_found(const struct near *x)
{
	return x->begun.n && !x->many ? x->begun : x->best;
}

enum err_code near_say(const struct near *x, struct err *err)
{
	struct str found = near_found(x);

	if (found.n)
		return err_more(err, "; did you mean '" STR_FMT "'?", STR_ARG(found));
	return err->code;
}

const char *nearest_name(struct str word, const char *const *names, size_t n, size_t stride)
{
	struct near x = near_to(word);

	for (size_t i = 0; i < n; i++)
		near_offer(&x, str_c(*(const char *const *)((const char *)names + i * stride)));
	return near_found(&x).n ? near_found(&x).p : NULL;
}
