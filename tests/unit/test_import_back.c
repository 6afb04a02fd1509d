/* What comes back to an import: refused rows that were mended, evidence that was found. On both databases. */
#include "import_world.h"

/* ---- the workbook of refused rows ---- */

static const struct cell *cell_of(const struct sheet *s, int row, int col)
{
	for (size_t i = 0; i < s->nrows; i++)
		for (size_t k = 0; s->rows[i].no == row && k < s->rows[i].n; k++)
			if (s->rows[i].cells[k].col == col)
				return &s->rows[i].cells[k];
	return NULL;
}

static struct str text_at(const struct book *b, size_t sheet, int row, int col)
{
	const struct cell *c = cell_of(&b->sheets[sheet], row, col);

	return c ? c->text : S("");
}

/* Writes the read-back workbook as a CSV of its first sheet, one cell replaced: a clerk mending it. */
static void mend(struct fix *f, const struct book *b, size_t sheet, int row, int col, const char *text, const char *name)
{
	struct buf out CLEANUP(buf_free) = BUF_MAX(1 << 20);
	const struct sheet *s = &b->sheets[sheet];
	int last = 0;

	for (size_t i = 0; i < s->nrows; i++)
		last = MAX(last, s->rows[i].cells[s->rows[i].n - 1].col);
	for (size_t i = 0; i < s->nrows; i++) {
		for (int c = 1; c <= last; c++) {
			struct str v = s->rows[i].no == row && c == col ? str_c(text) : text_at(b, sheet, s->rows[i].no, c);

			buf_printf(&out, "%s" STR_FMT, c > 1 ? "," : "", STR_ARG(v));
		}
		buf_putc(&out, '\n');
	}
	put_file(f, name, buf_str(&out).p);
}

static void test_refused_rows(void **state)
{
	struct fix *f = *state;
	const char *path = path_in(f, "refused.xlsx");
	struct str whole;
	struct import im;
	struct book book;

	adopt_file(f, SMALL);
	put_file(f, "会议.csv", MEETINGS_HEAD
		"2022-01-14,室务会,一月室务会,12人,12,1.5,有,意识形态,,\n"
		"五月底,室务会,五月室务会,１２人,约11,1.5,有,意识形态、保密,FX-1,=1+1.png\n"
		"2022-06-01,,六月室务会,12,12,,,,,\n");
	put_file(f, "报送.csv", "编号,日期,标题,分类\nBS-1,待定,甲,乙\n");
	read_files(f, NAMES("会议.csv", "报送.csv"), NULL, &im);
	counts_are(&im, "add 1, refused 3");
	accept_all(f, &im, true);
	ok(f, import_refused(&im, path, &f->err));

	ok(f, book_read(&f->a, path, (struct sheet_progress){0}, &book, &f->err));
	assert_int_equal(book.nsheets, 2);
	same(text_at(&book, 0, 1, 2), S("日期"));
	same(text_at(&book, 0, 1, 11), S("佐证"));
	same(text_at(&book, 0, 2, 1), S("3"));                  /* the row it stood in */
	same(text_at(&book, 0, 2, 2), S("五月底"));
	same(text_at(&book, 0, 2, 4), S("五月室务会"));
	same(text_at(&book, 0, 2, 5), S("12人"));
	same(text_at(&book, 0, 2, 6), S("约11"));
	same(text_at(&book, 0, 2, 7), S("1.5"));
	same(text_at(&book, 0, 2, 11), S("=1+1.png"));          /* a text, no formula */
	same(text_at(&book, 0, 2, 12), S("日期: date not readable: 五月底"));
	same(text_at(&book, 0, 3, 1), S("4"));
	same(text_at(&book, 0, 3, 12), S("类别: required, but empty"));
	assert_int_equal(cell_of(&book.sheets[0], 3, 2)->kind, CELL_DATE);
	same(text_at(&book, 1, 2, 6), S("日期: date not readable: 待定"));

	/* Sent back as it is: still refused. Mended: taken, and nothing else is said to be gone. */
	read_files(f, NAMES("refused.xlsx"), NULL, &im);
	counts_are(&im, "refused 3");
	mend(f, &book, 0, 2, 2, "2022-05-31", "退回.csv");
	read_files(f, NAMES("退回.csv"), NULL, &im);
	counts_are(&im, "add 1, refused 1");
	accept_all(f, &im, true);
	same(active(f, "meeting"), S(
		"2 19006 0 '{\"date\":\"2022-01-14\",\"due\":12,\"due__unit\":\"人\",\"first\":true,\"hours\":\"1.5\",\"kind\":\"室务会\","
		"\"name\":\"一月室务会\",\"present\":12,\"topics\":[\"意识形态\"]}'\n"
		"2 19143 0 '{\"date\":\"2022-05-31\",\"due\":12,\"due__unit\":\"人\",\"first\":true,\"hours\":\"1.5\",\"kind\":\"室务会\","
		"\"name\":\"五月室务会\",\"proof\":[\"=1+1.png\"],\"risks\":[\"FX-1\"],\"topics\":[\"意识形态\",\"保密\"]}'\n"));
	sound(f);

	/* The register itself, mended the same way, then has nothing new. */
	whole = S(MEETINGS_HEAD
		"2022-01-14,室务会,一月室务会,12人,12,1.5,有,意识形态,,\n"
		"2022-05-31,室务会,五月室务会,１２人,约11,1.5,有,意识形态、保密,FX-1,=1+1.png\n");
	put_file(f, "会议.csv", whole.p);
	read_files(f, NAMES("会议.csv"), NULL, &im);
	counts_are(&im, "same 2");
}

/* The same with the case: each sheet of the workbook is known for what it was, and each row is refused for the same
 * reason; in both languages. */
static void test_case_refused(void **state)
{
	struct fix *f = *state;
	const char *path = path_in(f, "退回.xlsx");

	adopt_file(f, CASE "scheme.yaml");
	for (enum lang lang = LANG_ZH; lang <= LANG_EN; lang++) {
		struct import im, back;
		size_t at = 0;

		read_case(f, &im);
		im.lang = lang;
		ok(f, import_refused(&im, path, &f->err));
		read_files(f, NAMES("退回.xlsx"), NULL, &back);
		assert_int_equal(back.nunmapped, 0);
		for (size_t i = 0; i < im.ntables; i++) {
			const struct import_table *t = &im.tables[i], *b = &back.tables[at];
			size_t row = 0;

			if (!t->count[ROW_REFUSED])
				continue;
			assert_true(at < back.ntables);
			if (t->map != b->map || b->problem.n)
				FLUNK(STR_FMT " comes back as " STR_FMT " " STR_FMT, STR_ARG(t->map->name), STR_ARG(b->map->name),
					STR_ARG(b->problem));
			assert_int_equal(b->count[ROW_REFUSED], t->count[ROW_REFUSED]);
			for (size_t k = 0; k < t->nrows; k++) {
				if (t->rows[k].class != ROW_REFUSED)
					continue;
				assert_ptr_equal(b->rows[row].field, t->rows[k].field);
				same(refusal_text(&f->a, LANG_EN, &b->rows[row]), refusal_text(&f->a, LANG_EN, &t->rows[k]));
				row++;
			}
			at++;
		}
		assert_int_equal(at, back.ntables);
	}
}

/* ---- evidence ---- */

/* Name, whether the file is missing, whether a record says so now; in the order of the events. */
static struct str proofs(struct fix *f)
{
	return rows_of(f, &f->a, log_db(f->log), "select name, case when digest is null then 1 else 0 end, case when"
		" p_record.rev_seq is null then 0 else 1 end from p_proof left join p_record on p_record.origin = p_proof.origin and"
		" p_record.rev_seq = p_proof.seq order by p_proof.seq, name");
}

static const char PROVED[] = MEETINGS_HEAD
	"2022-01-14,室务会,一月室务会,12,12,,,,,签到.png、纪要.pdf\n"
	"2022-02-11,室务会,二月室务会,12,12,,,,,通知.pdf\n"
	"2022-03-11,室务会,三月室务会,12,12,,,,,\n";

static void test_evidence(void **state)
{
	struct fix *f = *state;
	struct import im;
	struct id first, second, third;
	int64_t size;

	adopt_file(f, SMALL);
	put_file(f, "会议.csv", PROVED);
	put_file(f, "proof/纪要.pdf", "minutes");
	put_file(f, "proof/无人引用.pdf", "loose");
	read_files(f, NAMES("会议.csv"), "proof", &im);
	counts_are(&im, "add 3");
	same(json_of(f, &im), S("{\"evidence\":{\"accepted_rows_without_evidence\":{\"会议.csv\":1},\"missing\":[{\"file\":\"签到.png\","
		"\"row\":[\"会议.csv!2\"]},{\"file\":\"通知.pdf\",\"row\":[\"会议.csv!3\"]}],\"present\":[\"纪要.pdf\"],\"references\":3,"
		"\"unreferenced\":[\"无人引用.pdf\"]},\"ledgers\":{\"会议.csv\":{\"accepted\":3,\"duplicate\":[],\"header_row\":1,"
		"\"out_of_year\":[],\"refused\":[],\"rows\":3,\"skipped\":[]}}}"));
	first = accept_all(f, &im, false);
	same(proofs(f), S("'签到.png' 1 1\n'纪要.pdf' 0 1\n'通知.pdf' 1 1\n"));
	assert_int_equal(count(f, "select count(*) from p_object where name like '%.pdf' or name like '%.png'"), 1);
	sound(f);

	/* One more is found: the records that name it say so, and only they. */
	put_file(f, "proof/签到.png", "signatures");
	read_files(f, NAMES("会议.csv"), "proof", &im);
	counts_are(&im, "change 1, same 2");
	second = accept_all(f, &im, false);
	assert_true(id_is(second));
	same(proofs(f), S("'签到.png' 1 0\n'纪要.pdf' 0 0\n'通知.pdf' 1 1\n'签到.png' 0 1\n'纪要.pdf' 0 1\n"));
	sound(f);
	size = size_of(f);
	read_files(f, NAMES("会议.csv"), "proof", &im);
	counts_are(&im, "same 3");
	assert_false(id_is(accept_all(f, &im, false)));

	/* Without the folder nothing is forgotten. */
	read_files(f, NAMES("会议.csv"), NULL, &im);
	counts_are(&im, "same 3");
	assert_false(id_is(accept_all(f, &im, false)));
	assert_int_equal(size_of(f), size);
	put_file(f, "会议.csv", MEETINGS_HEAD "2022-01-14,室务会,一月室务会,12,11,,,,,签到.png、纪要.pdf、新.pdf\n");
	read_files(f, NAMES("会议.csv"), NULL, &im);
	counts_are(&im, "change 1, gone 2");
	third = accept_all(f, &im, false);
	same(proofs(f), S("'签到.png' 1 0\n'纪要.pdf' 0 0\n'通知.pdf' 1 1\n'签到.png' 0 0\n'纪要.pdf' 0 0\n'新.pdf' 1 1\n"
		"'签到.png' 0 1\n'纪要.pdf' 0 1\n"));
	sound(f);
	ok(f, undo(f, third));
	ok(f, undo(f, second));
	same(proofs(f), S("'签到.png' 1 1\n'纪要.pdf' 0 1\n'通知.pdf' 1 1\n'签到.png' 0 0\n'纪要.pdf' 0 0\n'新.pdf' 1 0\n"
		"'签到.png' 0 0\n'纪要.pdf' 0 0\n"));
	ok(f, undo(f, first));
	sound(f);
}

/* A name that holds the separator, or is written in full width, is still that file. */
static void test_evidence_names(void **state)
{
	struct fix *f = *state;
	struct import im;

	adopt_file(f, SMALL);
	put_file(f, "会议.csv", MEETINGS_HEAD "2022-01-14,室务会,甲,12,12,,,,,签到、纪要.png\n"
		"2022-01-15,室务会,乙,12,12,,,,,签 到（一）.png\n");
	put_file(f, "proof/签到、纪要.png", "one");
	put_file(f, "proof/签到(一).png", "two");
	read_files(f, NAMES("会议.csv"), "proof", &im);
	assert_int_equal(im.nproof, 2);
	assert_non_null(strstr(json_of(f, &im).p, "\"missing\":[]"));
	accept_all(f, &im, false);
	assert_int_equal(count(f, "select count(*) from p_proof where digest is not null"), 2);
	sound(f);
}

int main(void)
{
	struct CMUnitTest tests[] = {
		ON_BOTH(test_refused_rows),
		ON_SQLITE(test_case_refused),
		ON_BOTH(test_evidence),
		ON_SQLITE(test_evidence_names),
	};

	return run_plan("import_back", tests, LEN(tests));
}
