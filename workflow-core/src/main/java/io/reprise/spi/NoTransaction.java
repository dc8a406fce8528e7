package io.reprise.spi;

import java.util.Optional;

import io.reprise.protocol.ExecutionKey;
import org.jspecify.annotations.Nullable;

/** Nothing to take part in. */
final class NoTransaction implements CallerTransaction {

	@Override
	public Standing standing() {
		return Standing.NONE;
	}

	@Override
	public Optional<Found> findLatest(String namespace, String workflowId) {
		throw none();
	}

	@Override
	public Optional<Found> find(String runId) {
		throw none();
	}

	@Override
	public WriteOutcome create(RunWrite write) {
		throw none();
	}

	@Override
	public void offer(InboxEntry entry, boolean mustArrive) {
		throw none();
	}

	@Override
	public void whenEnded(Listener listener) {
		throw none();
	}

	@Override
	public @Nullable ExecutionKey created(ExecutionKey key) {
		return null;
	}

	private static IllegalStateException none() {
		return new IllegalStateException("Expected a transaction to take part in, but there is none");
	}

}
