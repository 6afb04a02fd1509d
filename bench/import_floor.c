/* What an import can't be faster than: expat over the sheet doing nothing, then the same rows into the same tables and
 * indexes by bare SQLite, one transaction, the same PRAGMAs.
 *
 *     import_floor SHEET.xlsx DONE/zeren.db NEW.db
 *
 * DONE is a data directory that holds the import; its schema and rows are copied to NEW.db. */
#include <expat.h>
#include <sqlite3.h>
#include <zip.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

static double now(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (double)ts.tv_sec + (double)ts.tv_nsec / 1e9;
}

static void die(const char *what)
{
	fprintf(stderr, "import_floor: %s\n", what);
	exit(2);
}

static void start(void *u, const char *n, const char **a) { (void)u, (void)n, (void)a; }
static void end(void *u, const char *n) { (void)u, (void)n; }
static void text(void *u, const char *s, int n) { (void)u, (void)s, (void)n; }

static void parse(zip_t *z, const char *name)
{
	zip_file_t *f = zip_fopen(z, name, 0);
	XML_Parser p = XML_ParserCreate(NULL);
	static char buf[65536];
	zip_int64_t n;

	if (!f)
		die(name);
	XML_SetElementHandler(p, start, end);
	XML_SetCharacterDataHandler(p, text);
	while ((n = zip_fread(f, buf, sizeof buf)) > 0)
		if (!XML_Parse(p, buf, (int)n, 0))
			die("XML");
	XML_Parse(p, buf, 0, 1);
	XML_ParserFree(p);
	zip_fclose(f);
}

static void run(sqlite3 *db, const char *sql)
{
	if (sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK)
		die(sqlite3_errmsg(db));
}

/* All rows of a table of db "was" into main, row by row through prepared statements, as a program inserts them. */
static void copy(sqlite3 *db, const char *table)
{
	char sql[512], marks[256] = "?";
	sqlite3_stmt *in, *out;
	int cols;

	snprintf(sql, sizeof sql, "select * from was.%s", table);
	if (sqlite3_prepare_v2(db, sql, -1, &in, NULL) != SQLITE_OK)
		die(sqlite3_errmsg(db));
	cols = sqlite3_column_count(in);
	for (int i = 1; i < cols; i++)
		strcat(marks, ",?");
	snprintf(sql, sizeof sql, "insert into main.%s values(%s)", table, marks);
	if (sqlite3_prepare_v2(db, sql, -1, &out, NULL) != SQLITE_OK)
		die(sqlite3_errmsg(db));
	while (sqlite3_step(in) == SQLITE_ROW) {
		for (int i = 0; i < cols; i++)
			sqlite3_bind_value(out, i + 1, sqlite3_column_value(in, i));
		if (sqlite3_step(out) != SQLITE_DONE)
			die(sqlite3_errmsg(db));
		sqlite3_reset(out);
	}
	sqlite3_finalize(in);
	sqlite3_finalize(out);
}

/* The schema of "was", tables first, then the rest; triggers are left out: they only refuse changes. */
static void schema(sqlite3 *db, const char *type)
{
	char sql[256];
	sqlite3_stmt *st;

	snprintf(sql, sizeof sql, "select sql from was.sqlite_schema where type = '%s' and sql is not null", type);
	sqlite3_prepare_v2(db, sql, -1, &st, NULL);
	while (sqlite3_step(st) == SQLITE_ROW)
		run(db, (const char *)sqlite3_column_text(st, 0));
	sqlite3_finalize(st);
}

int main(int argc, char **argv)
{
	static const char *const tables[] = {"origin", "event", "p_import", "p_import_table", "p_record"};
	double t0 = now(), t1;
	char sql[1024];
	zip_t *z;
	sqlite3 *db;

	if (argc != 4)
		die("usage: import_floor SHEET.xlsx DONE/zeren.db NEW.db");
	z = zip_open(argv[1], ZIP_RDONLY, NULL);
	if (!z)
		die(argv[1]);
	parse(z, "xl/sharedStrings.xml");
	parse(z, "xl/worksheets/sheet1.xml");
	zip_close(z);
	t1 = now();
	remove(argv[3]);
	if (sqlite3_open(argv[3], &db) != SQLITE_OK)
		die(argv[3]);
	run(db, "pragma journal_mode=wal; pragma synchronous=full; pragma wal_autocheckpoint=0");
	snprintf(sql, sizeof sql, "attach '%s' as was", argv[2]);
	run(db, sql);
	schema(db, "table");
	schema(db, "index");
	run(db, "begin");
	for (size_t i = 0; i < sizeof tables / sizeof *tables; i++)
		copy(db, tables[i]);
	run(db, "commit");
	run(db, "detach was");
	sqlite3_wal_checkpoint_v2(db, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
	sqlite3_close(db);
	printf("# expat %.3f s, insert %.3f s\n", t1 - t0, now() - t1);
	return 0;
}
