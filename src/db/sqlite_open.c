#include "db/sqlite.h"

#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

/* How long to wait for a writer of another process; the log's lock keeps real ones out. */
enum { BUSY_MS = 2000 };

/* File systems whose locks or shared memory SQLite can't trust. */
static const char *network_fs(const char *path)
{
	static const struct { unsigned magic; const char *name; } kinds[] = {
		{0x6969, "NFS"}, {0x517B, "SMB"}, {0xFF534D42, "CIFS"}, {0xFE534D42, "SMB2"},
		{0x01021997, "9p"},
		{0x65735546, "FUSE"}, {0x5346414F, "AFS"}, {0x00C36400, "Ceph"}, {0x0BD00BD0, "Lustre"},
		{0x73757245, "Coda"}, {0x786F4256, "VirtualBox"}, {0x47504653, "GPFS"},
	};
	const char *force = getenv("ZEREN_FORCE_FS");
	struct statfs fs;

	if ((force && !strcmp(force, "1")) || statfs(path, &fs))
		return NULL;
	for (size_t i = 0; i < LEN(kinds); i++)
		if (kinds[i].magic == (unsigned)fs.f_type)
			return kinds[i].name;
	return NULL;
}

/* Makes the file if it is not there. Never opens one that is: closing it would drop the locks that other
 * connections of this process hold on it (fcntl). */
static enum err_code make_file(struct sqlite *s, struct err *err)
{
	CLEANUP(fd_close) int fd = -1;
	CLEANUP(arena_free) struct arena a = ARENA_INIT;
	struct str path = str_c(s->path), base = path_base(path);
	struct str dir = arena_str(&a, str_sub(path, 0, path.n - base.n));
	const char *fs = network_fs(dir.p);

	if (fs)
		return fail(err, ERR_IO, "%s: lies on %s, where SQLite may lose data; put it on a local disk "
			"or use PostgreSQL (ZEREN_FORCE_FS=1 to use it all the same)", s->path, fs);
	if (s->db.opt.read_only)
		return file_exists(s->path) ? OK : fail(err, ERR_NOT_FOUND, "%s: no such file", s->path);
	fd = open(s->path, O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0600);
	if (fd < 0)
		return errno == EEXIST ? OK : fail_errno(err, "%s: cannot be made", s->path);
	return s->db.opt.scratch ? OK : file_sync_dir(dir.p, err);
}

/* The answer of a PRAGMA as text, cut to size. */
static enum err_code pragma_get(struct sqlite *s, const char *text, char *out, size_t size, struct err *err)
{
	sqlite3_stmt *h = NULL;
	int rc = sqlite3_prepare_v2(s->h, text, -1, &h, NULL);

	if (rc == SQLITE_OK)
		rc = sqlite3_step(h);
	if (rc == SQLITE_ROW)
		snprintf(out, size, "%s", (const char *)sqlite3_column_text(h, 0));
	if (rc != SQLITE_ROW && rc != SQLITE_DONE)
		sqlite_fail(s, rc, text, err);
	sqlite3_finalize(h);
	return err->code;
}

struct pragma {
	const char *name, *value;
	const char *read, *answer;   /* the query that reads it back, and what that says, if not as usual */
	unsigned when;
};
enum { DURABLE = 1, SCRATCH = 2, WRITER = 4, READER = 8, ALL = 15 };

/* Each is read back: a switch to WAL that SQLite could not make is silent otherwise. recursive_triggers: so
 * that REPLACE can't step round a trigger; temp_store: no facts in /tmp; case_sensitive_like: PostgreSQL */
static const struct pragma pragmas[] = {
	{"journal_mode", "wal", .when = DURABLE},
	{"journal_mode", "memory", .when = SCRATCH},
	{"synchronous", "full", .answer = "2", .when = DURABLE},
	{"synchronous", "off", .answer = "0", .when = SCRATCH},
	{"wal_autocheckpoint", "0", .when = DURABLE},
	{"journal_size_limit", "67108864", .when = DURABLE},
	{"foreign_keys", "on", .answer = "1", .when = ALL},
	{"trusted_schema", "off", .answer = "0", .when = ALL},
	{"cell_size_check", "on", .answer = "1", .when = ALL},
	{"mmap_size", "0", .when = DURABLE},
	{"recursive_triggers", "on", .answer = "1", .when = ALL},
	{"temp_store", "memory", .answer = "2", .when = ALL},
	{"case_sensitive_like", "on", .read = "select 'a' like 'A'", .answer = "0", .when = ALL},
	{"cache_size", "-65536", .when = WRITER},
	{"cache_size", "-16384", .when = READER},
	{"query_only", "on", .answer = "1", .when = READER},
};

static enum err_code set_pragmas(struct sqlite *s, struct err *err)
{
	unsigned now = (s->db.opt.scratch ? SCRATCH : DURABLE) | (s->db.opt.read_only ? READER : WRITER);

	for (size_t i = 0; i < LEN(pragmas); i++) {
		const struct pragma *p = &pragmas[i];
		const char *want = p->answer ? p->answer : p->value;
		char text[80], got[80] = "";

		if (!(p->when & now))
			continue;
		snprintf(text, sizeof text, "pragma %s = %s", p->name, p->value);
		TRY(pragma_get(s, text, got, sizeof got, err));
		got[0] = 0;
		snprintf(text, sizeof text, "pragma %s", p->name);
		TRY(pragma_get(s, p->read ? p->read : text, got, sizeof got, err));
		if (strcmp(got, want))
			return fail(err, ERR_DB, "%s: SQLite's %s is \"%s\" where %s is needed", s->path,
				p->name, got, p->value);
	}
	return OK;
}

static enum err_code set_config(struct sqlite *s, struct err *err)
{
	static const struct { int op, on; const char *name; } config[] = {
		{SQLITE_DBCONFIG_DEFENSIVE, 1, "DEFENSIVE"},
		{SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0, "ENABLE_LOAD_EXTENSION"},
		{SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, "TRUSTED_SCHEMA"},
		{SQLITE_DBCONFIG_DQS_DML, 0, "DQS_DML"},      /* "x" is a name, as in PostgreSQL */
		{SQLITE_DBCONFIG_DQS_DDL, 0, "DQS_DDL"},
	};

	for (size_t i = 0; i < LEN(config); i++) {
		int now = -1;
		int rc = sqlite3_db_config(s->h, config[i].op, config[i].on, &now);

		if (rc != SQLITE_OK || now != config[i].on)
			return fail(err, ERR_DB, "%s: SQLite's switch %s cannot be set", s->path,
				config[i].name);
	}
	if (s->db.opt.read_only && sqlite3_db_config(s->h, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1,
		NULL) != SQLITE_OK)
		return sqlite_fail(s, sqlite3_errcode(s->h), "database", err);
	sqlite3_limit(s->h, SQLITE_LIMIT_ATTACHED, 0);
	return OK;
}

static enum err_code check_owner(struct sqlite *s, struct err *err)
{
	char id[16] = "", ours[16], size[16] = "4096";

	snprintf(ours, sizeof ours, "%d", SQLITE_APPLICATION);
	TRY(pragma_get(s, "pragma application_id", id, sizeof id, err));
	if (strcmp(id, "0") && strcmp(id, ours))
		return fail(err, ERR_INPUT, "%s: a database of another program", s->path);
	TRY(pragma_get(s, "pragma page_size", size, sizeof size, err));
	s->page_size = (int)strtol(size, NULL, 10);
	return OK;
}

static int wal_grew(void *ctx, sqlite3 *h, const char *name, int pages)
{
	((struct sqlite *)ctx)->wal_pages = pages;
	return SQLITE_OK;
}

static enum err_code set_up(struct sqlite *s, struct err *err)
{
	int flags = s->db.opt.read_only ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
	int rc;

	if (strcmp(s->path, ":memory:"))
		TRY(make_file(s, err));
	rc = sqlite3_open_v2(s->path, &s->h, flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, NULL);
	if (rc != SQLITE_OK)
		return sqlite_fail(s, rc, "database", err);
	sqlite3_busy_timeout(s->h, BUSY_MS);
	TRY(set_config(s, err));
	TRY(check_owner(s, err));      /* before the file is changed */
	TRY(set_pragmas(s, err));
	sqlite3_wal_hook(s->h, wal_grew, s);
	return OK;
}

void sqlite_done(struct db *db)
{
	struct sqlite *s = (struct sqlite *)db;
	struct err ignored = {0};

	if (s->h && !db->opt.scratch && !db->opt.read_only && !s->broken)
		sqlite_checkpoint(s, SQLITE_CHECKPOINT_TRUNCATE, &ignored);
	if (s->h && sqlite3_close(s->h) != SQLITE_OK)
		BUG("%s: closed with a query open", s->path);
	free(s->path);
	free(s);
}

enum err_code sqlite_open(const char *path, struct db_opt opt, struct db **out, struct err *err)
{
	bool plain = path[0] == '/' || !strcmp(path, ":memory:");
	struct sqlite *s = calloc(1, sizeof *s);

	if (!s || asprintf(&s->path, "%s%s", plain ? "" : "./", path) < 0)      /* "file:x" is a path,
		not a URI */
		BUG("out of memory");
	s->db.driver = &sqlite_driver;
	s->db.opt = opt;
	s->db.opt.scratch |= !strcmp(path, ":memory:");
	if (set_up(s, err) != OK) {
		sqlite_done(&s->db);
		return err->code;
	}
	*out = &s->db;
	return OK;
}
