CREATE TABLE host_order (id bigint PRIMARY KEY);
