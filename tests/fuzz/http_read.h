/* What the fuzz targets of the reader share: one request out of bytes, `step` of them at a time. */
#ifndef TESTS_HTTP_READ_H
#define TESTS_HTTP_READ_H

#include "base/utf8.h"
#include "http/body.h"
#include "http/head.h"

#include <stdlib.h>

struct http_read {
	int status;
	size_t used;                /* bytes of the request, when done */
	struct http_request req;
	struct http_framing framing;
	struct str body;
};

static inline struct http_read http_read(struct arena *a, struct str all, size_t step)
{
	static const char *const hosts[] = {"localhost", "a"};
	struct head_rules rules = {hosts, 2};
	struct body_budget budget = {.memory_max = 1 << 20, .disk_max = 1 << 20};
	struct http_read r = {.req = {.arena = a}};
	struct head_scan scan = {0};
	struct body_reader body = {0};
	const char *why = NULL;
	size_t came = 0, took = 0;

	while (r.status == HTTP_MORE && came < all.n) {
		came += MIN(step, all.n - came);
		r.status = head_scan(&scan, &http_limits_default, str_sub(all, 0, came), &why);
	}
	if (r.status == HTTP_DONE)
		r.status = head_read(&rules, arena_str(a, str_sub(all, 0, scan.at)), &r.req, &r.framing, &why);
	if (r.status == HTTP_DONE)
		r.status = body_begin(&body, &r.framing, 65536, NULL, &budget, &why);
	for (r.used = came = scan.at; r.status == HTTP_MORE && body.budget && came < all.n;) {
		size_t n = MIN(step, all.n - came);

		r.status = body_take(&body, str_sub(all, came, came + n), &took, &why);
		came += n;
		r.used += took;
	}
	if ((r.status >= 400) != (why && r.status != HTTP_DONE && r.status != HTTP_MORE))
		abort();
	r.body = arena_str(a, body_get(&body).bytes);
	body_done(&body);
	if (budget.memory || budget.disk)
		abort();
	return r;
}

static inline void http_read_check(const struct http_read *r)
{
	if (r->req.path.n < 1 || r->req.path.p[0] != '/' || !utf8_valid(r->req.path) || memchr(r->req.path.p, 0, r->req.path.n) ||
			memchr(r->req.path.p, '\\', r->req.path.n) || str_has(r->req.path, S("//")))
		abort();
	for (size_t i = 0; i < r->req.nheaders; i++) {
		struct http_header h = r->req.headers[i];

		if (!h.name.n)
			abort();
		for (size_t j = 0; j < h.value.n; j++)
			if ((unsigned char)h.value.p[j] < ' ')
				abort();
	}
	if (!r->framing.chunked && (int64_t)r->body.n != r->framing.length)
		abort();
	if (r->body.n > 65536 || (r->req.method != HTTP_POST && r->body.n))
		abort();
}

#endif
