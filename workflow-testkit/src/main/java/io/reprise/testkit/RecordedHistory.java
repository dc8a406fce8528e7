package io.reprise.testkit;

import java.util.List;

import io.reprise.ErrorCode;
import io.reprise.WorkflowException;
import io.reprise.WorkflowRef;
import io.reprise.protocol.ExecutionKey;
import io.reprise.protocol.HistoryEvent;
import io.reprise.protocol.HistoryExport;
import io.reprise.protocol.HistoryJson;
import io.reprise.protocol.RecordedEvent;
import io.reprise.spi.StoredTransition;

/**
 * The whole history of a run, detached from it. Immutable.
 *
 * @see Histories
 */
public final class RecordedHistory {

	private final String name;

	private final HistoryExport export;

	private final HistoryEvent.WorkflowStarted start;

	private RecordedHistory(String name, HistoryExport export) {
		this.name = name;
		this.export = export;
		if (!(export.events().getFirst().event() instanceof HistoryEvent.WorkflowStarted started)) {
			throw new WorkflowException(ErrorCode.UNREADABLE_HISTORY,
					"Expected the history %s to begin with the start of its run, but it does not. Export it anew"
						.formatted(name));
		}
		start = started;
	}

	/**
	 * The history of a run as it is now.
	 * @param workflow a handle; without a run id, the latest run
	 * @return the history
	 */
	public static RecordedHistory of(WorkflowRef workflow) {
		return parse("of workflow '" + workflow.workflowId() + "'", workflow.exportHistory());
	}

	static RecordedHistory of(ExecutionKey key, List<StoredTransition> rows) {
		List<RecordedEvent> events = rows.stream()
			.flatMap(row -> HistoryJson.read(row.firstEventId(), row.body()).recorded().stream())
			.toList();
		return new RecordedHistory("of workflow '" + key.workflowId() + "'", new HistoryExport(key, events));
	}

	/**
	 * Reads a history that was exported.
	 * @param name what to call it in messages
	 * @param json what {@link WorkflowRef#exportHistory()} gave
	 * @return the history
	 * @throws WorkflowException with {@link ErrorCode#UNREADABLE_HISTORY}
	 */
	public static RecordedHistory parse(String name, String json) {
		return new RecordedHistory(name, HistoryExport.read(name, json));
	}

	/**
	 * What it is called in messages.
	 * @return the name of its file, or one that names the workflow
	 */
	public String name() {
		return name;
	}

	/**
	 * Name of the workflow type.
	 * @return the name as recorded
	 */
	public String workflowType() {
		return start.workflowType();
	}

	public String workflowId() {
		return export.key().workflowId();
	}

	public String runId() {
		return export.key().runId();
	}

	/**
	 * Whether the run had ended.
	 * @return {@code true} if its last event says so
	 */
	public boolean isClosed() {
		return export.events().getLast().event() instanceof HistoryEvent.Closing;
	}

	/**
	 * The history as it is kept in files.
	 * @return a JSON document
	 */
	public String toJson() {
		return export.write();
	}

	ExecutionKey key() {
		return export.key();
	}

	HistoryEvent.WorkflowStarted start() {
		return start;
	}

	List<RecordedEvent> events() {
		return export.events();
	}

	@Override
	public String toString() {
		return "history " + name + " of " + workflowType() + " '" + workflowId() + "' (run " + runId() + ")";
	}

}
