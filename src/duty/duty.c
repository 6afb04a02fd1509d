/* Status and score of a duty from its slots. */
#include "duty/duty.h"

#include "base/buf.h"
#include "base/map.h"
#include "duty/slot.h"

const char *duty_status_name(enum duty_status s)
{
	static const char *const names[] = {"missed", "late", "at_risk", "satisfied", "on_track", "not_due"};

	BUG_IF(s >= DUTY_STATUSES);
	return names[s];
}

const char *slot_state_name(enum slot_state s)
{
	static const char *const names[] = {"met", "late", "missed", "pending", "excused", "not_applicable"};

	BUG_IF(s >= SLOT_STATES);
	return names[s];
}

/* n × part ÷ whole, half up; all non-negative. */
static int64_t portion(int64_t n, int64_t part, int64_t whole)
{
	return (2 * n * part + whole) / (2 * whole);
}

/* Thousandths, rounded half up to hundredths. */
static int64_t hundredths(int64_t n)
{
	return 10 * portion(n, 1, 10);
}

/* What a linear pace would have done by the day: the year's slots × day of the year ÷ 365, half up. */
static int expected(const struct duty_state *s, int year, struct date on)
{
	struct date first;

	date_make(year, 1, 1, &first);
	return (int)portion(s->required_year, MAX(on.n - first.n + 1, 0), 365);
}

static enum duty_status status_of(const struct duty_state *s, int year, struct date on)
{
	struct date last;

	date_make(year, 12, 31, &last);
	if (s->missed)
		return DUTY_MISSED;
	if (s->late)
		return DUTY_LATE;
	if (s->duty->linear && s->pending && date_lt(on, last) && s->met < expected(s, year, on))
		return DUTY_AT_RISK;
	if (s->required_year && s->met == s->required_year)
		return DUTY_SATISFIED;
	return s->required_to_date ? DUTY_ON_TRACK : DUTY_NOT_DUE;
}

static void count(struct duty_state *s)
{
	for (size_t i = 0; i < s->nslots; i++) {
		s->unproved += s->slots[i].unproved;
		s->entered_late += s->slots[i].entered_late;
		switch (s->slots[i].state) {
		case SLOT_MET:
			s->met++;
			break;
		case SLOT_LATE:
			s->late++;
			break;
		case SLOT_MISSED:
			s->missed++;
			break;
		case SLOT_PENDING:
			s->pending++;
			break;
		case SLOT_EXCUSED:
			s->excused++;
			break;
		case SLOT_NOT_APPLICABLE:
			s->not_applicable++;
			break;
		case SLOT_STATES:
			break;
		}
	}
	s->required_to_date = s->met + s->late + s->missed;
	s->required_year = s->required_to_date + s->pending;
}

/* The records of all slots, each once, in the order of the slots. */
static void gather(const struct facts *f, struct duty_state *s)
{
	struct fact_seen seen = {0};

	for (size_t i = 0; i < s->nslots; i++) {
		for (size_t k = 0; k < s->slots[i].facts.n; k++) {
			const struct fact *r = s->slots[i].facts.p[k];

			if (!fact_seen(&seen, f, r))
				*ARENA_PUSH(f->arena, s->facts.p, s->facts.n, s->facts.cap) = r;
		}
	}
}

static void judge(const struct facts *f, struct date on, struct duty_state *s)
{
	count(s);
	gather(f, s);
	s->status = status_of(s, f->year, on);
}

/* The slots of a text that are its own by their due day, those of older texts first. */
static void slots_by_text(const struct facts *f, const struct duty *d, struct date on, struct figure_source figures,
	struct duty_state *out)
{
	size_t own, kept;

	if (d->before)
		slots_by_text(f, d->before, on, figures, out);
	own = kept = out->nslots;
	for (size_t i = 0; i < d->nneeds; i++)
		slots_of(f, &d->needs[i], on, figures, out);
	for (size_t i = own; i < out->nslots; i++) {
		struct date due = out->slots[i].due;

		if ((d->starts && date_lt(due, d->since)) || (d->ends && !date_lt(due, d->until)))
			continue;
		out->slots[kept++] = out->slots[i];
	}
	out->nslots = kept;
}

void duty_on(const struct facts *f, const struct duty *d, struct date on, struct figure_source figures,
	struct duty_state *out)
{
	*out = (struct duty_state){.duty = d};
	slots_by_text(f, d, on, figures, out);
	judge(f, on, out);
}

void duty_part(const struct facts *f, const struct duty_state *whole, struct date on,
	bool (*keep)(void *ctx, const struct slot *x), void *ctx, struct duty_state *out)
{
	*out = (struct duty_state){.duty = whole->duty};
	for (size_t i = 0; i < whole->nslots; i++)
		if (keep(ctx, &whole->slots[i]))
			*ARENA_PUSH(f->arena, out->slots, out->nslots, out->cap) = whole->slots[i];
	judge(f, on, out);
}

static int owners_with_miss(const struct duty_state *s)
{
	int n = 0;

	for (size_t i = 0; i < s->nslots; i++) {
		bool before = false;

		if (s->slots[i].state != SLOT_MISSED)
			continue;
		for (size_t k = 0; k < i && !before; k++)
			before = s->slots[k].state == SLOT_MISSED && str_eq(s->slots[k].owner, s->slots[i].owner);
		n += !before;
	}
	return n;
}

/* What one owner had to do and did. */
struct owner_share {
	struct str owner;
	int64_t halves, whole;           /* 2 met + late; 2 required to date */
};

__extension__ typedef __int128 wide;

static int64_t gcd(int64_t a, int64_t b)
{
	while (b) {
		int64_t rest = a % b;

		a = b;
		b = rest;
	}
	return a;
}

/* Each owner's share, in order of owners' first slots; those without anything required have all of it. */
static struct owner_share *shares(struct arena *a, const struct duty_state *s, size_t *n)
{
	struct map by = MAP_IN(a);
	struct owner_share *all = ARENA_ARRAY(a, struct owner_share, s->nslots);

	for (size_t i = 0; i < s->nslots; i++) {
		const struct slot *x = &s->slots[i];
		void **at = map_at(&by, x->owner);
		struct owner_share *one = *at ? *at : &all[by.n - 1];

		*at = one;
		one->halves += x->state == SLOT_MET ? 2 : x->state == SLOT_LATE;
		one->whole += 2 * (x->state == SLOT_MET || x->state == SLOT_LATE || x->state == SLOT_MISSED);
	}
	*n = by.n;
	return all;
}

/* n ÷ by × the mean of the owners' shares, half up, as an exact fraction. Its denominator is a common multiple of what
 * owners had to do; from 2^62 on, which takes owners with dozens of unlike numbers of slots, to 18 places. */
static int64_t mean_portion(int64_t n, int64_t by, const struct owner_share *all, size_t count)
{
	wide up = 0, down = 1;

	for (size_t i = 0; i < count; i++) {
		int64_t h = all[i].whole ? all[i].halves : 1, w = all[i].whole ? all[i].whole : 1;
		int64_t g = gcd(h, w), common;

		h /= g;
		w /= g;
		common = gcd((int64_t)down, w);
		if (down > ((wide)1 << 62) / (w / common)) {     /* no longer exact */
			up = up * 1000000000 / down * 1000000000;
			down = (wide)1000000000 * 1000000000;
			up += (wide)h * down / w;
			continue;
		}
		up = up * (w / common) + (wide)h * (down / common);
		down = down * (w / common);
	}
	down *= (wide)count * by;
	return (int64_t)((2 * (wide)n * up + down) / (2 * down));
}

static void average(const struct duty_state *s, struct score_line *x)
{
	struct arena tmp CLEANUP(arena_free) = ARENA_INIT;
	struct owner_share *all;
	size_t n;

	all = shares(&tmp, s, &n);
	x->share = n ? mean_portion(10000, 1, all, n) : 10000;
	x->got = n ? 10 * mean_portion(s->duty->points, 10, all, n) : hundredths(s->duty->points);
}

struct score_line duty_score(const struct duty_state *s)
{
	const struct duty *d = s->duty;
	struct score_line x = {.points = d->points};
	int64_t halves = 2 * s->met + s->late, whole = 2 * s->required_to_date;

	if (d->ends && !s->nslots)       /* it was not there when it would have owed something */
		return (struct score_line){.share = 10000};
	switch (d->score) {
	case SCORE_SHARE:
		x.share = whole ? portion(10000, halves, whole) : 10000;
		x.got = whole ? 10 * portion(d->points, halves, whole * 10) : hundredths(d->points);
		break;
	case SCORE_AVERAGE:
		average(s, &x);
		break;
	case SCORE_ALL:
		x.misses = owners_with_miss(s);
		x.got = x.misses ? 0 : hundredths(d->points);
		break;
	case SCORE_DEDUCT_SLOT:
	case SCORE_DEDUCT_OWNER:
		x.misses = d->score == SCORE_DEDUCT_OWNER ? owners_with_miss(s) : s->missed;
		x.deducted = MIN(x.misses * d->deduct, d->at_most);
		x.got = hundredths(MAX(d->points - x.deducted, 0));
		break;
	}
	return x;
}

struct str slots_text(struct arena *a, const struct duty_state *s, enum slot_state state)
{
	struct buf b CLEANUP(buf_free) = BUF_MAX(1 << 16);

	for (size_t i = 0; i < s->nslots; i++)
		if (s->slots[i].state == state)
			buf_printf(&b, "%s" STR_FMT, b.n ? "、" : "", STR_ARG(s->slots[i].label));
	return arena_str(a, buf_str(&b));
}

/* Nothing was required of it: then what was let off is the reason. */
static struct str let_off(struct arena *a, enum lang lang, const struct duty_state *s)
{
	struct str excused = slots_text(a, s, SLOT_EXCUSED), never = slots_text(a, s, SLOT_NOT_APPLICABLE);

	if (excused.n)
		excused = arena_printf(a, tr(lang, N_("excused: " STR_FMT)), STR_ARG(excused));
	if (never.n)
		never = arena_printf(a, tr(lang, N_("not applicable: " STR_FMT)), STR_ARG(never));
	return arena_printf(
		a, STR_FMT "%s" STR_FMT, STR_ARG(excused), excused.n && never.n ? "；" : "", STR_ARG(never));
}

struct str duty_reason(struct arena *a, enum lang lang, const struct duty_state *s, int year, struct date on)
{
	switch (s->status) {
	case DUTY_MISSED:
		return arena_printf(a, tr(lang, N_("missed: " STR_FMT)), STR_ARG(slots_text(a, s, SLOT_MISSED)));
	case DUTY_LATE:
		return arena_printf(a, tr(lang, N_("late: " STR_FMT)), STR_ARG(slots_text(a, s, SLOT_LATE)));
	case DUTY_AT_RISK:
		return arena_printf(a, tr(lang, N_("done %d, %d by a steady pace, %d in the year")), s->met,
		                    expected(s, year, on), s->required_year);
	case DUTY_NOT_DUE:
		return s->excused || s->not_applicable ? let_off(a, lang, s) : STR_NONE;
	default:
		return STR_NONE;
	}
}
