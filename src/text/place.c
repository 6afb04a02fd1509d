#include "text/place.h"

#include "base/utf8.h"

struct place place_of(struct str text, size_t at)
{
	size_t line = 1, from = 0;

	at = MIN(at, text.n);
	for (size_t i = 0; i < at; i++)
		if (text.p[i] == '\n') {
			line++;
			from = i + 1;
		}
	return (struct place){(int)line, (int)utf8_count(str_sub(text, from, at)) + 1};
}
