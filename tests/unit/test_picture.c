/* JPEG files: of every kind, drawn on pages; broken ones and those that lie are known as such. */
#include "unit.h"

#include "doc/jpeg.h"
#include "doc/layout.h"
#include "doc/picture.h"

#include <stdio.h>
#include <stdlib.h>

#include <cairo.h>
#include <jpeglib.h>

static struct arena arena;
static struct fonts *fonts;

enum { W = 67, H = 41, RED = 0xC02020 };

static int coloured = W; /* columns */

/* One of W × H pixels of a colour, in the upper half; below it white. */
static struct str jpeg(J_COLOR_SPACE space, int parts, const unsigned char *colour, bool progressive)
{
	struct jpeg_compress_struct j;
	struct jpeg_error_mgr e;
	unsigned char row[4 * W], *out = NULL;
	unsigned long n = 0;
	JSAMPROW rows[1] = {row};
	struct str bytes;

	j.err = jpeg_std_error(&e);
	jpeg_create_compress(&j);
	jpeg_mem_dest(&j, &out, &n);
	j.image_width = W;
	j.image_height = H;
	j.input_components = parts;
	j.in_color_space = space;
	jpeg_set_defaults(&j);
	jpeg_set_quality(&j, 95, TRUE);
	if (progressive)
		jpeg_simple_progression(&j);
	jpeg_start_compress(&j, TRUE);
	for (int y = 0; y < H; y++) {
		for (int i = 0; i < W * parts; i++)
			row[i] = y < H / 2 && i / parts < coloured ? colour[i % parts] : 255; /* of inverted inks: none */
		jpeg_write_scanlines(&j, rows, 1);
	}
	jpeg_finish_compress(&j);
	jpeg_destroy_compress(&j);
	bytes = arena_str(&arena, (struct str){(const char *)out, n});
	free(out);
	return bytes;
}

static struct str red(bool progressive)
{
	return jpeg(JCS_RGB, 3, (const unsigned char[]){0xC0, 0x20, 0x20}, progressive);
}

static bool near(uint32_t a, uint32_t b)
{
	for (int shift = 0; shift < 24; shift += 8)
		if (abs((int)(a >> shift & 255) - (int)(b >> shift & 255)) > 6)
			return false;
	return true;
}

static void colours(struct str bytes, uint32_t above)
{
	struct jpeg_image m;

	assert_true(jpeg_sound(bytes));
	assert_true(jpeg_read(bytes, W, H, &m));
	assert_int_equal(m.w, W);
	assert_int_equal(m.h, H);
	if (!near(m.px[5 * W + 30], above))
		print_error("%06x is not %06x\n", m.px[5 * W + 30], above);
	assert_true(near(m.px[5 * W + 30], above));
	assert_true(near(m.px[(H - 3) * W + 30], 0xFFFFFF));
	free(m.px);
}

static void every_kind_has_its_colours(void **s)
{
	struct picture_info info;
	struct str ink = jpeg(JCS_CMYK, 4, (const unsigned char[]){255 - 40, 55, 55, 255}, false);

	colours(red(false), RED);
	colours(red(true), RED);
	colours(jpeg(JCS_GRAYSCALE, 1, (const unsigned char[]){0x60}, false), 0x606060);
	colours(ink, 0xD73737);
	assert_true(picture_read(ink, &info) && info.cmyk && info.jpeg);
	assert_true(picture_read(red(true), &info) && !info.cmyk);
}

static void smaller_where_that_is_enough(void **s)
{
	static const int wants[][4] = {{W, H, W, H}, {34, 21, 34, 21}, {35, 1, W, H}, {17, 11, 17, 11}, {1, 1, 9, 6}, {999, 1, W, H}};

	for (size_t i = 0; i < LEN(wants); i++) {
		struct jpeg_image m;

		assert_true(jpeg_read(red(i & 1), wants[i][0], wants[i][1], &m));
		assert_int_equal(m.w, wants[i][2]);
		assert_int_equal(m.h, wants[i][3]);
		free(m.px);
	}
}

static size_t find_byte(struct str s, int marker, size_t from)
{
	for (size_t i = from; i + 1 < s.n; i++)
		if ((unsigned char)s.p[i] == 0xFF && (unsigned char)s.p[i + 1] == marker)
			return i;
	assert_true(false);
	return 0;
}

static char *copy(struct str s)
{
	return (char *)(uintptr_t)arena_str(&arena, s).p;
}

static void what_is_broken_or_lies_is_not_sound(void **s)
{
	for (int progressive = 0; progressive < 2; progressive++) {
		struct str good = red(progressive);
		size_t sof = find_byte(good, progressive ? 0xC2 : 0xC0, 2);
		char *p = copy(good);
		struct jpeg_image m;

		for (size_t n = 0; n + 2 < good.n; n++) { /* cut off anywhere */
			assert_false(jpeg_sound(str_sub(good, 0, n)));
			assert_false(jpeg_read(str_sub(good, 0, n), 1, 1, &m));
			assert_null(m.px);
		}
		for (size_t i = 0; i < good.n; i++) /* any byte otherwise: nothing but an answer */
			for (int k = 0; k < 3; k++) {
				p[i] = (char)(good.p[i] ^ (k == 0 ? 0xFF : k == 1 ? 1 : 0x40));
				if (jpeg_read((struct str){p, good.n}, W, H, &m))
					free(m.px);
				p[i] = good.p[i];
			}
		p[sof + 5] = 0x40; /* says 16425 rows */
		assert_false(jpeg_sound((struct str){p, good.n}));
		p[sof + 5] = 0x7F; /* beyond the limit */
		assert_false(jpeg_sound((struct str){p, good.n}));
		p[sof + 5] = p[sof + 6] = 0;
		assert_false(jpeg_sound((struct str){p, good.n}));

		CLEANUP(buf_free) struct buf b = BUF_MAX(1 << 20); /* as cameras do: a preview behind the end */

		buf_put(&b, good);
		for (int i = 0; i < 300; i++)
			buf_putc(&b, 'x');
		assert_true(jpeg_sound(buf_str(&b)));
	}
	assert_false(jpeg_sound(S("\xff\xd8\xff")));
	assert_false(jpeg_sound(STR_NONE));
}

/* The last pass of a progressive one, again and again. */
static void passes_without_end_are_refused(void **s)
{
	struct str good = red(true);
	CLEANUP(buf_free) struct buf b = BUF_MAX(1 << 20);
	size_t last = 0, end = good.n - 2;

	for (size_t i = 0; i + 1 < good.n; i++)
		if ((unsigned char)good.p[i] == 0xFF && (unsigned char)good.p[i + 1] == 0xDA)
			last = i;
	buf_put(&b, str_sub(good, 0, end));
	for (int i = 0; i < 200; i++)
		buf_put(&b, str_sub(good, last, end));
	buf_put(&b, str_sub(good, end, good.n));
	assert_false(jpeg_sound(buf_str(&b)));
}

struct rest {
	struct str s;
};

static cairo_status_t take(void *of, unsigned char *out, unsigned n)
{
	struct rest *r = of;

	if (r->s.n < n)
		return CAIRO_STATUS_READ_ERROR;
	memcpy(out, r->s.p, n);
	r->s = str_sub(r->s, n, r->s.n);
	return CAIRO_STATUS_SUCCESS;
}

/* How many pixels of a page have about that colour. */
static int count_of(struct str png, uint32_t rgb)
{
	struct rest r = {png};
	cairo_surface_t *s = cairo_image_surface_create_from_png_stream(take, &r);
	const unsigned char *px = cairo_image_surface_get_data(s);
	int n = 0, stride = cairo_image_surface_get_stride(s);

	for (int y = 0; y < cairo_image_surface_get_height(s); y++)
		for (int x = 0; x < cairo_image_surface_get_width(s); x++) {
			uint32_t c;

			memcpy(&c, px + (ptrdiff_t)y * stride + 4 * (ptrdiff_t)x, 4);
			n += near(c & 0xFFFFFF, rgb);
		}
	cairo_surface_destroy(s);
	return n;
}

static void a_page_shows_it(void **s)
{
	struct str kinds[] = {red(false), red(true), jpeg(JCS_CMYK, 4, (const unsigned char[]){0xC0, 0x20, 0x20, 255}, false)};

	for (size_t i = 0; i < LEN(kinds); i++) {
		struct doc *d = doc_new(&arena, S("x"), S("zh-CN"));
		struct doc_picture p = {.png = kinds[i], .alt = S("红")};
		struct err err = {.lang = LANG_EN};
		struct lay *l;
		struct str png, pdf;

		doc_block(d, DOC_PICTURE, STR_NONE)->picture = &p;
		assert_int_equal(doc_layout(&arena, d, fonts, LANG_EN, &l, &err), OK);
		assert_int_equal(l->nwarnings, 0);
		assert_int_equal(doc_png(l, 0, 96, &arena, &png, &err), OK);
		assert_true(count_of(png, RED) > W * (H / 2 - 4));
		assert_true(count_of(png, 0xCCCCCC) < W); /* no grey box */
		assert_int_equal(doc_pdf(l, &arena, &pdf, &err), OK);
		assert_true(str_has(pdf, S("/DCTDecode"))); /* also of four inks: written anew */
	}
}

/* With an Exif segment that says how it lies. */
static struct str turned(struct str jpeg, int turn, bool little)
{
	char exif[] = "\xFF\xE1\0\x22" "Exif\0\0" "MM\0*\0\0\0\x08" "\0\1" "\x01\x12\0\3\0\0\0\1\0\0\0\0" "\0\0\0\0";
	CLEANUP(buf_free) struct buf b = BUF_MAX(1 << 20);

	if (little)
		memcpy(exif + 10, "II*\0\x08\0\0\0" "\1\0" "\x12\x01\3\0\1\0\0\0\0\0\0\0", 22);
	exif[10 + 18 + !little] = (char)turn;
	buf_put(&b, str_sub(jpeg, 0, 2));
	buf_put(&b, (struct str){exif, sizeof exif - 1});
	buf_put(&b, str_sub(jpeg, 2, jpeg.n));
	return arena_str(&arena, buf_str(&b));
}

/* The coloured corner of the file is where Exif says; the file written anew says nothing of it. */
static void what_lies_is_set_upright(void **s)
{
	static const struct { bool right, below; } corner[9] = {[2] = {true, false}, [3] = {true, true}, [4] = {false, true},
		[6] = {true, false}, [7] = {true, true}, [8] = {false, true}};
	struct str file, plain, same = red(false);

	coloured = W / 2;
	file = red(false);
	coloured = W;
	for (int turn = 0; turn <= 9; turn++) {
		int in = turn >= 1 && turn <= 8 ? turn : 1, w = in < 5 ? W : H, h = in < 5 ? H : W;
		struct str says = turned(file, turn, turn & 1);
		struct picture_info info;
		struct jpeg_image m;

		assert_true(picture_read(says, &info));
		assert_int_equal(info.turn, in);
		assert_true(jpeg_plain(&arena, says, &plain));
		assert_true(picture_read(plain, &info) && info.turn == 1 && info.width == w && info.height == h);
		assert_true(jpeg_read(plain, w, h, &m));
		for (int k = 0; k < 4; k++) {
			bool right = k & 1, below = k > 1;
			uint32_t px = m.px[(below ? h - 5 : 4) * w + (right ? w - 5 : 4)];

			assert_true(near(px, right == corner[in].right && below == corner[in].below ? RED : 0xFFFFFF));
		}
		free(m.px);
	}
	assert_true(jpeg_plain(&arena, same, &plain) && plain.p == same.p); /* what stands upright comes as it is */
	assert_false(jpeg_plain(&arena, str_sub(turned(file, 6, true), 0, 500), &plain));
}

/* A directory that isn't there, or has no end: upright. */
static void exif_that_lies(void **s)
{
	struct str good = turned(red(false), 6, true);
	char *p = copy(good);
	struct picture_info info;

	for (size_t i = 2; i < 40; i++)
		for (int v = 0; v < 256; v++) {
			p[i] = (char)v;
			(void)picture_read((struct str){p, good.n}, &info);
			p[i] = good.p[i];
		}
	memset(p + 16, 0xFF, 4); /* where the directory begins */
	assert_true(picture_read((struct str){p, good.n}, &info) && info.turn == 1);
}

/* Cut off in the middle, its end put behind: a frame with its words. */
static void a_damaged_one_is_framed(void **s)
{
	struct str good = red(false);
	struct doc *d = doc_new(&arena, S("x"), S("zh-CN"));
	struct doc_picture p = {.alt = S("坏了的照片")};
	struct err err = {.lang = LANG_EN};
	struct lay *l;

	CLEANUP(buf_free) struct buf b = BUF_MAX(1 << 20);
	buf_put(&b, str_sub(good, 0, good.n - 60));
	buf_put(&b, S("\xFF\xD9"));
	p.png = arena_str(&arena, buf_str(&b));
	doc_block(d, DOC_PICTURE, STR_NONE)->picture = &p;
	assert_int_equal(doc_layout(&arena, d, fonts, LANG_EN, &l, &err), OK);
	assert_int_equal(l->nwarnings, 1);
	assert_true(str_has(l->warnings[0].text, S("坏了的照片")));
}

static int begin(void **s)
{
	struct err err = {.lang = LANG_EN};

	return fonts_open(NULL, &fonts, &err) != OK;
}

static int end(void **s)
{
	fonts_close(&fonts);
	arena_free(&arena);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_kind_has_its_colours),
		cmocka_unit_test(smaller_where_that_is_enough),
		cmocka_unit_test(what_is_broken_or_lies_is_not_sound),
		cmocka_unit_test(passes_without_end_are_refused),
		cmocka_unit_test(a_page_shows_it),
		cmocka_unit_test(what_lies_is_set_upright),
		cmocka_unit_test(exif_that_lies),
		cmocka_unit_test(a_damaged_one_is_framed),
	};

	return cmocka_run_group_tests_name("picture", tests, begin, end);
}
