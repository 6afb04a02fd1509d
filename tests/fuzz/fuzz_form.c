/* A form or query: what is read is text, and within its limits. */
#include "http/form.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena a = ARENA_INIT;
	struct err err = {.lang = LANG_EN};
	struct form f;

	if (form_read(&a, (struct str){(const char *)data, size}, &f, &err) == OK)
		for (size_t i = 0; i < f.n; i++)
			if (!f.fields[i].name.n || !form_text(f.fields[i].name, false) || !form_text(f.fields[i].value, true) ||
					f.fields[i].value.n > FORM_VALUE)
				abort();
	arena_free(&a);
	return 0;
}
