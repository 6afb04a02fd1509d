/* Fonts: which file a face is, what stands in, widths; and what is said where there is none. */
#include "unit.h"

#include "base/file.h"
#include "base/utf8.h"
#include "doc/font.h"
#include "doc/layout.h"

#include <sys/stat.h>
#include <uchar.h>
#include <unistd.h>

static struct fonts *opened(const char *const *dirs)
{
	struct fonts *f = NULL;
	struct err err = {.lang = LANG_EN};

	if (fonts_open(dirs, &f, &err) != OK)
		print_error("%s\n", err.text);
	assert_non_null(f);
	return f;
}

static const struct font *find(struct fonts *f, enum doc_face face, const char *text, uint32_t *gid)
{
	size_t at = 0;

	return fonts_find(f, face, utf8_next(str_c(text), &at), gid);
}

static void every_face_has_a_font_with_hanzi(void **s)
{
	struct fonts *f = opened(NULL);

	for (enum doc_face face = FACE_FANG; face < FACES; face++) {
		uint32_t gid = 0;
		const struct font *font = fonts_face(f, face);
		assert_int_equal(font->face, face);
		assert_true(font->name.n && font->alt.n && font->family.n && font->path.n);
		assert_ptr_equal(find(f, face, "汉", &gid), font);
		assert_int_not_equal(gid, 0);
		assert_int_equal(font_advance(font, gid, SIZE_3), SIZE_3);
		assert_int_equal(font->ascent - font->descent, font->upem);
		assert_false(font->fallback);
	}
	assert_true(str_is(fonts_face(f, FACE_FANG)->name, "仿宋_GB2312"));
	assert_true(str_is(fonts_face(f, FACE_BIAO)->name, "方正小标宋简体"));
	assert_ptr_equal(fonts_face(f, FACE_BLOCK), fonts_face(f, FACE_FANG));
	fonts_close(&f);
	assert_null(f);
}

static void digits_and_marks_have_the_widths_of_the_font(void **s)
{
	struct fonts *f = opened(NULL);
	uint32_t gid = 0;

	for (enum doc_face face = FACE_FANG; face < FACES; face++) {
		const struct font *digit = find(f, face, "5", &gid);
		int32_t w = font_advance(digit, gid, SIZE_3);
		assert_true(w > SIZE_3 / 3 && w < SIZE_3 * 2 / 3);
		const struct font *stop = find(f, face, "。", &gid);
		assert_int_equal(font_advance(stop, gid, SIZE_3), SIZE_3);
		assert_int_equal(font_advance(stop, gid, 2 * SIZE_3), 2 * SIZE_3);
	}
	assert_int_equal(font_advance(fonts_face(f, FACE_FANG), UINT32_MAX, SIZE_3), 0);
	fonts_close(&f);
}

static void what_a_face_lacks_stands_in_and_what_none_has_is_glyph_0(void **s)
{
	struct fonts *f = opened(NULL);
	uint32_t gid = 0;
	size_t n = 0;

	const struct font *font = find(f, FACE_FANG, "㙍", &gid); /* in Noto Serif CJK, not in the Fandol fonts */
	assert_true(font->fallback || font == fonts_face(f, FACE_FANG));
	assert_int_not_equal(gid, 0);
	assert_true(font->name.n > 0);
	font = fonts_find(f, FACE_HEI, 0x10FFFD, &gid); /* of private use, by nobody */
	assert_ptr_equal(font, fonts_face(f, FACE_HEI));
	assert_int_equal(gid, 0);

	const struct font *const *used = fonts_used(f, &n);
	assert_int_equal(n, 2); /* in order of first use, each once */
	assert_ptr_equal(used[1], fonts_face(f, FACE_HEI));
	find(f, FACE_HEI, "字", &gid);
	fonts_used(f, &n);
	assert_int_equal(n, 2);
	fonts_close(&f);
}

static void the_same_files_give_the_same_choice(void **s)
{
	struct fonts *a = opened(NULL), *b = opened(NULL);

	for (enum doc_face face = FACE_FANG; face < FACES; face++) {
		assert_true(str_eq(fonts_face(a, face)->path, fonts_face(b, face)->path));
		assert_int_equal(fonts_face(a, face)->index, fonts_face(b, face)->index);
	}
	fonts_close(&a);
	fonts_close(&b);
}

static void link_to(const char *dir, const char *name, struct str path)
{
	char to[300];

	snprintf(to, sizeof to, "%s/%s", dir, name);
	assert_int_equal(symlink(path.p, to), 0);
}

static void without_any_font_the_error_names_face_and_package(void **s)
{
	char dir[] = "/tmp/zfont.XXXXXX", path[300];
	struct arena a = ARENA_INIT;
	struct err err = {.lang = LANG_EN};
	struct fonts *all = opened(NULL), *f = NULL;

	assert_non_null(mkdtemp(dir));
	setenv("ZEREN_FONTS", dir, 1);
	assert_int_equal(fonts_open(NULL, &f, &err), ERR_NOT_FOUND);
	assert_null(f);
	assert_non_null(strstr(err.text, "仿宋"));
	assert_non_null(strstr(err.text, "texlive-lang-chinese"));

	/* with all but one it names that one; a file that is no font is none */
	static const char *const files[] = {"FandolFang-Regular.otf", "FandolKai-Regular.otf", "FandolSong-Regular.otf",
		"FandolSong-Bold.otf"};
	static const enum doc_face faces[] = {FACE_FANG, FACE_KAI, FACE_SONG, FACE_SONG};
	for (size_t i = 0; i < LEN(files); i++) {
		struct str beside = fonts_face(all, faces[i])->path;
		link_to(dir, files[i],
			path_join(&a, str_sub(beside, 0, beside.n - path_base(beside).n), str_c(files[i])));
	}
	snprintf(path, sizeof path, "%s/FandolHei-Regular.otf", dir);
	struct err written = {0};
	assert_int_equal(file_write(path, S("no font"), &written), OK);
	err_clear(&err);
	assert_int_equal(fonts_open(NULL, &f, &err), ERR_NOT_FOUND);
	assert_non_null(strstr(err.text, "黑体"));
	unlink(path);
	link_to(dir, "FandolHei-Regular.otf", fonts_face(all, FACE_HEI)->path);
	err_clear(&err);
	f = opened(NULL);
	uint32_t gid = 1;
	assert_ptr_equal(find(f, FACE_FANG, "㙍", &gid), fonts_face(f, FACE_FANG)); /* nothing else is looked into */
	assert_int_equal(gid, 0);
	fonts_close(&f);
	unsetenv("ZEREN_FONTS");
	fonts_close(&all);
	assert_int_equal(file_remove_tree(dir, &written), OK);
	arena_free(&a);
}

/* A copy of a font whose family is another of as many UTF-16 units, in all its names. */
static void renamed(const char *dir, const char *file, struct str from, const char *old, const char16_t *new)
{
	struct arena a = ARENA_INIT;
	struct err err = {0};
	struct str bytes;
	char path[300];
	size_t n = strlen(old), changed = 0;

	assert_int_equal(file_read(&a, from.p, 64 << 20, &bytes, &err), OK);
	char *p = (char *)(uintptr_t)bytes.p;
	for (size_t i = 0; i + 2 * n <= bytes.n; i++) {
		size_t k = 0;
		while (k < n && !p[i + 2 * k] && p[i + 2 * k + 1] == old[k])
			k++;
		if (k < n)
			continue;
		for (k = 0; k < n; k++) {
			p[i + 2 * k] = (char)(new[k] >> 8);
			p[i + 2 * k + 1] = (char)(new[k] & 255);
		}
		changed++;
	}
	assert_true(changed > 0);
	snprintf(path, sizeof path, "%s/%s", dir, file);
	assert_int_equal(file_write(path, bytes, &err), OK);
	arena_free(&a);
}

static void the_offices_own_font_goes_first_by_its_name(void **s)
{
	char dir[] = "/tmp/zfont.XXXXXX", path[300];
	const char *dirs[] = {dir, NULL};
	struct fonts *f = opened(NULL);
	struct err err = {0};
	uint32_t gid = 0;

	assert_non_null(mkdtemp(dir));
	/* names of files don't matter, those inside do; a folder and a text beside them don't either */
	renamed(dir, "0.otf", fonts_face(f, FACE_HEI)->path, "FandolHei", u"楷体_GB2312");
	renamed(dir, "1.OTF", fonts_face(f, FACE_KAI)->path, "FandolKai", u"仿宋_GB2312");
	snprintf(path, sizeof path, "%s/2.ttf", dir);
	assert_int_equal(file_write(path, S("not a font"), &err), OK);
	snprintf(path, sizeof path, "%s/3.ttf", dir);
	assert_int_equal(mkdir(path, 0700), 0);
	fonts_close(&f);

	f = opened(dirs);
	assert_true(str_is(path_base(fonts_face(f, FACE_KAI)->path), "0.otf"));
	assert_true(str_is(path_base(fonts_face(f, FACE_FANG)->path), "1.OTF"));
	assert_true(str_is(fonts_face(f, FACE_FANG)->name, "仿宋_GB2312"));
	assert_true(str_is(fonts_face(f, FACE_FANG)->family, "仿宋_GB2312"));
	assert_false(str_has(fonts_face(f, FACE_HEI)->path, str_c(dir)));
	find(f, FACE_KAI, "字", &gid);
	assert_int_not_equal(gid, 0);
	fonts_close(&f);
	assert_int_equal(file_remove_tree(dir, &err), OK);
	dirs[0] = "/nonexistent"; /* an office without such a folder */
	f = opened(dirs);
	fonts_close(&f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_face_has_a_font_with_hanzi),
		cmocka_unit_test(digits_and_marks_have_the_widths_of_the_font),
		cmocka_unit_test(what_a_face_lacks_stands_in_and_what_none_has_is_glyph_0),
		cmocka_unit_test(the_same_files_give_the_same_choice),
		cmocka_unit_test(without_any_font_the_error_names_face_and_package),
		cmocka_unit_test(the_offices_own_font_goes_first_by_its_name),
	};
	return cmocka_run_group_tests_name("font", tests, NULL, NULL);
}
