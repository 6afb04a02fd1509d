#include "http/form.h"

#include "base/utf8.h"
#include "http/target.h"

static enum err_code decode(struct arena *a, struct str raw, struct str *out, struct err *err)
{
	char *p = (char *)arena_str(a, raw).p;
	size_t n = 0;

	for (size_t i = 0; i < raw.n; i++, n++) {
		p[n] = raw.p[i] == '+' ? ' ' : raw.p[i];
		if (raw.p[i] != '%')
			continue;
		if (i + 2 >= raw.n || hex_digit(raw.p[i + 1]) < 0 || hex_digit(raw.p[i + 2]) < 0)
			return fail(err, ERR_INPUT, N_("a field of the form holds %% without two hexadecimal digits"));
		p[n] = (char)(hex_digit(raw.p[i + 1]) << 4 | hex_digit(raw.p[i + 2]));
		i += 2;
	}
	p[n] = 0;
	*out = (struct str){p, n};
	return OK;
}

bool form_text(struct str s, bool lines)
{
	if (!utf8_valid(s))
		return false;
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];

		if (c == 0x7F || ((unsigned char)c < ' ' && !(lines && (c == '\t' || c == '\r' || c == '\n'))))
			return false;
	}
	return true;
}

static enum err_code read_field(struct arena *a, struct str pair, struct form_field *out, struct err *err)
{
	struct str name, value = pair;

	str_cut(&value, S("="), &name);
	if (name.n > 3 * FORM_NAME || value.n > 3 * FORM_VALUE)
		return fail(err, ERR_LIMIT, N_("a field of the form is too long"));
	TRY(decode(a, name, &out->name, err));
	TRY(decode(a, value, &out->value, err));
	if (!out->name.n)
		return fail(err, ERR_INPUT, N_("a field of the form has no name"));
	if (out->name.n > FORM_NAME || out->value.n > FORM_VALUE)
		return fail(err, ERR_LIMIT, N_("a field of the form is too long"));
	if (!form_text(out->name, false) || !form_text(out->value, true))
		return fail(err, ERR_INPUT, N_("a field of the form is not text in UTF-8"));
	return OK;
}

enum err_code form_read(struct arena *a, struct str raw, struct form *out, struct err *err)
{
	struct form f = {0};
	struct str rest = raw.n ? raw : STR_NONE, pair;
	size_t cap = 0;

	while (str_cut(&rest, S("&"), &pair)) {
		if (f.n == FORM_FIELDS)
			return fail(err, ERR_LIMIT, N_("more than %d fields in a form"), FORM_FIELDS);
		TRY(read_field(a, pair, ARENA_PUSH(a, f.fields, f.n, cap), err));
	}
	*out = f;
	return OK;
}

const struct form_field *form_next(const struct form *f, const char *name, const struct form_field *after)
{
	for (size_t i = after ? (size_t)(after - f->fields) + 1 : 0; i < f->n; i++)
		if (str_is(f->fields[i].name, name))
			return &f->fields[i];
	return NULL;
}

struct str form_get(const struct form *f, const char *name)
{
	const struct form_field *it = form_next(f, name, NULL);

	return it ? it->value : STR_NONE;
}
