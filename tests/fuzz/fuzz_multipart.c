/* An upload, in memory and in a file: both read the same; files lie within the body, names are names. */
#include "http/multipart.h"

#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena a = ARENA_INIT;
	struct err err = {.lang = LANG_EN}, err2 = err;
	int fd = memfd_create("fuzz", MFD_CLOEXEC);
	struct http_body memory = {{(const char *)data, size}, -1, (int64_t)size}, file = {STR_NONE, fd, (int64_t)size};
	struct str type = S("multipart/form-data; boundary=XX");
	struct multipart m = {0}, m2 = {0};

	if (fd < 0 || write(fd, data, size) != (ssize_t)size)
		abort();
	if (multipart_read(&a, type, &memory, &m, &err) != multipart_read(&a, type, &file, &m2, &err2) ||
			m.nfiles != m2.nfiles || m.form.n != m2.form.n)
		abort();
	for (size_t i = 0; i < m.nfiles; i++) {
		struct multipart_file f = m.files[i];

		if (f.at < 0 || f.size < 0 || f.at + f.size > (int64_t)size || f.at != m2.files[i].at || !form_text(f.name, false) ||
				!f.name.n || memchr(f.name.p, '/', f.name.n) || memchr(f.name.p, '\\', f.name.n))
			abort();
	}
	multipart_read(&a, (struct str){(const char *)data, MIN(size, (size_t)200)}, &memory, &m, &err);
	arena_free(&a);
	close(fd);
	return 0;
}
