-- What happened to things one step after another (src/flow/flow.h; the tables of states and moves: src/tbl/flows.h).

-- One row a thing that had a step. origin, seq: the record, or for a thing that its first step made that event. about: of such
-- a thing, what it is about. began…: what a record said of itself before the first step. last_seq: event of the last step. due: the day by which the next thing is due;
-- next: a later look (re-check), once closed. since: the day of the step that led into the state.
create table p_flow (
	origin bigint not null,
	seq bigint not null,
	flow text not null,
	state text not null,
	began text not null,
	began_unit text not null,
	began_level text not null,
	began_due bigint,
	about text not null,
	steps bigint not null,
	last_seq bigint not null,
	unit text not null,
	post text not null,
	level text not null,
	due bigint,
	next bigint,
	since bigint not null,
	primary key (origin, seq, flow)
);
create index p_flow_flow on p_flow (flow, state);
create index p_flow_about on p_flow (flow, about);

-- Every step. origin, seq: its event; subject_origin, subject: the thing; n: its number, from 1.
create table p_step (
	origin bigint not null,
	seq bigint not null,
	subject_origin bigint not null,
	subject bigint not null,
	n bigint not null,
	flow text not null,
	move text not null,
	from_state text not null,
	to_state text not null,
	actor text not null,
	via text not null,
	by_post text not null,
	day bigint not null,
	why text not null,
	no text not null,
	due bigint,
	post text not null,
	unit text not null,
	level text not null,
	progress bigint,
	text text not null,
	way text not null,
	proof text,
	at bigint not null,
	primary key (origin, seq)
);
create index p_step_subject on p_step (subject_origin, subject, flow, n);

-- What was looked at in an inspection: every result of every item of its checklist; the newest of an item counts. finding: number
-- of the record that was made of it, in the same log; 0: none.
create table p_inspected (
	origin bigint not null,
	seq bigint not null,
	subject_origin bigint not null,
	subject bigint not null,
	list text not null,
	item text not null,
	result text not null,
	what text not null,
	finding bigint not null,
	by_post text not null,
	day bigint not null,
	actor text not null,
	primary key (origin, seq)
);
create index p_inspected_subject on p_inspected (subject_origin, subject, seq);
