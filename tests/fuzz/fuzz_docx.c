/* A whole DOCX, as docx_read gets it, parsed in this process; and, where the first byte is no P of a ZIP, the XML of its
 * main part alone. */
#include "doc/docx_read.h"
#include "pack/zip_write.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena a = ARENA_INIT;
	struct err err = {.lang = LANG_EN};
	struct str zip = {(const char *)data, size};
	struct docx_text text;
	char path[64];
	int fd = memfd_create("fuzz", MFD_CLOEXEC);

	if (size && data[0] != 'P' &&
		zip_write(&a, &(struct zip_part){"word/document.xml", {(const char *)data, size}}, 1, &zip, &err) != OK)
		abort();
	if (fd < 0 || write(fd, zip.n ? zip.p : "", zip.n) != (ssize_t)zip.n)
		abort();
	snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
	setenv("ZEREN_NO_FORK", "1", 1);
	if (docx_read(&a, path, &text, &err) != err.code)
		abort();
	if (str_ends(str_c(err.text), S("the reader of the file answered nonsense")))
		abort();
	arena_free(&a);
	close(fd);
	return 0;
}
