/* What libxlsxwriter alone takes for the cells of a CSV (as zeren export writes it): a loop, nothing else. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <xlsxwriter.h>

static int number(const char *s, double *out)
{
	char *end;

	*out = strtod(s, &end);
	return *s && !*end;
}

int main(int argc, char **argv)
{
	lxw_workbook_options options = {.constant_memory = 1};
	lxw_workbook *book = workbook_new_opt(argv[2], &options);
	lxw_worksheet *sheet = workbook_add_worksheet(book, NULL);
	FILE *in = fopen(argv[1], "r");
	char cell[65536];
	size_t n = 0;
	int row = 0, col = 0, quoted = 0, c;
	double value;

	while (argc == 3 && in && (c = getc(in)) != EOF) {
		if (c == '"') {
			quoted = !quoted;
		} else if (!quoted && (c == ',' || c == '\n')) {
			cell[n] = 0;
			if (n && number(cell, &value))
				worksheet_write_number(sheet, row, col, value, NULL);
			else if (n)
				worksheet_write_string(sheet, row, col, cell, NULL);
			n = 0;
			col = c == ',' ? col + 1 : 0;
			row += c == '\n';
		} else if (c != '\r' && n < sizeof cell - 1) {
			cell[n++] = (char)c;
		}
	}
	return workbook_close(book) != LXW_NO_ERROR;
}
