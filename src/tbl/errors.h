/* Error codes: X(code, exit status of the command line, name in JSON). Documented in `zeren help exit`. */
X(ERR_USAGE,    2, "usage")       /* the command line is wrong */
X(ERR_INPUT,    3, "input")       /* a file, sheet, scheme or value is not in the form expected */
X(ERR_REQUIRED, 3, "required")    /* something that must be given is missing */
X(ERR_LIMIT,    3, "limit")       /* larger than the stated limit */
X(ERR_NOT_FOUND, 4, "not_found")  /* no such thing here */
X(ERR_CONFLICT, 5, "conflict")    /* later facts stand on it, or it changed meanwhile */
X(ERR_DENIED,   6, "denied")      /* the person may not do this */
X(ERR_DAMAGED,  7, "damaged")     /* the log, a table or a file differs from what was recorded */
X(ERR_IO,       8, "io")          /* the operating system refused: disk, permission, network */
X(ERR_DB,       8, "db")          /* the database refused */
X(ERR_BUSY,     8, "busy")        /* somebody else holds it; try again */
