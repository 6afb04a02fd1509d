-- The log: what everything else follows from (src/log).

-- Logs known here; 1 is the one written here.
create table origin (
	id bigint primary key,
	name text not null unique
);

-- Events, as they were said: canon is the canonical JSON that the hash is over, leaf its RFC 6962 leaf hash.
create table event (
	origin bigint not null references origin,
	seq bigint not null,
	kind text not null,
	subject_origin bigint,
	subject_seq bigint,
	leaf blob not null check (length(leaf) = 32),
	canon text not null,
	primary key (origin, seq)
);
create index event_subject on event (subject_origin, subject_seq) where subject_origin is not null;

-- The tree of each log: its size and the hashes of its full subtrees, largest first. It moves with each event.
create table log_head (
	origin bigint primary key references origin,
	size bigint not null,
	hashes blob not null,
	at bigint not null
);

-- only sqlite
create trigger event_update before update on event begin
	select raise(abort, 'events are never changed');
end;
create trigger event_delete before delete on event begin
	select raise(abort, 'events are never removed');
end;
-- only postgres
create function event_refuse() returns trigger language plpgsql as $$
begin
	raise exception 'events are never changed or removed' using errcode = 'restrict_violation';
end $$;
create trigger event_change before update or delete on event for each row execute function event_refuse();
create trigger event_truncate before truncate on event for each statement execute function event_refuse();
-- both

-- Files by digest (objects/ab/cdef…), as an event named them.
create table p_object (
	origin bigint not null,
	seq bigint not null,
	digest blob not null,
	size bigint not null,
	name text not null,
	primary key (origin, seq)
);
create index p_object_digest on p_object (digest);
