#include "pack/unzip.h"

#include "base/map.h"
#include "pack/child.h"

#include <stdlib.h>
#include <zip.h>

enum {
	PIECE_BYTES = 64 << 10,
	NAME_BYTES = 4096
};

struct entry {
	zip_uint64_t index;
	zip_uint64_t size;
	bool encrypted;
};

struct unzip {
	struct arena arena;
	struct unzip_limits limits;
	size_t inflated;
	zip_t *zip;
	struct map entries;     /* struct entry by folded name */
};

static struct str folded(struct arena *a, struct str name)
{
	char *p = (char *)arena_str(a, name).p;

	for (size_t i = 0; i < name.n; i++) {
		if (p[i] >= 'A' && p[i] <= 'Z')
			p[i] = (char)(p[i] + ('a' - 'A'));
		else if (p[i] == '\\')
			p[i] = '/';
	}
	return (struct str){p, name.n};
}

static enum err_code add_entry(struct unzip *z, zip_uint64_t i, struct err *err)
{
	struct zip_stat st;
	struct entry *e;
	struct str key;
	void **at;

	if (zip_stat_index(z->zip, i, ZIP_FL_UNCHANGED, &st) < 0 || !(st.valid & ZIP_STAT_NAME))
		return fail(err, ERR_INPUT, N_("the ZIP archive is broken"));
	key = folded(&z->arena, str_c(st.name));
	if (key.n > NAME_BYTES)
		return fail(err, ERR_INPUT, N_("the ZIP archive is broken"));
	at = map_at(&z->entries, key);
	if (*at)
		return fail(err, ERR_INPUT, N_("the ZIP archive holds two files named %s"), st.name);
	*at = e = ARENA_NEW(&z->arena, struct entry);
	e->index = i;
	e->size = st.valid & ZIP_STAT_SIZE ? st.size : 0;
	e->encrypted = (st.valid & ZIP_STAT_ENCRYPTION_METHOD) && st.encryption_method != ZIP_EM_NONE;
	return OK;
}

static enum err_code open_zip(struct unzip *z, struct str bytes, struct err *err)
{
	zip_error_t why;
	zip_source_t *source;
	int code;

	zip_error_init(&why);
	source = zip_source_buffer_create(bytes.p, bytes.n, 0, &why);
	if (source)
		z->zip = zip_open_from_source(source, ZIP_RDONLY, &why);
	if (source && !z->zip)
		zip_source_free(source);
	code = zip_error_code_zip(&why);
	zip_error_fini(&why);
	if (z->zip)
		return OK;
	if (code == ZIP_ER_NOZIP)
		return fail(err, ERR_INPUT, N_("not a ZIP archive, or cut off"));
	if (code == ZIP_ER_MEMORY)
		return fail(err, ERR_LIMIT, N_("the ZIP archive needs more memory than allowed"));
	return fail(err, ERR_INPUT, N_("the ZIP archive is broken"));
}

static enum err_code fill(struct unzip *z, int fd, struct err *err)
{
	zip_int64_t n;
	struct str bytes;

	TRY(child_read(&z->arena, fd, z->limits.file_bytes, &bytes, err));
	TRY(open_zip(z, bytes, err));
	n = zip_get_num_entries(z->zip, ZIP_FL_UNCHANGED);
	if (n < 0 || (zip_uint64_t)n > z->limits.entries)
		return fail(err, ERR_LIMIT, N_("the ZIP archive holds more than %zu files"),
			z->limits.entries);
	for (zip_int64_t i = 0; i < n; i++)
		TRY(add_entry(z, (zip_uint64_t)i, err));
	return OK;
}

enum err_code unzip_open(int fd, struct unzip_limits limits, struct unzip **out, struct err *err)
{
	struct unzip *z CLEANUP(unzip_free) = calloc(1, sizeof *z);

	if (!z)
		BUG("out of memory (%zu bytes)", sizeof *z);
	z->limits = limits;
	z->entries = (struct map)MAP_IN(&z->arena);
	TRY(fill(z, fd, err));
	*out = z;
	z = NULL;
	return OK;
}

void unzip_free(struct unzip **z)
{
	if (!*z)
		return;
	if ((*z)->zip)
		zip_discard((*z)->zip);
	arena_free(&(*z)->arena);
	free(*z);
	*z = NULL;
}

static struct entry *find(const struct unzip *z, struct str name)
{
	struct arena a CLEANUP(arena_free) = ARENA_INIT;

	return map_get(&z->entries, folded(&a, name));
}

bool unzip_has(const struct unzip *z, struct str name)
{
	return find(z, name) != NULL;
}

static void file_close(zip_file_t **f)
{
	if (*f)
		zip_fclose(*f);
}

static enum err_code broken(struct str name, int code, struct err *err)
{
	switch (code) {
	case ZIP_ER_CRC:
		return fail(err, ERR_INPUT, N_(STR_FMT ": wrong checksum in the ZIP archive"), STR_ARG(name));
	case ZIP_ER_ENCRNOTSUPP:
	case ZIP_ER_NOPASSWD:
	case ZIP_ER_WRONGPASSWD:
		return fail(err, ERR_INPUT, N_(STR_FMT ": encrypted; save it without a password"),
			STR_ARG(name));
	case ZIP_ER_COMPNOTSUPP:
		return fail(err, ERR_INPUT, N_(STR_FMT ": compressed in a way that is not read"),
			STR_ARG(name));
	case ZIP_ER_MEMORY:
		return fail(err, ERR_LIMIT, N_("the ZIP archive needs more memory than allowed"));
	}
	return fail(err, ERR_INPUT, N_(STR_FMT ": broken or cut off in the ZIP archive"), STR_ARG(name));
}

static enum err_code too_much(const struct unzip *z, struct str name, struct err *err)
{
	return fail(err, ERR_LIMIT, N_(STR_FMT ": more than %zu MiB when unpacked"), STR_ARG(name),
		z->limits.inflated >> 20);
}

static enum err_code check_method(struct unzip *z, zip_uint64_t index, struct str name, struct err *err)
{
	struct zip_stat st;

	if (zip_stat_index(z->zip, index, ZIP_FL_UNCHANGED, &st) < 0)
		return broken(name, ZIP_ER_INCONS, err);
	if ((st.valid & ZIP_STAT_COMP_METHOD) && st.comp_method != ZIP_CM_STORE &&
			st.comp_method != ZIP_CM_DEFLATE)
		return broken(name, ZIP_ER_COMPNOTSUPP, err);
	return OK;
}

enum err_code unzip_member(struct unzip *z, struct str name, unzip_take_fn *take, void *ctx,
		struct err *err)
{
	struct arena a CLEANUP(arena_free) = ARENA_INIT;
	const struct entry *e = find(z, name);
	CLEANUP(file_close) zip_file_t *f = NULL;
	char *piece;
	zip_int64_t n;

	if (!e)
		return fail(err, ERR_INPUT, N_(STR_FMT ": missing in the ZIP archive"), STR_ARG(name));
	if (e->encrypted)
		return broken(name, ZIP_ER_ENCRNOTSUPP, err);
	/* as declared; what really comes is counted below */
	if (e->size > z->limits.inflated - z->inflated)
		return too_much(z, name, err);
	TRY(check_method(z, e->index, name, err));
	f = zip_fopen_index(z->zip, e->index, ZIP_FL_UNCHANGED);
	if (!f)
		return broken(name, zip_error_code_zip(zip_get_error(z->zip)), err);
	piece = arena_alloc(&a, PIECE_BYTES);
	while ((n = zip_fread(f, piece, PIECE_BYTES)) > 0) {
		if ((size_t)n > z->limits.inflated - z->inflated)
			return too_much(z, name, err);
		z->inflated += (size_t)n;
		TRY(take(ctx, (struct str){piece, (size_t)n}, err));
	}
	return n == 0 ? OK : broken(name, zip_error_code_zip(zip_file_get_error(f)), err);
}
