-- Schemes that use others, and versions (src/record/adopt.h). The texts of the schemes used are objects of the log as well;
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

-- What people decided of lines of a plan (src/flow/commitment.h): plan_origin, plan_seq is the line's record. what: 0 done,
-- 1 dropped, 2 open again. day: from when on. record_seq: done by this record, as one occasion; 0: the whole of it.
create table p_commitment (
	origin bigint not null,
	seq bigint not null,
	plan_origin bigint not null,
	plan_seq bigint not null,
	what bigint not null,
	day bigint not null,
	record_seq bigint not null,
	why text not null,
	actor text not null,
	primary key (origin, seq)
);
