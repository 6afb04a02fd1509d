/* An office's folder: where its organisation, scheme, registers and evidence lie. */
#ifndef CLI_FOLDER_H
#define CLI_FOLDER_H

#include "cli/cli.h"
#include "record/import.h"
#include "who/who.h"

/* Registers below paths (files, or folders whose .xlsx, .csv and .xls are taken; org.xlsx, hidden and ~$ files are
 * not), sorted by name within a folder. ERR_NOT_FOUND names what is not there; ERR_REQUIRED when a folder holds
 * none. */
enum err_code folder_registers(
	struct cli *c, char *const *paths, int n, struct str **out, size_t *count, struct err *err);

/* The evidence folder beside: 佐证 or evidence; NULL when there is none. */
const char *folder_evidence(struct cli *c, const char *folder);

/* org.json, else org.xlsx. */
enum err_code folder_org(struct cli *c, const char *folder, int year, struct org *out, struct err *err);

/* A scheme by its path or shipped name, checked whole: ERR_INPUT names file, line and column. */
enum err_code read_scheme_file(struct cli *c, const char *path, struct scheme *out, struct err *err);

/* Shows what became of the rows: a line a register, then refusals, notices, what is gone. */
void show_import(struct cli *c, const struct import *im, int most);

/* Machine-readable: import.json, with the number of the import where one was written. */
enum err_code import_out(struct cli *c, const struct import *im, struct id id, struct err *err);

/* Progress of reading sheets. */
void on_sheet_rows(void *ctx, size_t rows);

/* Says to stderr what duties name and the organisation has not (scheme/scheme_org.h). adopt_all does so when given
 * both. */
void warn_misses(struct cli *c, const struct org *org, const struct scheme *scheme);

/* Writes the organisation and the scheme into a log, as one intent; either may be NULL. What is in force already is
 * not written again. from: the scheme's first day in force; DATE_NONE: today. */
enum err_code adopt_all(struct cli *c, struct log *log, const struct org *org, const struct scheme *scheme,
	struct date from, struct org_change *change, struct err *err);

#endif
