#include "doc/jpeg.h"

#include "doc/picture.h"

#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>

#include <jpeglib.h>
#include <jerror.h>

enum { SCANS = 100, MEMORY = 512 << 20, COARSEST = 8, CMYK = 4 };

/* What libjpeg calls back with: its own structs come first, so that a pointer to them is one to these. */
struct trouble {
	struct jpeg_error_mgr err;
	jmp_buf out;
	bool cut; /* the data ended before the picture did */
};

struct reading {
	struct jpeg_decompress_struct jpeg;
	struct trouble trouble;
	struct jpeg_progress_mgr progress;
	struct jpeg_image image;
	bool good;
};

static void on_error(j_common_ptr c)
{
	longjmp(((struct trouble *)c->err)->out, 1);
}

static void on_message(j_common_ptr c, int level)
{
	if (level < 0 && (c->err->msg_code == JWRN_JPEG_EOF || c->err->msg_code == JWRN_HIT_MARKER))
		((struct trouble *)c->err)->cut = true;
}

static void on_text(j_common_ptr c)
{
}

/* A few bytes can ask for as many passes over all of a large picture as they like. */
static void on_progress(j_common_ptr c)
{
	if (((j_decompress_ptr)c)->input_scan_number > SCANS)
		on_error(c);
}

static bool begin(struct reading *r, struct str bytes, int w, int h)
{
	struct jpeg_decompress_struct *j = &r->jpeg;
	struct picture_info info;
	int by = COARSEST;

	if (!picture_read(bytes, &info) || !info.jpeg)
		return false;
	jpeg_create_decompress(j);
	j->mem->max_memory_to_use = MEMORY;
	r->progress.progress_monitor = on_progress;
	j->progress = &r->progress;
	jpeg_mem_src(j, (const unsigned char *)bytes.p, bytes.n);
	if (jpeg_read_header(j, TRUE) != JPEG_HEADER_OK || j->image_width != (unsigned)info.width ||
		j->image_height != (unsigned)info.height)
		return false;
	j->out_color_space = j->num_components == CMYK ? JCS_CMYK : JCS_RGB;
	while (by > 1 && ((info.width + by - 1) / by < w || (info.height + by - 1) / by < h))
		by /= 2;
	j->scale_num = 1;
	j->scale_denom = (unsigned)by;
	return jpeg_start_decompress(j);
}

/* Adobe's programs write ink as 255 - ink. */
static uint32_t rgb_of(const unsigned char *p, int n, bool inverted)
{
	unsigned k = n == CMYK ? p[3] : 0, c[3];

	for (int i = 0; i < 3; i++)
		c[i] = n != CMYK ? p[i] : inverted ? p[i] * k / 255u : (255u - p[i]) * (255u - k) / 255u;
	return c[0] << 16 | c[1] << 8 | c[2];
}

static bool rows(struct reading *r, bool keep)
{
	struct jpeg_decompress_struct *j = &r->jpeg;
	unsigned w = j->output_width;
	int n = j->output_components;
	JSAMPARRAY row = j->mem->alloc_sarray((j_common_ptr)j, JPOOL_IMAGE, w * (unsigned)n, 1);

	if ((n != 3 && n != CMYK) || !w || !j->output_height)
		return false;
	if (keep) {
		r->image.w = (int)w;
		r->image.h = (int)j->output_height;
		r->image.px = malloc((size_t)w * j->output_height * sizeof *r->image.px);
		if (!r->image.px)
			return false;
	}
	while (j->output_scanline < j->output_height) {
		uint32_t *to = keep ? r->image.px + (size_t)j->output_scanline * w : NULL;

		jpeg_read_scanlines(j, row, 1);
		for (unsigned i = 0; i < w && keep; i++)
			to[i] = rgb_of(row[0] + i * (unsigned)n, n, j->saw_Adobe_marker);
	}
	return jpeg_finish_decompress(j) && !r->trouble.cut;
}

/* All that a jump back may pass lies behind the pointer. */
static void read_all(struct reading *r, struct str bytes, int w, int h, bool keep)
{
	r->jpeg.err = jpeg_std_error(&r->trouble.err);
	r->trouble.err.error_exit = on_error;
	r->trouble.err.emit_message = on_message;
	r->trouble.err.output_message = on_text;
	if (!setjmp(r->trouble.out))
		r->good = begin(r, bytes, w, h) && rows(r, keep);
	jpeg_destroy_decompress(&r->jpeg);
}

static bool read_image(struct str bytes, int w, int h, bool keep, struct jpeg_image *out)
{
	struct reading *r = calloc(1, sizeof *r);
	bool good;

	*out = (struct jpeg_image){0};
	if (!r)
		return false;
	read_all(r, bytes, w, h, keep);
	good = r->good;
	if (good)
		*out = r->image;
	else
		free(r->image.px);
	free(r);
	return good;
}

bool jpeg_sound(struct str bytes)
{
	struct jpeg_image none;

	return read_image(bytes, 1, 1, false, &none);
}

bool jpeg_read(struct str bytes, int w, int h, struct jpeg_image *out)
{
	return read_image(bytes, w, h, true, out);
}

/* ---- written anew ---- */

enum { QUALITY = 95 };

struct writing {
	struct jpeg_compress_struct jpeg;
	struct trouble trouble;
	const struct jpeg_image *from;
	int turn;
	unsigned char *row;
	unsigned char *bytes; /* of libjpeg: malloc */
	unsigned long n;
	bool good;
};

/* The pixel of the file that stands at (x, y) when it is upright; turn as Exif counts: 2 mirrored, 3 upside down,
 * 5 to 8 on its side. */
static uint32_t upright(const struct jpeg_image *m, int turn, int x, int y)
{
	int last_x = m->w - 1, last_y = m->h - 1;
	int from_x = turn >= 5 ? y : x, from_y = turn >= 5 ? x : y;

	if (turn == 2 || turn == 3 || turn == 7 || turn == 8)
		from_x = last_x - from_x;
	if (turn == 3 || turn == 4 || turn == 6 || turn == 7)
		from_y = last_y - from_y;
	return m->px[(size_t)from_y * (size_t)m->w + (size_t)from_x];
}

/* All that a jump back may pass lies behind the pointer. */
static void write_all(struct writing *w)
{
	struct jpeg_compress_struct *j = &w->jpeg;
	bool lies = w->turn >= 5;

	j->err = jpeg_std_error(&w->trouble.err);
	w->trouble.err.error_exit = on_error;
	w->trouble.err.output_message = on_text;
	if (!setjmp(w->trouble.out)) {
		jpeg_create_compress(j);
		jpeg_mem_dest(j, &w->bytes, &w->n);
		j->image_width = (JDIMENSION)(lies ? w->from->h : w->from->w);
		j->image_height = (JDIMENSION)(lies ? w->from->w : w->from->h);
		j->input_components = 3;
		j->in_color_space = JCS_RGB;
		jpeg_set_defaults(j);
		jpeg_set_quality(j, QUALITY, TRUE);
		j->comp_info[0].h_samp_factor = j->comp_info[0].v_samp_factor = 1; /* colours as fine as light */
		jpeg_start_compress(j, TRUE);
		while (j->next_scanline < j->image_height) {
			for (unsigned x = 0; x < j->image_width; x++) {
				uint32_t px = upright(w->from, w->turn, (int)x, (int)j->next_scanline);

				for (int k = 0; k < 3; k++)
					w->row[3 * x + (unsigned)k] = (unsigned char)(px >> (16 - 8 * k));
			}
			jpeg_write_scanlines(j, &w->row, 1);
		}
		jpeg_finish_compress(j);
		w->good = true;
	}
	jpeg_destroy_compress(j);
}

bool jpeg_plain(struct arena *a, struct str bytes, struct str *out)
{
	struct picture_info info;
	struct jpeg_image image;
	struct writing *w;
	bool good = false;

	*out = bytes;
	if (!picture_read(bytes, &info) || !info.jpeg || (info.turn == 1 && !info.cmyk))
		return true;
	if (!jpeg_read(bytes, info.width, info.height, &image))
		return false;
	w = calloc(1, sizeof *w);
	if (w) {
		w->from = &image;
		w->turn = info.turn;
		w->row = malloc((size_t)3 * (size_t)MAX(image.w, image.h));
		if (w->row)
			write_all(w);
		good = w->good;
		if (good)
			*out = arena_str(a, (struct str){(const char *)w->bytes, w->n});
		free(w->bytes);
		free(w->row);
	}
	free(w);
	free(image.px);
	return good;
}
