create table if not exists step_ledger (
	id bigint generated always as identity primary key,
	workflow varchar(200) not null,
	step_number integer not null,
	idempotency_key varchar(200) not null
);
