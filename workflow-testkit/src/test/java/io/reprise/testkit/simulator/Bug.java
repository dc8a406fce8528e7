package io.reprise.testkit.simulator;

import java.time.Instant;
import java.util.Collection;
import java.util.List;

import io.reprise.TimeoutType;
import io.reprise.protocol.Command;
import io.reprise.protocol.ExecutionKey;
import io.reprise.protocol.Failure;
import io.reprise.protocol.HistoryEvent;
import io.reprise.spi.CommandGate;
import io.reprise.spi.HistoryStore;
import io.reprise.spi.NodeRegistry;
import io.reprise.spi.RunWrite;
import io.reprise.spi.StoredRun;
import io.reprise.spi.WriteOutcome;

/**
 * Bugs that engines of this kind have had, put in on purpose: a checker that lets one of
 * them pass is worth nothing.
 */
enum Bug implements Mutation {

	/** Attempts are handed over before the turn that scheduled them is committed. */
	EFFECTS_BEFORE_COMMIT {

		@Override
		public HistoryStore store(HistoryStore store, SimulatedNode node) {
			return new ForwardingStore(store) {

				@Override
				public List<WriteOutcome> commit(List<RunWrite> writes) {
					writes.forEach(write -> Mutants.dispatchEarly(store, write, node));
					return super.commit(writes);
				}

			};
		}

	},

	/** Whoever comes last overwrites, whatever version he knows. */
	NO_VERSION_CHECK {

		@Override
		public HistoryStore store(HistoryStore store, SimulatedNode node) {
			return new ForwardingStore(store) {

				@Override
				public List<WriteOutcome> commit(List<RunWrite> writes) {
					return super.commit(writes.stream().map(write -> Mutants.atAnyVersion(store, write)).toList());
				}

			};
		}

	},

	/** A message sent again is taken again. */
	NO_DUPLICATE_CHECK {

		@Override
		public CommandGate client(CommandGate engine, SimulatedNode node) {
			return command -> engine
				.submit((command instanceof Command.SignalWorkflow signal) ? new Command.SignalWorkflow(signal.key(),
						signal.name(), signal.arguments(), signal.requestId() + "#" + node.calls()) : command);
		}

	},

	/** The engine believes it is later than it is. */
	EARLY_TIMER {

		@Override
		public HistoryStore store(HistoryStore store, SimulatedNode node) {
			return new ForwardingStore(store) {

				@Override
				public Instant now() {
					return super.now().plusMillis(5);
				}

			};
		}

	},

	/** A run closes although it has not seen the last signal. */
	SIGNAL_LOST_AT_CLOSE {

		@Override
		public CommandGate gate(CommandGate engine, SimulatedNode node) {
			return command -> engine.submit((command instanceof Command.CompleteTask turn && Mutants.closes(turn))
					? Mutants.withSeenUpTo(turn, Mutants.lastInput(node, turn)) : command);
		}

	},

	/** A run closes although another node has left a signal for it. */
	MESSAGE_LOST_AT_CLOSE {

		@Override
		public HistoryStore store(HistoryStore store, SimulatedNode node) {
			return new ForwardingStore(store) {

				@Override
				public List<WriteOutcome> commit(List<RunWrite> writes) {
					return super.commit(writes.stream()
						.map(write -> new RunWrite(write.record(), write.expectedVersion(), write.appended(),
								write.snapshot()))
						.toList());
				}

			};
		}

	},

	/** A result that comes twice is recorded twice. */
	DOUBLE_COMPLETION {

		@Override
		public HistoryStore store(HistoryStore store, SimulatedNode node) {
			return new ForwardingStore(store) {

				@Override
				public List<WriteOutcome> commit(List<RunWrite> writes) {
					return super.commit(writes.stream()
						.map(write -> Mutants.appending(write,
								event -> (event instanceof HistoryEvent.ActivityCompleted) ? event : null))
						.toList());
				}

			};
		}

	},

	/**
	 * What was decided on a run that has moved on is written behind what came meanwhile.
	 */
	STALE_CACHE_COMMIT {

		@Override
		public HistoryStore store(HistoryStore store, SimulatedNode node) {
			return new ForwardingStore(store) {

				@Override
				public List<WriteOutcome> commit(List<RunWrite> writes) {
					return super.commit(writes.stream().map(write -> Mutants.behindOthers(store, write)).toList());
				}

			};
		}

	},

	/** Runs are taken over, and then forgotten. */
	ADOPTION_WITHOUT_DISPATCH {

		@Override
		public NodeRegistry registry(NodeRegistry registry, SimulatedNode node) {
			return new ForwardingRegistry(registry) {

				@Override
				public List<ExecutionKey> adopt(String gone, String nodeId, Collection<String> types, int limit) {
					super.adopt(gone, nodeId, types, limit);
					return List.of();
				}

			};
		}

	},

	/** Who loads a run does not know how often its activities were tried. */
	RETRY_COUNTER_RESET {

		@Override
		public HistoryStore store(HistoryStore store, SimulatedNode node) {
			return new ForwardingStore(store) {

				@Override
				public List<StoredRun> load(Collection<String> runIds) {
					return super.load(runIds).stream().map(Mutants::withoutOverlay).toList();
				}

			};
		}

	},

	/** An activity times out although its result is there. */
	TIMEOUT_AFTER_COMPLETION {

		@Override
		public HistoryStore store(HistoryStore store, SimulatedNode node) {
			return new ForwardingStore(store) {

				@Override
				public List<WriteOutcome> commit(List<RunWrite> writes) {
					return super.commit(writes.stream()
						.map(write -> Mutants.appending(write,
								event -> (event instanceof HistoryEvent.ActivityCompleted done)
										? new HistoryEvent.ActivityTimedOut(done.activityId(), done.attempt(),
												new Failure.Timeout(TimeoutType.START_TO_CLOSE, "late", null, null))
										: null))
						.toList());
				}

			};
		}

	},

	/** A marker says that its turn has seen what came while it ran. */
	WRONG_SEEN_UP_TO {

		@Override
		public CommandGate gate(CommandGate engine, SimulatedNode node) {
			return command -> engine.submit((command instanceof Command.CompleteTask turn && !Mutants.closes(turn))
					? Mutants.withSeenUpTo(turn, Mutants.lastInput(node, turn)) : command);
		}

	},

	/** What a turn decided is carried out before the turn is handed in. */
	TURN_LEAKS_EFFECTS {

		@Override
		public CommandGate gate(CommandGate engine, SimulatedNode node) {
			return command -> {
				if (command instanceof Command.CompleteTask turn) {
					Mutants.dispatchEarly(turn, node);
				}
				return engine.submit(command);
			};
		}

	},

	/**
	 * A start that was decided before its request had been run to its end elsewhere
	 * creates a run all the same.
	 */
	STARTED_TWICE {

		@Override
		public HistoryStore store(HistoryStore store, SimulatedNode node) {
			return new ForwardingStore(store) {

				@Override
				public List<WriteOutcome> commit(List<RunWrite> writes) {
					return super.commit(writes.stream().map(write -> write.after(null)).toList());
				}

			};
		}

	}

}
