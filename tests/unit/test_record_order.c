/* Entries, corrections, withdrawals, imports and undos in any order: one live record a key, sound tables, and a history
 * that adds up; on both databases. */
#include "record_world.h"

static unsigned dice(unsigned *seed, unsigned n)
{
	*seed = *seed * 1103515245u + 12345u;
	return (*seed >> 16) % n;
}

static struct id any(struct fix *f, unsigned *seed, const char *what)
{
	struct str rows = rows_of(f, &f->a, log_db(f->log), what), line;
	struct id id = {1, 1};
	unsigned n = 0;

	while (str_cut(&rows, S("\n"), &line))
		if (line.n && !dice(seed, ++n))
			assert_true(str_int(line, &id.seq));
	return id;
}

static struct str some_register(struct fix *f, unsigned *seed)
{
	struct str s = S("编号,日期,标题,分类\n");

	for (unsigned i = 1; i <= 5; i++)
		if (dice(seed, 2))
			s = arena_printf(&f->a, STR_FMT "BS-%u,2022-03-01,题%u,%s\n", STR_ARG(s), i, dice(seed, 3),
				dice(seed, 2) ? "甲" : "");
	return s;
}

static enum err_code any_act(struct fix *f, unsigned *seed, bool *imported)
{
	const char *all = "select seq from p_record order by seq";
	struct hand h = hand_of(f, "report", ID_NONE, arena_printf(&f->a, "no=BS-%u;date=2022-03-01;name=题%u",
		dice(seed, 5) + 1, dice(seed, 3)).p);
	struct import im;

	*imported = false;
	switch (dice(seed, 8)) {
	case 0:
	case 1:
		return by(&h, hand_add, "zhang.san", "test");
	case 2:
	case 3:
		h = hand_of(f, NULL, any(f, seed, all), arena_printf(&f->a, dice(seed, 3) ? "name=手%u" : "no=BS-%u",
			dice(seed, 4) + 1).p);
		return by(&h, hand_correct, "li.si", "test");
	case 4:
		return withdraw(f, any(f, seed, all));
	case 5:
		return restore(f, any(f, seed, all));
	case 6:
		return undo(f, any(f, seed, "select seq from p_import order by seq"));
	default:
		put_file(f, "报送.csv", some_register(f, seed).p);
		read_files(f, NAMES("报送.csv"), NULL, &im);
		accept_all(f, &im, false);
		read_files(f, NAMES("报送.csv"), NULL, &im);
		*imported = true;
		return import_count(&im, ROW_SAME) == im.tables[0].nrows ? OK : ERR_DAMAGED;
	}
}

/* The steps of a record, one after the other, come to what the table says of it. */
static void history_adds_up(struct fix *f, int64_t seq)
{
	struct record_history x;
	struct str now[8] = {{0}};
	struct node *fields;
	struct str text;
	bool gone = false;

	ok(f, record_history(f->log, &f->a, &f->scheme, LANG_EN, (struct id){1, seq}, &x, &f->err));
	for (size_t i = 0; i < x.n; i++) {
		gone = x.steps[i].act == RECORD_WITHDRAWN;
		for (size_t k = 0; k < x.steps[i].n; k++) {
			same(now[x.steps[i].changes[k].field->at], x.steps[i].changes[k].before);
			now[x.steps[i].changes[k].field->at] = x.steps[i].changes[k].after;
		}
	}
	assert_int_equal(gone, x.withdrawn);
	text = rows_of(f, &f->a, log_db(f->log), arena_printf(&f->a, "select fields from p_record where seq = %d", (int)seq).p);
	ok(f, json_read(&f->a, str_sub(text, 1, text.n - 2), (struct json_opt){0}, &fields, &f->err));
	for (size_t i = 0; i < x.type->nfields; i++)
		same(now[i], node_text(fields, x.type->fields[i].name));
}

static void test_any_order(void **state)
{
	struct fix *f = *state;
	unsigned seed = 1, done = 0;
	bool imported;

	adopt_file(f, SMALL);
	for (int i = 0; i < 250; i++) {
		enum err_code code = any_act(f, &seed, &imported);

		if (code != OK && code != ERR_CONFLICT && code != ERR_INPUT && code != ERR_NOT_FOUND)
			FLUNK("act %d: %s: %s", i, err_name(code), f->err.text);
		done += code == OK;
		err_clear(&f->err);
		assert_int_equal(count(f, "select count(*) - count(distinct ident) from p_record where withdrawn_seq is null"), 0);
		if (i % 50 == 49)
			sound(f);
	}
	assert_true(done > 80);
	for (int64_t seq = 1; seq < size_of(f); seq++)
		if (count(f, arena_printf(&f->a, "select count(*) from p_record where seq = %d", (int)seq).p))
			history_adds_up(f, seq);
}

int main(void)
{
	struct CMUnitTest tests[] = {ON_BOTH(test_any_order)};

	return run_plan("record_order", tests, LEN(tests));
}
