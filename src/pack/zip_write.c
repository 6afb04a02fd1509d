#include "pack/zip_write.h"

#include <zip.h>

enum { DOS_TIME = 0, DOS_DATE = 1 << 5 | 1 }; /* 1980-01-01 00:00 */

static void done(zip_source_t **s)
{
	if (*s)
		zip_source_free(*s);
}

static enum err_code broken(struct err *err, const char *what)
{
	return fail(err, ERR_IO, "the archive cannot be written: %s", what);
}

static enum err_code put_parts(zip_t *z, const struct zip_part *parts, size_t n, struct err *err)
{
	for (size_t i = 0; i < n; i++) {
		zip_source_t *part =
			zip_source_buffer(z, parts[i].bytes.n ? parts[i].bytes.p : "", parts[i].bytes.n, 0);
		zip_int64_t at;

		if (!part)
			return broken(err, zip_strerror(z));
		at = zip_file_add(z, parts[i].name, part, ZIP_FL_ENC_UTF_8);
		if (at < 0) {
			zip_source_free(part);
			return broken(err, zip_strerror(z));
		}
		if (zip_set_file_compression(z, (zip_uint64_t)at, ZIP_CM_DEFLATE, 6) ||
			zip_file_set_dostime(z, (zip_uint64_t)at, DOS_TIME, DOS_DATE, 0))
			return broken(err, zip_strerror(z));
	}
	return OK;
}

static enum err_code read_back(struct arena *a, zip_source_t *s, struct str *out, struct err *err)
{
	struct zip_stat st;
	char *p;

	zip_stat_init(&st);
	if (zip_source_stat(s, &st) || !(st.valid & ZIP_STAT_SIZE) || zip_source_open(s))
		return broken(err, zip_error_strerror(zip_source_error(s)));
	if (st.size > ZIP_WRITE_BYTES)
		return fail(err, ERR_LIMIT, "the archive is larger than %d bytes", ZIP_WRITE_BYTES);
	p = arena_alloc(a, st.size);
	if (zip_source_read(s, p, st.size) != (zip_int64_t)st.size)
		return broken(err, zip_error_strerror(zip_source_error(s)));
	zip_source_close(s);
	*out = (struct str){p, st.size};
	return OK;
}

enum err_code zip_write(struct arena *a, const struct zip_part *parts, size_t n, struct str *out, struct err *err)
{
	CLEANUP(done) zip_source_t *s = NULL;
	zip_error_t e;
	zip_t *z;

	zip_error_init(&e);
	s = zip_source_buffer_create(NULL, 0, 0, &e);
	z = s ? zip_open_from_source(s, ZIP_TRUNCATE, &e) : NULL;
	if (!z)
		return broken(err, zip_error_strerror(&e));
	zip_source_keep(s);
	if (put_parts(z, parts, n, err) != OK) {
		zip_discard(z);
		return err->code;
	}
	if (zip_close(z)) {
		broken(err, zip_strerror(z));
		zip_discard(z);
		return err->code;
	}
	return read_back(a, s, out, err);
}
