/*
 * A small server on the public face of http/, for tests/cases/http_attacks.py:
 *     http_demo LISTEN [name=number]...      a limit of tbl/http_limits.h, or loops, workers
 * Says "port N" when it listens. Ends at SIGTERM.
 */
#include "http/multipart.h"
#include "http/server.h"

#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

static struct http_server *server;
static char big[20480];

static struct http_allow limit(void *ctx, const struct http_request *req)
{
	if (str_is(req->path, "/upload"))
		return (struct http_allow){64 << 20, true};
	return (struct http_allow){str_is(req->path, "/hold") ? 1 << 20 : 65536, false};
}

static bool quick(void *ctx, const struct http_request *req, struct http_response *resp)
{
	struct http_counts n;

	if (str_is(req->path, "/health")) {
		http_bytes(resp, S("ok\n"));
	} else if (str_is(req->path, "/20k")) {
		http_bytes(resp, (struct str){big, sizeof big});
	} else if (str_is(req->path, "/counts")) {
		http_counts(server, &n);
#define C(name) buf_printf(&resp->body, #name " %" PRId64 "\n", n.name);
		HTTP_COUNTS(C)
#undef C
	} else {
		return false;
	}
	return true;
}

static enum err_code pull(void *ctx, unsigned worker, struct buf *out, struct err *err)
{
	int *left = ctx;

	if (*left == -1)
		return fail(err, ERR_IO, "broken off");
	for (size_t i = 0; *left > 0 && i < HTTP_PIECE / sizeof big; i++)
		buf_put(out, (struct str){big, sizeof big});
	*left -= *left > 0;
	return OK;
}

static void echo(const struct http_request *req, struct http_response *resp)
{
	char bytes[65536];
	struct err err = {.lang = LANG_EN};

	buf_printf(&resp->body, "%d " STR_FMT " ? " STR_FMT " from " STR_FMT " %d%d body ", (int)req->method,
		STR_ARG(req->path), STR_ARG(req->query), STR_ARG(req->peer), req->proxied, req->secure);
	if (http_body_read(&req->body, 0, bytes, (size_t)MIN(req->body.size, 65536), &err) == OK)
		buf_put(&resp->body, (struct str){bytes, (size_t)MIN(req->body.size, 65536)});
	buf_putc(&resp->body, '\n');
}

static void form(const struct http_request *req, struct http_response *resp)
{
	struct err err = {.lang = LANG_EN};
	struct form f;

	if (form_read(req->arena, req->body.bytes, &f, &err) != OK) {
		resp->status = 400;
		buf_printf(&resp->body, "%s\n", err.text);
		return;
	}
	for (size_t i = 0; i < f.n; i++)
		buf_printf(&resp->body, STR_FMT "=" STR_FMT "\n", STR_ARG(f.fields[i].name), STR_ARG(f.fields[i].value));
}

static void upload(const struct http_request *req, struct http_response *resp)
{
	struct err err = {.lang = LANG_EN};
	struct multipart m;

	if (multipart_read(req->arena, http_header(req, "Content-Type"), &req->body, &m, &err) != OK) {
		resp->status = 400;
		buf_printf(&resp->body, "%s\n", err.text);
		return;
	}
	for (size_t i = 0; i < m.nfiles; i++)
		buf_printf(&resp->body, STR_FMT ": " STR_FMT " %" PRId64 "\n", STR_ARG(m.files[i].field),
			STR_ARG(m.files[i].name), m.files[i].size);
}

static void file(struct http_response *resp)
{
	int fd = memfd_create("demo", MFD_CLOEXEC);

	for (int i = 0; i < 500; i++)
		if (write(fd, big, sizeof big) < 0)
			abort();
	http_file(resp, fd, 100, 500 * (int64_t)sizeof big - 100);
}

static void handle(void *ctx, unsigned worker, const struct http_request *req, struct http_response *resp)
{
	struct err err = {.lang = LANG_EN};

	if (req->method == HTTP_POST && str_is(req->path, "/form")) {
		form(req, resp);
	} else if (req->method == HTTP_POST && str_is(req->path, "/upload")) {
		upload(req, resp);
	} else if (str_is(req->path, "/slow")) {
		usleep(1000000);
		http_bytes(resp, S("slow\n"));
	} else if (str_is(req->path, "/empty")) {
		resp->status = 204;
	} else if (str_is(req->path, "/file")) {
		file(resp);
	} else if (str_is(req->path, "/stream") || str_is(req->path, "/broken")) {
		int *left = ARENA_NEW(req->arena, int);

		*left = str_is(req->path, "/broken") ? -1 : 200;
		http_stream(resp, pull, left);
	} else if (str_is(req->path, "/go")) {
		if (http_redirect(resp, req->query, &err) != OK)
			resp->status = 400;
	} else if (str_is(req->path, "/tag")) {
		if (!http_not_modified(req, resp, S("t1")))
			http_bytes(resp, S("tagged\n"));
	} else if (str_is(req->path, "/echo") || str_is(req->path, "/")) {
		echo(req, resp);
	} else {
		resp->status = 404;
		http_bytes(resp, S("nothing here\n"));
	}
}

static void on_term(int sig)
{
	http_stop(server);
}

static void set(struct http_opt *opt, const char *arg)
{
	struct str rest = str_c(arg), name;
	int64_t n;

	if (!str_cut(&rest, S("="), &name) || !str_int(rest, &n))
		abort();
#define L(field, value, what) if (str_is(name, #field)) opt->limits.field = n;
#include "tbl/http_limits.h"
#undef L
	if (str_is(name, "loops"))
		opt->loops = (unsigned)n;
	if (str_is(name, "workers"))
		opt->workers = (unsigned)n;
}

int main(int argc, char **argv)
{
	static const char *const hosts[] = {"localhost", "zeren.example", "[::1]"}, *const proxies[] = {"127.0.0.9"};
	struct http_app app = {.limit = limit, .quick = quick, .handle = handle};
	const char *listen[] = {argc > 1 ? argv[1] : "127.0.0.1:0"};
	struct http_opt opt = {.listen = listen, .nlisten = 1, .hosts = hosts, .nhosts = 3, .proxies = proxies, .nproxies = 1,
		.spool = getenv("ZEREN_TMP"), .lang = LANG_EN, .limits = http_limits_default};
	struct err err = {.lang = LANG_EN};

	memset(big, 'x', sizeof big);
	for (int i = 2; i < argc; i++)
		set(&opt, argv[i]);
	if (http_start(&app, &opt, &server, &err) != OK) {
		fprintf(stderr, "%s\n", err.text);
		return 1;
	}
	signal(SIGTERM, on_term);
	printf("port %d\n", http_port(server, 0));
	fflush(stdout);
	http_wait(&server);
	return 0;
}
