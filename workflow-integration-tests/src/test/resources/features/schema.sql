create table if not exists ledger (
	booking_key varchar(200) primary key,
	account varchar(200) not null,
	amount numeric(12, 2) not null
);
