-- Schemes, imports, records and their evidence (src/office).

-- Adopted responsibility systems; the text is the object of that digest. The newest of a code is in force.
create table p_scheme (
	origin bigint not null,
	seq bigint not null,
	code text not null,
	title text not null,
	digest blob not null,
	primary key (origin, seq)
);

-- Accepted imports. year: the year of the registers.
create table p_import (
	origin bigint not null,
	seq bigint not null,
	year bigint not null,
	undone_seq bigint,
	primary key (origin, seq)
);

-- The registers of an import, numbered from 0: where the rows came from.
create table p_import_table (
	origin bigint not null,
	seq bigint not null,
	n bigint not null,
	source text not null,
	map text not null,
	digest blob not null,
	primary key (origin, seq, n)
);

-- Records: one fact each. ident: first 16 bytes of SHA-256 over type and key. import_seq, import_n, row: the register it
-- came from; rev_seq: the event that last changed it; rev_import: the import that did. outside: 1 where it is dated outside the
-- year of its register: kept, but of no account in that year. entered: the day (UTC+8) on which it was first recorded.
-- fields and raw: canonical JSON.
create table p_record (
	origin bigint not null,
	seq bigint not null,
	type text not null,
	ident blob not null,
	day bigint,
	import_seq bigint not null,
	import_n bigint not null,
	row bigint not null,
	rev_seq bigint not null,
	rev_import bigint not null,
	withdrawn_seq bigint,
	outside bigint not null,
	entered bigint not null,
	fields text not null,
	raw text,
	primary key (origin, seq)
);
create index p_record_ident on p_record (type, ident);
create index p_record_import on p_record (origin, rev_import);

-- What a record said before a correction; rev_seq is the event that had said it.
create table p_record_past (
	origin bigint not null,
	seq bigint not null,
	rev_seq bigint not null,
	rev_import bigint not null,
	until_seq bigint not null,
	ident blob not null,
	day bigint,
	import_seq bigint not null,
	import_n bigint not null,
	row bigint not null,
	outside bigint not null,
	fields text not null,
	raw text,
	primary key (origin, seq, until_seq)
);
create index p_record_past_import on p_record_past (origin, rev_import);

-- Evidence files that a record names; seq is the event that said so (p_record.rev_seq), so that a correction has its own.
-- digest is null while the file is missing.
create table p_proof (
	origin bigint not null,
	seq bigint not null,
	name text not null,
	digest blob,
	primary key (origin, seq, name)
);
create index p_proof_digest on p_proof (digest);

-- What a person decided of a suggested problem; the newest of a key in a year.
create table p_decision (
	origin bigint not null,
	year bigint not null,
	key text not null,
	seq bigint not null,
	accepted bigint not null,
	primary key (origin, year, key)
);
