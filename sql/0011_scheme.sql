-- Schemes that use others, and versions (src/office/adopt.h). The texts of the schemes used are objects of the log as well;
-- name: as use: has it. from_day: the first day in force, of the first scheme of all null: it was always in force.

create table p_scheme_use (
	origin bigint not null,
	seq bigint not null,
	n bigint not null,
	name text not null,
	digest blob not null,
	primary key (origin, seq, n)
);

alter table p_scheme add column from_day bigint;
