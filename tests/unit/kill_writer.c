/*
 * A program for tests/cases/kill_loop.sh and write_faults.sh to kill and to let fail. Not a unit test.
 *
 *   kill_writer create DIR           an empty log
 *   kill_writer write DIR ACKS       eight threads write until killed; each event acknowledged goes into ACKS
 *                                    as "SEQ NAME"; with "early" behind it, before it is saved: what the test
 *                                    must find
 *   kill_writer check DIR ACKS       opens, and holds the log against ACKS; a full verify
 *   kill_writer once DIR TEXT        stores the text as an object and names it; prints its id
 *   kill_writer example DIR          the log of docs/log-format.md, always the same bytes
 *   kill_writer fill DIR N           N events of some 600 bytes, a thousand a commit, nothing synced
 *   kill_writer verify DIR quick|full|deep
 */
#include "base/buf.h"
#include "base/file.h"
#include "base/map.h"
#include "log/log.h"
#include "log/object.h"
#include "log/verify.h"

#include <fcntl.h>
#include <inttypes.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

static const struct event_field add_fields[] = {{"name", FIELD_TEXT, true}, {"text", FIELD_TEXT, false}};
static const struct event_kind kill_kinds[] = {
	{.name = "kill.add", .fields = add_fields, .nfields = LEN(add_fields)},
	{0},
};
static const struct event_kind *const KINDS[] = {kill_kinds, NULL};

static struct err err = {.lang = LANG_EN};
static struct log *the_log;

static void die(void)
{
	fprintf(stderr, "%s\n", err.text);
	exit(1);
}

static void open_log(const char *dir, bool scratch)
{
	if (log_open(dir, (struct log_opt){.kinds = KINDS, .scratch = scratch}, &the_log, &err) != OK)
		die();
}

/* ---- write ---- */

struct one {
	struct str name, text;
	struct id id;
};

static enum err_code do_one(struct tx *tx, void *ctx, struct err *e)
{
	struct one *one = ctx;
	struct node *data = node_map(tx->arena);

	node_set(tx->arena, data, S("name"), node_str(tx->arena, one->name));
	if (one->text.n)
		node_set(tx->arena, data, S("text"), node_str(tx->arena, one->text));
	return tx_event(tx, "kill.add", ID_NONE, data, &one->id, e);
}

struct client {
	pthread_t thread;
	struct writer *w;
	int n, acks;
	bool early;
};

static void acknowledge(const struct client *c, int64_t seq, const char *name)
{
	char line[96];
	int n = snprintf(line, sizeof line, "%" PRId64 " %s\n", seq, name);

	if (write(c->acks, line, (size_t)n) != n)
		abort();
}

static void *be_client(void *ctx)
{
	struct client *c = ctx;
	char name[64];

	for (int i = 0;; i++) {
		struct err mine = {.lang = LANG_EN};
		struct one one = {.text = STR_NONE};

		snprintf(name, sizeof name, "%d-%d-%d", (int)getpid(), c->n, i);
		one.name = str_c(name);
		if (c->early)
			acknowledge(c, -1, name);
		if (writer_do(c->w, S("a"), S("b"), do_one, &one, &mine) != OK) {
			fprintf(stderr, "%s\n", mine.text);
			exit(1);
		}
		if (!c->early)
			acknowledge(c, one.id.seq, name);
	}
	return NULL;
}

static void write_all(const char *dir, const char *acks, bool early)
{
	struct client clients[8];
	struct writer *w;
	int fd = open(acks, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);

	if (fd < 0)
		abort();
	open_log(dir, false);
	if (writer_start(the_log, (struct writer_opt){0}, &w, &err) != OK)
		die();
	for (int i = 0; i < 8; i++) {
		clients[i] = (struct client){.w = w, .n = i, .acks = fd, .early = early};
		if (pthread_create(&clients[i].thread, NULL, be_client, &clients[i]))
			abort();
	}
	pthread_join(clients[0].thread, NULL);
}

/* ---- check ---- */

struct checking {
	struct map *seen;            /* name -> seq + 1 */
	int64_t next;
};

static enum err_code see(void *ctx, const struct event *e, struct str canon, struct err *er)
{
	struct checking *c = ctx;
	struct str name = node_text(e->data, S("name"));
	void **place;

	if (e->id.seq != c->next++)
		return fail(er, ERR_DAMAGED, "event %" PRId64 " is missing", c->next - 1);
	if (!name.n)
		return OK;
	name = arena_str(c->seen->arena, name);
	place = map_at(c->seen, name);
	if (*place)
		return fail(er, ERR_DAMAGED, "twice: " STR_FMT, STR_ARG(name));
	*place = (void *)(intptr_t)(e->id.seq + 1);
	return OK;
}

static void check_acks(struct arena *a, const char *acks, const struct checking *c)
{
	struct str text, line, name;
	int64_t seq, n = 0, lost = 0;

	if (file_read(a, acks, 256 << 20, &text, &err) != OK)
		die();
	while (str_cut(&text, S("\n"), &line) && text.p) {      /* the last line may have been cut short */
		int64_t is;

		str_cut(&line, S(" "), &name);
		if (!str_int(name, &seq))
			abort();
		is = (intptr_t)map_get(c->seen, line) - 1;
		if (is < 0 || (seq >= 0 && is != seq)) {
			fprintf(stderr, "acknowledged and lost: " STR_FMT " (%" PRId64 ")\n", STR_ARG(line),
				seq);
			lost++;
		}
		n++;
	}
	printf("%" PRId64 " acknowledged, %" PRId64 " lost, %" PRId64 " events\n", n, lost, c->next);
	if (lost)
		exit(1);
}

static void verify_now(enum verify_depth depth)
{
	struct arena a = ARENA_INIT;
	struct verify_result r;
	struct timespec from, to;
	double s;

	clock_gettime(CLOCK_MONOTONIC, &from);
	if (log_verify(the_log, &a, depth, NULL, NULL, &r, &err) != OK)
		die();
	clock_gettime(CLOCK_MONOTONIC, &to);
	s = (double)(to.tv_sec - from.tv_sec) + (double)(to.tv_nsec - from.tv_nsec) / 1e9;
	printf("verified %" PRId64 " events, %" PRId64 " objects, %" PRId64 " rows in %.2f s (%.0f events/s)\n",
		r.events,
		r.objects, r.rows, s, (double)r.events / s);
	for (size_t i = 0; i < r.nfindings; i++)
		fprintf(stderr, "%s\n", r.findings[i].what.p);
	if (r.nfindings)
		exit(1);
	arena_free(&a);
}

static void check(const char *dir, const char *acks)
{
	struct arena a = ARENA_INIT;
	struct map seen = MAP_IN(&a);
	struct checking c = {.seen = &seen};

	open_log(dir, false);
	if (log_each(the_log, 1, 0, INT64_MAX, see, &c, &err) != OK)
		die();
	if (c.next != log_size(the_log))
		abort();
	check_acks(&a, acks, &c);
	verify_now(VERIFY_FULL);
	arena_free(&a);
}

/* ---- once, fill ---- */

struct named {
	struct object o;
	struct str name;
	struct id id;
};

static enum err_code do_name(struct tx *tx, void *ctx, struct err *e)
{
	struct named *n = ctx;

	return object_name(tx, &n->o, n->name, &n->id, e);
}

static void name_one(const char *text)
{
	struct named n = {.name = str_c(text)};

	if (object_store_text(the_log, n.name, &n.o, &err) != OK)
		die();
	if (log_write(the_log, S("a"), S("b"), do_name, &n, &err) != OK)
		die();
	printf("saved %" PRId64 "\n", n.id.seq);
	fflush(stdout);
}

static void once(const char *dir, const char *text)
{
	open_log(dir, false);
	name_one(text);
}

static void example(const char *dir)
{
	static const char *const texts[] = {"会议纪要", "签到表", "通知", "年度报告"};
	struct log_opt opt = {.kinds = KINDS, .scratch = true, .origin = "z0123456789ab",
		.clock = INT64_C(1654244100123000)};

	if (log_create(dir, NULL, opt, &the_log, &err) != OK)
		die();
	for (size_t i = 0; i < LEN(texts); i++)
		name_one(texts[i]);
}

static enum err_code do_many(struct tx *tx, void *ctx, struct err *e)
{
	static const char words[] = "镇里报来三季度情况,问题已整改,佐证附后。"
		"Third quarter, all done; see the minutes. ";
	CLEANUP(buf_free) struct buf b = BUF_MAX(4096);
	char name[32];
	int64_t *i = ctx;

	while (b.n < 440)
		buf_put(&b, str_c(words));
	for (int k = 0; k < 1000 && *i > 0; k++, --*i) {
		struct one one = {.text = buf_str(&b)};

		snprintf(name, sizeof name, "%" PRId64, *i);
		one.name = str_c(name);
		TRY(do_one(tx, &one, e));
	}
	return OK;
}

static void fill(const char *dir, int64_t n)
{
	open_log(dir, true);
	while (n > 0)
		if (log_write(the_log, S("张三"), S("web"), do_many, &n, &err) != OK)
			die();
}

/* ---- */

int main(int argc, char **argv)
{
	const char *what = argc > 2 ? argv[1] : "", *dir = argc > 2 ? argv[2] : "",
		*arg = argc > 3 ? argv[3] : "";
	int64_t n = 0;

	if (!strcmp(what, "create")) {
		if (log_create(dir, NULL, (struct log_opt){.kinds = KINDS}, &the_log, &err) != OK)
			die();
	} else if (!strcmp(what, "write")) {
		write_all(dir, arg, argc > 4 && !strcmp(argv[4], "early"));
	} else if (!strcmp(what, "check")) {
		check(dir, arg);
	} else if (!strcmp(what, "once")) {
		once(dir, arg);
	} else if (!strcmp(what, "example")) {
		example(dir);
	} else if (!strcmp(what, "fill") && str_int(str_c(arg), &n)) {
		fill(dir, n);
	} else if (!strcmp(what, "verify")) {
		open_log(dir, false);
		verify_now(!strcmp(arg, "quick") ? VERIFY_QUICK : !strcmp(arg,
			"deep") ? VERIFY_DEEP : VERIFY_FULL);
	} else {
		fprintf(stderr, "usage: see tests/unit/kill_writer.c\n");
		return 2;
	}
	log_close(&the_log);
	return 0;
}
