-- Handovers (src/flow/handover.h). acting: 1 where somebody looks after a post (代管) that has no holder of its own.

alter table p_holder add column acting bigint not null default 0;
