/* A text file is refused with its line, or becomes UTF-8 in normal form that decodes as itself. */
#include "base/utf8.h"
#include "text/charset.h"
#include "text/nfc.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	CLEANUP(arena_free) struct arena a = ARENA_INIT;
	struct str text = {(const char *)data, size}, once, twice;
	struct err err = {.lang = LANG_EN};
	const char *encoding;

	if (charset_decode(&a, text, &once, &encoding, &err) != OK) {
		BUG_IF(err.code != ERR_INPUT || !err.text[0]);
		return 0;
	}
	BUG_IF(!utf8_valid(once) || !nfc_is(once));
	if (str_starts(once, S("\xEF\xBB\xBF")))   /* a second mark would go as well */
		return 0;
	BUG_IF(charset_decode(&a, once, &twice, &encoding, &err) != OK);
	BUG_IF(!str_eq(once, twice) || strcmp(encoding, "UTF-8") != 0);
	return 0;
}
