-- Reprise's own tables. Text is compared byte by byte (COLLATE "C"), so that equality, order and prefixes are the same on every server.
-- Status codes: 0 Running, 1 Completed, 2 Failed, 3 Canceled, 4 Terminated, 5 TimedOut, 6 ContinuedAsNew.

CREATE TABLE workflow_schema (
	only_row smallint DEFAULT 1 PRIMARY KEY CHECK (only_row = 1),
	compatibility integer NOT NULL
);

INSERT INTO workflow_schema (compatibility) VALUES (1);

-- workflow_key is a hash of namespace and workflow id, which together may be longer than an index takes; open_key is the
-- same while the run is open.
-- Room on the page and no index on what every transition changes (version, sizes, overlay): such updates stay on their page.
CREATE TABLE workflow_execution (
	run_id varchar(64) COLLATE "C" NOT NULL,
	namespace varchar(255) COLLATE "C" NOT NULL,
	workflow_id varchar(1000) COLLATE "C" NOT NULL,
	workflow_key bytea NOT NULL,
	workflow_type varchar(255) COLLATE "C" NOT NULL,
	task_queue varchar(255) COLLATE "C" NOT NULL,
	start_request_id varchar(512) COLLATE "C" NOT NULL,
	status smallint NOT NULL,
	version bigint NOT NULL,
	owner varchar(255) COLLATE "C",
	next_due_at timestamp(6) with time zone,
	open_key bytea,
	start_time timestamp(6) with time zone NOT NULL,
	close_time timestamp(6) with time zone,
	history_events bigint NOT NULL,
	history_bytes bigint NOT NULL,
	messages_left bigint DEFAULT 0 NOT NULL,
	stall_code varchar(64),
	stall_message text,
	stall_since timestamp(6) with time zone,
	stall_attempts integer,
	stall_build_id text,
	overlay bytea,
	CONSTRAINT workflow_execution_pk PRIMARY KEY (run_id)
) WITH (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.05);

CREATE UNIQUE INDEX workflow_execution_open_key ON workflow_execution (open_key) WHERE open_key IS NOT NULL;
CREATE INDEX workflow_execution_workflow ON workflow_execution (workflow_key, start_time);
CREATE INDEX workflow_execution_started ON workflow_execution (namespace, start_time, run_id);
CREATE INDEX workflow_execution_status ON workflow_execution (namespace, status, start_time, run_id) WHERE status <> 1;
CREATE INDEX workflow_execution_owner ON workflow_execution (owner) WHERE owner IS NOT NULL;
CREATE INDEX workflow_execution_due ON workflow_execution (next_due_at) WHERE next_due_at IS NOT NULL AND status = 0;
CREATE INDEX workflow_execution_closed ON workflow_execution (close_time) WHERE close_time IS NOT NULL;
CREATE INDEX workflow_execution_stalled ON workflow_execution (stall_since) WHERE stall_code IS NOT NULL AND status = 0;

-- A body that is too long for H2's binary type goes on in body_rest; PostgreSQL never needs it.
CREATE TABLE workflow_history (
	run_id varchar(64) COLLATE "C" NOT NULL,
	first_event_id bigint NOT NULL,
	body bytea NOT NULL,
	body_rest bytea,
	CONSTRAINT workflow_history_pk PRIMARY KEY (run_id, first_event_id)
);

CREATE TABLE workflow_snapshot (
	run_id varchar(64) COLLATE "C" NOT NULL,
	last_event_id bigint NOT NULL,
	body bytea NOT NULL,
	body_rest bytea,
	CONSTRAINT workflow_snapshot_pk PRIMARY KEY (run_id)
);

-- Payloads that are too large for the history, which has tickets for them.
CREATE TABLE workflow_payload (
	run_id varchar(64) COLLATE "C" NOT NULL,
	payload_id varchar(64) COLLATE "C" NOT NULL,
	body bytea NOT NULL,
	CONSTRAINT workflow_payload_pk PRIMARY KEY (run_id, payload_id)
);

CREATE TABLE workflow_inbox (
	run_id varchar(64) COLLATE "C" NOT NULL,
	request_id varchar(512) COLLATE "C" NOT NULL,
	namespace varchar(255) COLLATE "C" NOT NULL,
	workflow_id varchar(1000) COLLATE "C" NOT NULL,
	arrival bigint GENERATED ALWAYS AS IDENTITY,
	body bytea NOT NULL,
	CONSTRAINT workflow_inbox_pk PRIMARY KEY (run_id, request_id)
) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000);

CREATE INDEX workflow_inbox_arrival ON workflow_inbox (arrival);

CREATE TABLE workflow_node (
	node_id varchar(255) COLLATE "C" NOT NULL,
	state varchar(16) NOT NULL,
	drained boolean NOT NULL,
	lock_key bigint,
	locked_at timestamp(6) with time zone,
	lease_until timestamp(6) with time zone NOT NULL,
	CONSTRAINT workflow_node_pk PRIMARY KEY (node_id)
);
