-- Reprise's own tables. H2 commits every statement: a script that was cut off must be able to run again.
-- Status codes: 0 Running, 1 Completed, 2 Failed, 3 Canceled, 4 Terminated, 5 TimedOut, 6 ContinuedAsNew.

CREATE TABLE IF NOT EXISTS workflow_schema (
	only_row smallint DEFAULT 1 PRIMARY KEY CHECK (only_row = 1),
	compatibility integer NOT NULL
);

MERGE INTO workflow_schema (only_row, compatibility) KEY (only_row) VALUES (1, 1);

-- workflow_key is a hash of namespace and workflow id; open_key is the same while the run is open.
CREATE TABLE IF NOT EXISTS workflow_execution (
	run_id varchar(64) NOT NULL,
	namespace varchar(255) NOT NULL,
	workflow_id varchar(1000) NOT NULL,
	workflow_key varbinary(32) NOT NULL,
	workflow_type varchar(255) NOT NULL,
	task_queue varchar(255) NOT NULL,
	start_request_id varchar(512) NOT NULL,
	status smallint NOT NULL,
	version bigint NOT NULL,
	owner varchar(255),
	next_due_at timestamp(6) with time zone,
	open_key varbinary(32),
	start_time timestamp(6) with time zone NOT NULL,
	close_time timestamp(6) with time zone,
	history_events bigint NOT NULL,
	history_bytes bigint NOT NULL,
	messages_left bigint DEFAULT 0 NOT NULL,
	stall_code varchar(64),
	stall_message varchar(100000),
	stall_since timestamp(6) with time zone,
	stall_attempts integer,
	stall_build_id varchar(100000),
	overlay blob,
	CONSTRAINT workflow_execution_pk PRIMARY KEY (run_id)
);

CREATE UNIQUE INDEX IF NOT EXISTS workflow_execution_open_key ON workflow_execution (open_key);
CREATE INDEX IF NOT EXISTS workflow_execution_workflow ON workflow_execution (workflow_key, start_time);
CREATE INDEX IF NOT EXISTS workflow_execution_started ON workflow_execution (namespace, start_time, run_id);
CREATE INDEX IF NOT EXISTS workflow_execution_status ON workflow_execution (namespace, status, start_time, run_id);
CREATE INDEX IF NOT EXISTS workflow_execution_owner ON workflow_execution (owner);
CREATE INDEX IF NOT EXISTS workflow_execution_due ON workflow_execution (next_due_at);
CREATE INDEX IF NOT EXISTS workflow_execution_closed ON workflow_execution (close_time);
CREATE INDEX IF NOT EXISTS workflow_execution_stalled ON workflow_execution (stall_since);

-- A body that is too long for varbinary goes on in body_rest: rows with a blob are slower, so most have none.
CREATE TABLE IF NOT EXISTS workflow_history (
	run_id varchar(64) NOT NULL,
	first_event_id bigint NOT NULL,
	body varbinary(1048576) NOT NULL,
	body_rest blob,
	CONSTRAINT workflow_history_pk PRIMARY KEY (run_id, first_event_id)
);

CREATE TABLE IF NOT EXISTS workflow_snapshot (
	run_id varchar(64) NOT NULL,
	last_event_id bigint NOT NULL,
	body varbinary(1048576) NOT NULL,
	body_rest blob,
	CONSTRAINT workflow_snapshot_pk PRIMARY KEY (run_id)
);

-- Payloads that are too large for the history, which has tickets for them.
CREATE TABLE IF NOT EXISTS workflow_payload (
	run_id varchar(64) NOT NULL,
	payload_id varchar(64) NOT NULL,
	body blob NOT NULL,
	CONSTRAINT workflow_payload_pk PRIMARY KEY (run_id, payload_id)
);

CREATE TABLE IF NOT EXISTS workflow_inbox (
	run_id varchar(64) NOT NULL,
	request_id varchar(512) NOT NULL,
	namespace varchar(255) NOT NULL,
	workflow_id varchar(1000) NOT NULL,
	arrival bigint GENERATED ALWAYS AS IDENTITY,
	body blob NOT NULL,
	CONSTRAINT workflow_inbox_pk PRIMARY KEY (run_id, request_id)
);

CREATE INDEX IF NOT EXISTS workflow_inbox_arrival ON workflow_inbox (arrival);

CREATE TABLE IF NOT EXISTS workflow_node (
	node_id varchar(255) NOT NULL,
	state varchar(16) NOT NULL,
	drained boolean NOT NULL,
	lock_key bigint,
	locked_at timestamp(6) with time zone,
	lease_until timestamp(6) with time zone NOT NULL,
	CONSTRAINT workflow_node_pk PRIMARY KEY (node_id)
);
