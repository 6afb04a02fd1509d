/* The reader of requests, as conn.c uses it: pipelined requests, cut anywhere. The first byte says where it is cut;
 * the verdict, the path, the headers and the body are the same as when all comes at once, and keep their rules. */
#include "http_read.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena a = ARENA_INIT;
	struct str all = size ? (struct str){(const char *)data + 1, size - 1} : STR_NONE;
	struct http_read whole = http_read(&a, all, SIZE_MAX), cut = http_read(&a, all, size ? data[0] % 7 + 1 : 1);

	if (whole.status != cut.status || whole.used != cut.used || !str_eq(whole.body, cut.body) ||
			whole.req.nheaders != cut.req.nheaders || !str_eq(whole.req.path, cut.req.path))
		abort();
	if (whole.status != HTTP_MORE && whole.status != HTTP_DONE && (whole.status < 400 || whole.status > 505))
		abort();
	if (whole.status == HTTP_DONE)
		http_read_check(&whole);
	arena_free(&a);
	return 0;
}
