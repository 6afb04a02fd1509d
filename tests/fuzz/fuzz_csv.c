/* A CSV file: encoding, separator, records. */
#include "pack/frame.h"
#include "sheet/csv.h"

#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena a = ARENA_INIT;
	struct err err = {.lang = LANG_EN};
	struct unwire *u = unwire_new(&a, (struct sheet_progress){0});
	struct child_job job = {
		.take = unwire_take, .take_ctx = u,
		.limits = {.record_bytes = WIRE_RECORD, .total_bytes = 1 << 30},
	};
	struct book book;
	int fd = memfd_create("fuzz", MFD_CLOEXEC);

	if (fd < 0 || write(fd, data, size) != (ssize_t)size)
		abort();
	if (csv_read(fd, wire_new(&a, child_out_new(&a, &job, -1)), &err) == OK &&
			unwire_book(u, &book, &err) != OK)
		abort();
	if (str_ends(str_c(err.text), S("the reader of the file answered nonsense")))
		abort();
	arena_free(&a);
	close(fd);
	return 0;
}
