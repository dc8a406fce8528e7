package io.reprise.client;

import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.reprise.engine.RunReader;
import io.reprise.engine.RunReader.RunView;
import io.reprise.kernel.RunState;
import io.reprise.protocol.ExecutionKey;
import io.reprise.protocol.RecordedEvent;
import io.reprise.worker.RunSource;

/**
 * Lets a worker read from the engine of the same process.
 */
public final class EmbeddedRunSource implements RunSource {

	private final RunReader reader;

	public EmbeddedRunSource(RunReader reader) {
		this.reader = reader;
	}

	@Override
	public List<RecordedEvent> history(String runId) {
		return reader.history(runId);
	}

	@Override
	public Position position(ExecutionKey key) {
		RunView view = reader.read(key);
		RunState state = view.run().state();
		long lastInputId = state.unseen().isEmpty() ? 0 : state.unseen().getLast().id();
		return new Position(view.record().key(), view.record().workflowType(), state.lastMarkerId(), lastInputId,
				view.isSettled(), !view.isOpen(), view.run().overlay().delayedUntil());
	}

	@Override
	public CompletableFuture<Void> whenSettled(String runId) {
		return reader.whenSettled(runId);
	}

}
