/* Our reader beside llhttp in strict mode: what ours accepts, llhttp accepts too, and understands the same. */
#include "http_read.h"

#include <llhttp.h>

#if defined(LLHTTP_STRICT_MODE) && !LLHTTP_STRICT_MODE
#error "llhttp must be built with LLHTTP_STRICT_MODE=1"
#endif

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct seen {
	size_t body, fields;
	bool done;
};

static int on_body(llhttp_t *p, const char *at, size_t n)
{
	((struct seen *)p->data)->body += n;
	return 0;
}

static int on_field(llhttp_t *p)
{
	((struct seen *)p->data)->fields++;
	return 0;
}

static int on_done(llhttp_t *p)
{
	((struct seen *)p->data)->done = true;
	return HPE_PAUSED;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena a = ARENA_INIT;
	struct http_read ours = http_read(&a, (struct str){(const char *)data, size}, SIZE_MAX);
	struct seen seen = {0};
	llhttp_settings_t settings;
	llhttp_t theirs;

	if (ours.status == HTTP_DONE) {
		llhttp_settings_init(&settings);
		settings.on_body = on_body;
		settings.on_header_value_complete = on_field;
		settings.on_message_complete = on_done;
		llhttp_init(&theirs, HTTP_REQUEST, &settings);
		theirs.data = &seen;
		llhttp_execute(&theirs, (const char *)data, ours.used);
		if (!seen.done || seen.body != ours.body.n || seen.fields != ours.req.nheaders ||
				theirs.http_minor != ours.req.minor)
			abort();
	}
	arena_free(&a);
	return 0;
}
