/* Answers tests/oracle/test_text.py: reads requests (a letter, four bytes of length, the bytes), writes
 * answers of the same form, '+' with the result or '-' with the error. */
#include "text/charset.h"
#include "text/json.h"
#include "text/nfc.h"
#include "text/yaml.h"

#include <stdio.h>
#include <stdlib.h>

const struct tr_entry tr_zh[] = {{"", ""}};
const size_t tr_zh_n = 0;

static enum err_code answer(struct arena *a, char what, struct str s, struct buf *b, struct err *err)
{
	const char *encoding;
	struct node *n = NULL;
	struct str out = STR_NONE;
	enum err_code code = OK;

	switch (what) {
	case 'j':   /* JSON in canonical form */
		code = json_read(a, s, (struct json_opt){0}, &n, err);
		return code == OK ? json_canon(b, n, err) : code;
	case 'y':   /* YAML in canonical form of JSON */
		code = yaml_read(a, s, &n, err);
		return code == OK ? json_canon(b, n, err) : code;
	case 'p':   /* JSON for people */
		code = json_read(a, s, (struct json_opt){0}, &n, err);
		if (code == OK)
			json_pretty(b, n);
		return code;
	case 'n':   /* NFC */
		code = nfc(a, s, &out, err);
		break;
	case 'c':   /* a text file */
		code = charset_decode(a, s, &out, &encoding, err);
		break;
	case '?':   /* whether canonical */
		out = json_is_canon(s) ? S("yes") : S("no");
		break;
	default:
		BUG("request %d", what);
	}
	if (code == OK)
		buf_put(b, out);
	return code;
}

static bool get(void *p, size_t n)
{
	return fread(p, 1, n, stdin) == n;
}

static void put(char mark, struct str s)
{
	uint32_t n = (uint32_t)s.n;

	putchar(mark);
	fwrite(&n, sizeof n, 1, stdout);
	fwrite(s.p, 1, s.n, stdout);
	fflush(stdout);
}

int main(void)
{
	struct arena a = ARENA_INIT;
	struct buf b = BUF_MAX(64 << 20);
	uint32_t n;

	for (int what; (what = getchar()) != EOF;) {
		struct err err = {.lang = LANG_EN};
		char *in = get(&n, sizeof n) ? malloc(n + 1) : NULL;

		BUG_IF(!in || !get(in, n));
		buf_reset(&b);
		if (answer(&a, (char)what, (struct str){in, n}, &b, &err) == OK)
			put('+', buf_str(&b));
		else
			put('-', str_c(err.text));
		arena_free(&a);
		free(in);
	}
	buf_free(&b);
	return 0;
}
