package io.reprise;

/**
 * Stable codes of what can go wrong. A code never changes its meaning; messages may.
 */
public enum ErrorCode {

	/** An argument of an API call is not valid. */
	INVALID_ARGUMENT,
	/** {@code Workflows.*} was called outside a workflow. */
	NOT_IN_WORKFLOW,
	/** {@code Activities.*} was called outside an activity. */
	NOT_IN_ACTIVITY,
	/** No workflow with this id, or no such run. */
	WORKFLOW_NOT_FOUND,
	/** A workflow with this id exists and the policies refuse another. */
	WORKFLOW_ALREADY_STARTED,
	/**
	 * A transaction that has not ended starts a workflow with this id: whether there is
	 * one is not known yet.
	 */
	WORKFLOW_ID_HELD,
	/** The workflow was started in the caller's transaction, which has not committed. */
	NOT_COMMITTED,
	/** The caller's transaction cannot carry what was asked for. */
	TRANSACTION_UNUSABLE,
	/** The run is closed and takes no more messages. */
	WORKFLOW_CLOSED,
	/** No workflow type of this name is registered. */
	UNKNOWN_WORKFLOW_TYPE,
	/** No activity of this name is registered. */
	UNKNOWN_ACTIVITY_TYPE,
	/** The workflow has no such query. */
	UNKNOWN_QUERY,
	/** The workflow has no such signal. */
	UNKNOWN_SIGNAL,
	/** The workflow has no such update. */
	UNKNOWN_UPDATE,
	/** A validator of the workflow did not let the update in. */
	UPDATE_REJECTED,
	/** The handler of the update failed. */
	UPDATE_FAILED,
	/** The workflow ended before the handler of the update did. */
	UPDATE_ABANDONED,
	/** The workflow did not say in time whether it takes the update. */
	UPDATE_TIMEOUT,
	/** The workflow's query method threw. */
	QUERY_FAILED,
	/** A query changed the workflow's state or blocked. */
	QUERY_NOT_READ_ONLY,
	/** A value could not be written as a payload. */
	ENCODING_FAILED,
	/** A payload could not be read as the type asked for. */
	DECODING_FAILED,
	/**
	 * A codec failed, or a payload needs a converter, a codec or a key that is missing.
	 */
	CODEC_FAILED,
	/** A payload is over the limit. */
	PAYLOAD_TOO_LARGE,
	/** A run's history is at its limit. */
	HISTORY_TOO_LARGE,
	/** A run has too many open activities or timers. */
	TOO_MANY_PENDING,
	/** A run has received too many signals. */
	TOO_MANY_SIGNALS,
	/** A run has accepted too many updates. */
	TOO_MANY_UPDATES,
	/** The recorded lambda did not make exactly one call. */
	INVALID_RECORDED_CALL,
	/** A workflow or activity class breaks a rule; found at start-up. */
	INVALID_DEFINITION,
	/** Two definitions have one name; found at start-up. */
	DUPLICATE_DEFINITION,
	/** Workflow code calls what is not deterministic; found at start-up. */
	FORBIDDEN_CALL,
	/** Workflow code did at replay something else than its history says. */
	NON_DETERMINISM,
	/** Workflow code ran for too long without yielding. */
	DEADLOCK,
	/** A bug in workflow code stalls the run. */
	WORKFLOW_BUG,
	/** The workflow is open and the time to wait for its result is over. */
	RESULT_TIMEOUT,
	/** The filter of a list could not be understood. */
	INVALID_FILTER,
	/** The database cannot be reached or refuses to work. */
	STORE_UNAVAILABLE,
	/** The schema is of a version that this build does not know. */
	SCHEMA_INCOMPATIBLE,
	/** Stored bytes that this build cannot read. */
	UNREADABLE_HISTORY,
	/** The database would lose acknowledged work, and nobody allowed that. */
	STORE_NOT_DURABLE,
	/** The engine is not running: not yet started, or shut down. */
	ENGINE_NOT_RUNNING,
	/**
	 * Reserved. This build tells the loss of a worker as an {@link ApplicationFailure} of
	 * type {@code WorkerLost}, whose code is {@link #FAILED}.
	 */
	WORKER_LOST,
	/** The failure was recorded; the workflow or activity failed with it. */
	FAILED

}
