/* Any bytes as a page: refused with a place, or C whose braces and quotes are balanced enough to end. */
#define PAGEC_NO_MAIN
#include "../../tools/pagec.c"
#include "../../tools/pagec_code.c"
#include "../../tools/pagec_html.c"
#include "../../tools/pagec_read.c"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	CLEANUP(buf_free) struct buf includes = BUF_MAX(1 << 20), head = BUF_MAX(1 << 20), code = BUF_MAX(CODE_BYTES);
	struct str name = S("pages/x.html"), text = {(const char *)data, size};
	struct err err = {.lang = LANG_EN};
	long depth = 0;

	if (pagec_compile(name, text, &includes, &head, &code, &err) != OK) {
		BUG_IF(err.code != ERR_INPUT || !str_starts(str_c(err.text), S("pages/x.html:")));
		return 0;
	}
	for (size_t i = 0, quote = 0; i < code.n; i++) {
		if (code.p[i] == '\\' && quote)
			i++;
		else if (code.p[i] == '"')
			quote = !quote;
		else if (!quote)
			depth += (code.p[i] == '{') - (code.p[i] == '}');
	}
	BUG_IF(depth != 0 || head.over || !head.n);
	return 0;
}
