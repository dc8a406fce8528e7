package io.reprise.jpa;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

import io.reprise.jpa.AbstractWriteDialect.Creation;
import io.reprise.protocol.ExecutionKey;
import io.reprise.spi.RunRecord;
import io.reprise.spi.RunWrite;
import io.reprise.spi.WriteOutcome;
import org.jspecify.annotations.Nullable;

/**
 * The writes of one commit, and what becomes of each. All who write take their locks in
 * the order that this tells: rows by run, then the keys of workflow ids.
 */
final class CommitPlan {

	private static final Comparator<Update> BY_RUN = Comparator.comparing((update) -> runId(update.write()));

	private static final Comparator<Start> BY_KEY = Comparator
		.<Start, byte[]>comparing((start) -> start.creation().workflowKey(), Arrays::compare)
		.thenComparing((start) -> runId(start.creation().write()));

	private final List<RunWrite> writes;

	private final @Nullable WriteOutcome[] outcomes;

	private final List<Update> updates = new ArrayList<>();

	CommitPlan(List<RunWrite> writes) {
		this.writes = writes;
		this.outcomes = new @Nullable WriteOutcome[writes.size()];
		for (int i = 0; i < outcomes.length; i++) {
			if (!writes.get(i).isCreation()) {
				updates.add(new Update(i, writes.get(i)));
			}
		}
		updates.sort(BY_RUN);
	}

	/**
	 * Runs that are to be changed. They come first.
	 * @return the changes, in order
	 */
	List<Update> updates() {
		return updates;
	}

	/**
	 * Runs that are to be created, once it is known what became of the changes: a run
	 * that is created in the same commit as its predecessor is closed must not begin if
	 * the predecessor was not closed by us.
	 * @return the creations, in order
	 */
	List<Start> starts() {
		List<Start> starts = new ArrayList<>();
		for (int i = 0; i < outcomes.length; i++) {
			RunWrite write = writes.get(i);
			if (!write.isCreation()) {
				continue;
			}
			if (isHeirOfLoser(write)) {
				outcomes[i] = WriteOutcome.OPEN_RUN_EXISTS;
			}
			else {
				starts.add(new Start(i, Creation.of(write, !isHeir(write))));
			}
		}
		starts.sort(BY_KEY);
		return starts;
	}

	void settle(int index, WriteOutcome outcome) {
		outcomes[index] = outcome;
	}

	/**
	 * What was written.
	 * @return the writes, in the order of the commit
	 */
	List<RunWrite> winners() {
		List<RunWrite> winners = new ArrayList<>(outcomes.length);
		for (int i = 0; i < outcomes.length; i++) {
			if (outcomes[i] == WriteOutcome.WRITTEN) {
				winners.add(writes.get(i));
			}
		}
		return winners;
	}

	List<WriteOutcome> outcomes() {
		List<WriteOutcome> result = new ArrayList<>(outcomes.length);
		for (WriteOutcome outcome : outcomes) {
			result.add((outcome != null) ? outcome : WriteOutcome.LOST_RACE);
		}
		return result;
	}

	private boolean isHeirOfLoser(RunWrite creation) {
		for (Update update : updates) {
			if (outcomes[update.index()] != WriteOutcome.WRITTEN && isSameWorkflow(creation, update.write())) {
				return true;
			}
		}
		return false;
	}

	/**
	 * Whether a run takes the place of one that is closed in the same commit. Until then
	 * that one has the workflow id, so no transaction can hold it.
	 */
	private boolean isHeir(RunWrite creation) {
		for (Update update : updates) {
			RunRecord other = update.write().record();
			if (other.status().isClosed() && isSameWorkflow(creation, update.write())) {
				return true;
			}
		}
		return false;
	}

	private static boolean isSameWorkflow(RunWrite one, RunWrite other) {
		ExecutionKey key = one.record().key();
		ExecutionKey otherKey = other.record().key();
		return key.workflowId().equals(otherKey.workflowId()) && key.namespace().equals(otherKey.namespace());
	}

	private static String runId(RunWrite write) {
		return write.record().key().runId();
	}

	/**
	 * A change of a run.
	 *
	 * @param index its place in the commit
	 * @param write the change
	 */
	record Update(int index, RunWrite write) {

	}

	/**
	 * A run that begins.
	 *
	 * @param index its place in the commit
	 * @param creation the run
	 */
	record Start(int index, Creation creation) {

	}

}
