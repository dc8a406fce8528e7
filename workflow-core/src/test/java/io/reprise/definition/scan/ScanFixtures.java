package io.reprise.definition.scan;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import io.reprise.Workflow;
import io.reprise.Workflows;
import org.slf4j.Logger;

/**
 * Workflows with something to say about where the scan looks.
 */
public final class ScanFixtures {

	private ScanFixtures() {
	}

	/** Deterministic all through. */
	@Workflow
	public static class Deterministic {

		private static final Logger logger = Workflows.logger(Deterministic.class);

		private final Map<String, Integer> counts = new ConcurrentHashMap<>();

		@Workflow.Run
		public List<Object> run(List<String> list) {
			counts.put("a", 1);
			logger.info("deterministic");
			Collections.shuffle(list, Workflows.random());
			Instant now = Workflows.now();
			return List.of(now, LocalDate.now(Clock.fixed(now, ZoneOffset.UTC)), Date.from(now), new Random(42),
					Workflows.randomUuid(), TimeUnit.SECONDS.toMillis(1), TimeUnit.SECONDS.convert(1, TimeUnit.DAYS),
					UUID.nameUUIDFromBytes(new byte[0]), Workflows.async(() -> "async").get(),
					list.stream().map(String::length).toList());
		}

	}

	/** What is handed to sideEffect may be anything. */
	@Workflow
	public static class WithSideEffects {

		@Workflow.Run
		public List<Object> run(String prefix) {
			return List.of(Workflows.sideEffect(UUID.class, UUID::randomUUID),
					Workflows.sideEffect(String.class, () -> prefix + System.nanoTime()),
					Workflows.sideEffect(String.class, this::onlyForSideEffects),
					Workflows.sideEffect(String.class, () -> {
						Supplier<String> nested = () -> System.getenv("A");
						return nested.get() + helper();
					}));
		}

		private String onlyForSideEffects() {
			return System.getProperty("a");
		}

		private String helper() {
			return recursive(3);
		}

		private String recursive(int depth) {
			return (depth > 0) ? recursive(depth - 1) : System.getProperty("b");
		}

	}

	/** A method that is also called elsewhere is not exempt. */
	@Workflow
	public static class WithSharedHelper {

		@Workflow.Run
		public String run() {
			return Workflows.sideEffect(String.class, this::shared) + shared();
		}

		private String shared() {
			return System.getProperty("a");
		}

		@Workflow.Signal
		public void open() {
			Supplier<UUID> unused = UUID::randomUUID;
			Workflows.sideEffect(String.class, () -> "deterministic");
			unused.get();
		}

	}

	/** The class itself is clean. */
	@Workflow
	public static class WithNestedClasses {

		@Workflow.Run
		public String run() {
			Runnable anonymous = new Runnable() {

				@Override
				public void run() {
					Math.random();
				}

			};
			anonymous.run();
			class Local {

				long time() {
					return System.currentTimeMillis();
				}

			}
			return "" + new Step().next() + new Local().time();
		}

		static class Step {

			UUID next() {
				return new Deeper().uuid();
			}

			static class Deeper {

				UUID uuid() {
					return UUID.randomUUID();
				}

			}

		}

	}

	public abstract static class BaseWorkflow {

		protected long inherited() {
			return System.currentTimeMillis();
		}

	}

	public interface WithDefault {

		default long byDefault() {
			return System.nanoTime();
		}

	}

	/** Inherits what is forbidden. */
	@Workflow
	public static class Inheriting extends BaseWorkflow implements WithDefault {

		@Workflow.Run
		public long run() {
			return inherited() + byDefault();
		}

	}

	/** Forbidden where no method is. */
	@Workflow
	public static class WithInitializers {

		static final long LOADED = System.currentTimeMillis();

		static final Supplier<UUID> IDS = () -> UUID.randomUUID();

		final long created = System.nanoTime();

		@Workflow.Run
		public long run() {
			return created + LOADED;
		}

	}

}
