#include "log/object.h"

#include "base/file.h"
#include "crypto/digest.h"
#include "log/inside.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

SQL(object_insert, "insert into p_object (origin, seq, digest, size, name) values (?1, ?2, ?3, ?4, ?5)");
SQL(object_find, "select origin, seq from p_object where digest = ?1 and name = ?2 and origin = 1"
	" order by seq limit 1");

/* ---- the event ---- */

static enum err_code apply_add(struct db *db, const struct event *e, struct err *err)
{
	struct hash h;

	if (!hash_parse(node_text(e->data, S("digest")), &h))
		return fail(err, ERR_DAMAGED, N_("field \"digest\" is none"));
	return db_run(db, &object_insert, ARGS(V_ID(e->id), V_BLOB(((struct str){(char *)h.b, HASH_BYTES})),
		V_INT(node_int(e->data, S("size"), 0)),
		V_TEXT(node_text(e->data, S("name")))), err);
}

static const struct event_field add_fields[] = {
	{"digest", FIELD_DIGEST, true},
	{"name", FIELD_TEXT, true},
	{"size", FIELD_INT, true},
};

const struct event_kind object_kinds[] = {
	{.name = "object.add", .fields = add_fields, .nfields = LEN(add_fields), .apply = apply_add},
	{0},
};

enum err_code object_name(struct tx *tx, const struct object *o, struct str name, struct id *id,
	struct err *err)
{
	CLEANUP(query_done) struct query q = {0};
	struct str digest = {(const char *)o->digest.b, HASH_BYTES};
	struct node *data;
	char hex[HASH_TEXT];

	TRY(db_query(tx->db, &object_find, ARGS(V_BLOB(digest), V_TEXT(name)), &q, err));
	if (query_next(&q, err)) {
		*id = (struct id){query_int(&q, 0), query_int(&q, 1)};
		return OK;
	}
	if (err->code != OK)
		return err->code;
	data = node_map(tx->arena);
	node_set(tx->arena, data, S("digest"), node_str(tx->arena,
		arena_str(tx->arena, hash_text(&o->digest, hex))));
	node_set(tx->arena, data, S("name"), node_str(tx->arena, name));
	node_set(tx->arena, data, S("size"), node_num(tx->arena, o->size));
	return tx_event(tx, "object.add", ID_NONE, data, id, err);
}

/* ---- the file ---- */

struct objects objects_of(const struct log *log)
{
	return (struct objects){log->dir, log->opt.scratch};
}

static struct str path_in(struct arena *a, struct objects in, const struct hash *digest)
{
	char hex[HASH_TEXT];

	hash_text(digest, hex);
	return arena_printf(a, "%s/objects/%.2s/%s", in.dir, hex, hex + 2);
}

struct str object_path(struct arena *a, const struct log *log, const struct hash *digest)
{
	return path_in(a, objects_of(log), digest);
}

/* A file on its way in: removed again unless it has been linked into place. */
struct staged {
	struct objects in;
	struct arena arena;
	const char *path;
	int fd;
	struct digest digest;
	int64_t size;
};

static void staged_done(struct staged *s)
{
	fd_close(&s->fd);
	if (s->path)
		unlink(s->path);
	digest_done(&s->digest);
	arena_free(&s->arena);
}

static enum err_code staged_open(struct staged *s, struct err *err)
{
	unsigned long long r;
	const char *path;

	if (getrandom(&r, sizeof r, 0) != sizeof r)
		return fail_errno(err, N_("no random numbers"));
	path = arena_printf(&s->arena, "%s/staging/%016llx", s->in.dir, r).p;
	s->fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0400);
	if (s->fd < 0)
		return fail_errno(err, N_("%s: cannot be written"), path);
	s->path = path;
	return OK;
}

static enum err_code staged_put(struct staged *s, struct str bytes, struct err *err)
{
	s->size += (int64_t)bytes.n;
	if (s->size > OBJECT_BYTES)
		return fail(err, ERR_LIMIT, N_("larger than %d bytes"), (int)OBJECT_BYTES);
	digest_put(&s->digest, bytes);
	while (bytes.n) {
		ssize_t w = write(s->fd, bytes.p, bytes.n);

		if (w < 0 && errno == EINTR)
			continue;
		if (w < 0)
			return fail_errno(err, N_("%s: cannot be written"), s->path);
		bytes = str_sub(bytes, (size_t)w, bytes.n);
	}
	return OK;
}

static enum err_code hash_file(const char *path, struct object *out, struct err *err)
{
	CLEANUP(fd_close) int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	CLEANUP(digest_done) struct digest d;
	struct object o = {0};
	char bytes[64 << 10];
	ssize_t r = -1;

	digest_init(&d);
	if (fd < 0)
		return fail_errno(err, N_("%s: cannot be read"), path);
	while ((r = read(fd, bytes, sizeof bytes)) != 0) {
		if (r < 0 && errno == EINTR)
			continue;
		if (r < 0)
			return fail_errno(err, N_("%s: cannot be read"), path);
		digest_put(&d, (struct str){bytes, (size_t)r});
		o.size += r;
	}
	digest_end(&d, o.digest.b);
	*out = o;
	return OK;
}

static enum err_code check_file(const char *path, const struct object *o, struct err *err)
{
	struct object is;

	TRY(hash_file(path, &is, err));
	if (!hash_eq(&is.digest, &o->digest) || is.size != o->size)
		return fail(err, ERR_DAMAGED, N_("%s: its bytes are not those that were recorded"), path);
	return OK;
}

enum err_code object_check(struct arena *a, const struct log *log, const struct object *o, struct err *err)
{
	return check_file(object_path(a, log, &o->digest).p, o, err);
}

/* Both folders are synced even when the file was there: a crash may have come between its link and the
 * sync. */
static enum err_code place(struct staged *s, const struct object *o, struct err *err)
{
	const char *path = path_in(&s->arena, s->in, &o->digest).p;
	const char *objects = arena_printf(&s->arena, "%s/objects", s->in.dir).p;
	struct str base = path_base(str_c(path));
	const char *folder = arena_str(&s->arena, (struct str){path, (size_t)(base.p - path) - 1}).p;

	if (mkdir(folder, 0700) < 0 && errno != EEXIST)
		return fail_errno(err, N_("%s: the folder cannot be made"), folder);
	if (link(s->path, path) < 0) {
		if (errno != EEXIST)
			return fail_errno(err, N_("%s: cannot be written"), path);
		TRY(check_file(path, o, err));
	}
	if (s->in.scratch)
		return OK;
	TRY(file_sync_dir(folder, err));
	return file_sync_dir(objects, err);
}

static enum err_code staged_keep(struct staged *s, struct object *out, struct err *err)
{
	struct object o = {.size = s->size};

	digest_end(&s->digest, o.digest.b);
	if (!s->in.scratch && fsync(s->fd) < 0)
		return fail_errno(err, N_("%s: cannot be written"), s->path);
	TRY(place(s, &o, err));
	*out = o;
	return OK;
}

static enum err_code copy(struct staged *s, int fd, const char *path, struct err *err)
{
	char bytes[64 << 10];
	ssize_t r;

	while ((r = read(fd, bytes, sizeof bytes)) != 0) {
		if (r < 0 && errno == EINTR)
			continue;
		if (r < 0)
			return fail_errno(err, N_("%s: cannot be read"), path);
		if (staged_put(s, (struct str){bytes, (size_t)r}, err) != OK)
			return err_at(err, "%s", path);
	}
	return OK;
}

enum err_code objects_store(struct objects in, const char *path, struct object *out, struct err *err)
{
	CLEANUP(staged_done) struct staged s = {.in = in, .fd = -1};
	CLEANUP(fd_close) int fd = -1;
	struct stat st;

	fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);   /* a pipe without a writer does not hang us */
	if (fd < 0 && errno == ENOENT)
		return fail(err, ERR_NOT_FOUND, N_("%s: no such file"), path);
	if (fd < 0 || fstat(fd, &st) < 0)
		return fail_errno(err, N_("%s: cannot be read"), path);
	if (!S_ISREG(st.st_mode))
		return fail(err, ERR_INPUT, N_("%s: not a regular file"), path);
	digest_init(&s.digest);
	TRY(staged_open(&s, err));
	TRY(copy(&s, fd, path, err));
	return staged_keep(&s, out, err);
}

static enum err_code copy_part(struct staged *s, int fd, int64_t at, int64_t size, struct err *err)
{
	char bytes[64 << 10];

	while (size) {
		ssize_t r = pread(fd, bytes, (size_t)MIN(size, (int64_t)sizeof bytes), at);

		if (r < 0 && errno == EINTR)
			continue;
		if (r <= 0)
			return r ? fail_errno(err, N_("the upload cannot be read"))
				 : fail(err, ERR_IO, "the upload cannot be read: it ends too early");
		TRY(staged_put(s, (struct str){bytes, (size_t)r}, err));
		at += r;
		size -= r;
	}
	return OK;
}

enum err_code objects_store_part(
	struct objects in, int fd, int64_t at, int64_t size, struct object *out, struct err *err)
{
	CLEANUP(staged_done) struct staged s = {.in = in, .fd = -1};

	digest_init(&s.digest);
	TRY(staged_open(&s, err));
	TRY(copy_part(&s, fd, at, size, err));
	return staged_keep(&s, out, err);
}

enum err_code objects_store_text(struct objects in, struct str text, struct object *out, struct err *err)
{
	CLEANUP(staged_done) struct staged s = {.in = in, .fd = -1};

	digest_init(&s.digest);
	TRY(staged_open(&s, err));
	TRY(staged_put(&s, text, err));
	return staged_keep(&s, out, err);
}

static enum err_code may_store(const struct log *log, struct err *err)
{
	return log->opt.read_only ? fail(err, ERR_DENIED, N_("the log is open for reading only")) : OK;
}

enum err_code object_store(struct log *log, const char *path, struct object *out, struct err *err)
{
	TRY(may_store(log, err));
	return objects_store(objects_of(log), path, out, err);
}

enum err_code object_store_text(struct log *log, struct str text, struct object *out, struct err *err)
{
	TRY(may_store(log, err));
	return objects_store_text(objects_of(log), text, out, err);
}

enum err_code object_read(struct log *log, struct arena *a, const struct hash *digest, size_t limit,
	struct str *out, struct err *err)
{
	const char *path = object_path(a, log, digest).p;
	struct str text;
	struct hash h = {0};

	TRY(file_read(a, path, limit, &text, err));
	digest_sha256(text, h.b);
	if (!hash_eq(&h, digest))
		return fail(err, ERR_DAMAGED, N_("%s: its bytes are not those that were recorded"), path);
	*out = text;
	return OK;
}
