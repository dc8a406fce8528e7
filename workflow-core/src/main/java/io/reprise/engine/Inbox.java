package io.reprise.engine;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

import io.reprise.kernel.Decision;
import io.reprise.kernel.DecisionContext;
import io.reprise.kernel.Kernel;
import io.reprise.protocol.Command;
import io.reprise.protocol.CommandJson;
import io.reprise.spi.HistoryStore;
import io.reprise.spi.InboxEntry;
import io.reprise.spi.StoreException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes what other nodes, or transactions of the application, have left for runs.
 * <p>
 * No message that was acknowledged is passed over: whoever leaves one raises a number of
 * the run, and a write that closes the run, or brings a later message, names the number
 * that it knows. See {@code docs/adr/0017-no-end-without-what-was-left.md}.
 */
final class Inbox {

	private static final Logger logger = LoggerFactory.getLogger(Inbox.class);

	private final HistoryStore store;

	private final HeldUpdates updates;

	Inbox(HistoryStore store, HeldUpdates updates) {
		this.store = store;
		this.updates = updates;
	}

	/**
	 * Decides on what was left for a run, unless its draft has done so. Messages that
	 * were taken before, and not removed, are recognised by their request ids. A draft
	 * that ends the run cannot be written without them, and is decided anew.
	 * @param draft the run
	 * @param context what is needed to decide
	 * @param now the time of the events
	 */
	void take(Draft draft, DecisionContext context, Instant now) {
		if (draft.hasTakenMessages() || (draft.isChanged() && !draft.isOpen())) {
			return;
		}
		List<InboxEntry> left = store.inboxOf(draft.key().runId());
		draft.messagesTaken(left);
		for (InboxEntry entry : left) {
			Command message = read(entry);
			if (message == null) {
				continue;
			}
			switch (Kernel.decide(draft.run(), message, context)) {
				case Decision.Accepted accepted -> {
					draft.apply(accepted, now);
					if (message instanceof Command.UpdateWorkflow update) {
						updates.hold(draft.key().runId(), update.request(), null, true);
					}
				}
				case Decision.Rejected rejected -> refused(message, rejected);
				case Decision.Duplicate duplicate -> {
				}
				case Decision.Stale stale -> {
				}
			}
		}
	}

	/** A run does not stand still for what nobody can read. */
	private static @Nullable Command read(InboxEntry entry) {
		try {
			return CommandJson.read(entry.key(), entry.body());
		}
		catch (RuntimeException ex) {
			logger.error("Expected to be able to read message {} to {}, but could not; it is dropped",
					entry.requestId(), entry.key(), ex);
			return null;
		}
	}

	/** Whoever asked for an end has it, so only signals are missed. */
	private static void refused(Command message, Decision.Rejected rejected) {
		if (message instanceof Command.SignalWorkflow) {
			logger.warn("Expected a signal to reach the run it was left for, but it was refused: {} [{}]",
					rejected.message(), rejected.code());
		}
	}

	/**
	 * Removes what drafts have taken. If that fails, it is found, recognised and removed
	 * later.
	 * @param drafts drafts that are durable
	 */
	void removeTaken(Collection<Draft> drafts) {
		List<InboxEntry> taken = new ArrayList<>();
		drafts.forEach((draft) -> taken.addAll(draft.messages()));
		if (taken.isEmpty()) {
			return;
		}
		try {
			store.removeFromInbox(taken);
		}
		catch (StoreException ex) {
			logger.debug("Expected to remove {} messages that were taken, but could not; it is tried again",
					taken.size(), ex);
		}
	}

}
