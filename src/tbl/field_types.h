/* What a field of a record may be: V(constant, name in a scheme). Closed: there is no type for a person, a place, a
 * message, a rating or a free web address (scope rule; tests/unit/test_scope.c holds this list closed). */
V(TEXT,   "text")
V(NUMBER, "number")    /* decimal, optional unit word behind it */
V(COUNT,  "count")     /* people, things: a total, never a name */
V(MONEY,  "money")
V(DATE,   "date")
V(TIME,   "time")      /* 14:30 */
V(PERIOD, "period")    /* month, quarter, half, year */
V(CHOICE, "choice")    /* one of a list; open unless the list is named */
V(TAGS,   "tags")      /* several words in one cell */
V(LIST,   "list")      /* several values in one cell */
V(FLAG,   "flag")      /* yes or no */
V(POST,   "post")
V(UNIT,   "unit")
V(OBJECT, "object")    /* an object of a register, by its key */
V(FILE,   "file")      /* names of evidence files */
V(LINK,   "link")      /* a record of another type, by a field of it */
