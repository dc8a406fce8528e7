create table if not exists orders (
	id varchar(100) primary key
);
