/* People's own paragraphs of the report. They live in the log, a section's text at a time: event section.write, every
 * save a new version (p_section holds them all, the newest of a section counts). A section is named by what the outline
 * binds it by: its number, 一（一）, or the name of the lead's own paragraph, 引言. Its text is paragraphs with a blank
 * line between; the lines of one paragraph are joined. Order within a section is the order of its text.
 *
 * The same as Markdown is narrative.md: a heading a section, its text below. What stands at the top, a title without
 * number and what follows it, is for whoever writes: section "#", never printed. */
#ifndef REPORT_NARRATIVE_H
#define REPORT_NARRATIVE_H

#include "log/log.h"
#include "scheme/scheme.h"

enum { NARRATIVE_BYTES = 1 << 20, SECTION_BYTES = 32 << 10, SECTION_PARAS = 100 };
#define SECTION_NOTES S("#")
#define REV_NONE ((int64_t)0)  /* nobody has written the section yet */
#define REV_ANY  ((int64_t)-1) /* whatever stands there: who saves has not looked */

struct own_para {
	struct str text;
	int line; /* of narrative.md, as read or as narrative_markdown gives it */
};
struct own {
	struct str number, heading; /* number: 一（一）, or the heading itself when it has none */
	int line;
	struct own_para *paras;
	size_t n, cap;
	struct str text; /* the same as one text, for editing */
	int64_t rev; /* event that said it; REV_NONE: read from a file */
	struct str actor; /* by whom, and when (µs UTC) */
	int64_t at;
};
struct narrative {
	struct own *p;
	size_t n, cap;
	struct own notes; /* number "#", heading: the title; no paragraphs */
	bool logged; /* out of the log: a section that the outline no longer has is a finding, not an error */
};

/* Reads Markdown: headings with the paragraphs below each. A first-level heading at the top without a number is the
 * file's own title: what stands below it is for the writer. ERR_INPUT names the line: two headings of one number. */
enum err_code narrative_read(struct arena *a, struct str text, struct narrative *out, struct err *err);
const struct own *narrative_get(const struct narrative *n, struct str number); /* NULL: none */
/* The number before the first ideograph that is none of it: "一（一）" of "一(一) 履行…"; empty when there is none. */
struct str heading_number(struct arena *a, struct str heading);

/* A section's text as it is kept: NFC, trimmed lines, one blank line between paragraphs. ERR_INPUT (line number) for
 * control characters and for a line that would be a heading; ERR_LIMIT: SECTION_BYTES, SECTION_PARAS. */
enum err_code section_text(struct arena *a, struct str text, struct str *out, struct err *err);

/* narrative.md out of sections: what narrative_read takes. A file in this form (one blank line between, none below a
 * heading, sections in the outline's order) that was imported comes back byte for byte. */
struct str narrative_markdown(struct arena *a, const struct narrative *n);

/* ---- where paragraphs go ---- */

struct own_place {
	struct str number; /* 引言, 一（一） */
	struct str heading; /* 引言, 一（一）履行主体责任: as the outline has it */
};
struct own_places {
	struct own_place *p; /* in the order of the report */
	size_t n, cap;
};
/* The sections that take people's paragraphs. ERR_NOT_FOUND when the scheme has no report. */
enum err_code narrative_places(struct arena *a, const struct scheme *s, struct own_places *out, struct err *err);
/* The place that a person means by "一(一)" or "一（一）履行主体责任". ERR_NOT_FOUND names the nearest and all. */
enum err_code narrative_place(
	struct arena *a, const struct own_places *l, struct str section, const struct own_place **out, struct err *err);
/* ERR_INPUT (line, heading) where a heading belongs to no section. */
enum err_code narrative_bind(struct arena *a, const struct own_places *l, const struct narrative *n, struct err *err);

/* ---- the log ---- */

/* The paragraphs of a year out of a database, which may be one replayed to an earlier event. In the order of the
 * report; sections without text are there too, so that what was taken away has its rev. Empty where the scheme has no
 * report. */
enum err_code narrative_load(struct db *db, struct arena *a, const struct scheme *s, int year, struct narrative *out,
	struct err *err);

struct section_save {
	int year;
	struct str section; /* as narrative_place takes it, or SECTION_NOTES */
	struct str text; /* any line ends; empty: the text is taken away */
	int64_t rev; /* that the person saw: own.rev, REV_NONE or REV_ANY */
	struct str why; /* may be empty */
};
/* Saves a section inside an intent; *rev: its event now (the old one where the text is the same; may be NULL). An
 * earlier version is restored by saving its text. Asks for ACT_NARRATIVE_EDIT on the office.
 * ERR_CONFLICT: somebody saved since rev; says who and when. ERR_NOT_FOUND: no such section; names the nearest.
 * ERR_INPUT: control characters, a line that begins as a heading (line number). ERR_LIMIT: SECTION_BYTES,
 * SECTION_PARAS. */
enum err_code narrative_write(struct tx *tx, const struct section_save *save, int64_t *rev, struct err *err);

/* Takes a whole narrative.md into the log inside an intent: each section that says something else than the log gets a
 * version; those it does not name stay. written: how many; may be NULL. Fails as narrative_bind and narrative_write. */
enum err_code narrative_import(
	struct tx *tx, int year, const struct narrative *from, size_t *written, struct err *err);

struct section_version {
	struct id id; /* of its event; id.seq is its rev */
	struct str actor, text, why;
	int64_t at; /* µs UTC */
};
struct section_versions {
	struct section_version *p; /* the newest first */
	size_t n, cap;
};
/* All that was ever said of a section in a year; none: nobody wrote it. section: the exact number, as own.number. */
enum err_code narrative_history(
	struct db *db, struct arena *a, int year, struct str section, struct section_versions *out, struct err *err);

extern const struct event_kind section_kinds[]; /* ended by a kind without name */

#endif
