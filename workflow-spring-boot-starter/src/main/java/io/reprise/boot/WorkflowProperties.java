package io.reprise.boot;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import io.reprise.definition.FailurePolicy;
import io.reprise.engine.EngineSettings;
import io.reprise.jpa.JpaSettings;
import io.reprise.protocol.ClaimCheck;
import io.reprise.replay.ReplayLimits;
import io.reprise.worker.WorkerSettings;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Configuration of workflows.
 *
 * @param enabled Whether workflows run in this application.
 * @param topology Where the engine runs and how tasks travel.
 * @param namespace Namespace of all workflows that this application starts.
 * @param buildId Name of this build of the application's code. Runs that a bug has
 * stalled are tried again at once by another build. Taken from the build information if
 * there is any, otherwise from the bytecode around the workflows.
 * @param embedded The engine inside the application.
 * @param datasource The tables of workflows.
 * @param engine The engine.
 * @param worker What runs workflows and activities.
 * @param retention How long closed runs are kept.
 * @param limits What a run may use.
 * @param activities Options of activities.
 * @param determinism The scan of workflows' bytecode at start-up.
 * @param failures What exceptions do that escape a workflow.
 * @param health The health indicator.
 * @param payloads Where large payloads are kept.
 */
@ConfigurationProperties("workflow")
public record WorkflowProperties(@DefaultValue("true") boolean enabled, @DefaultValue("embedded") Topology topology,
		@DefaultValue("default") String namespace, @Nullable String buildId, @DefaultValue Embedded embedded,
		@DefaultValue Datasource datasource, @DefaultValue Engine engine, @DefaultValue Worker worker,
		@DefaultValue Retention retention, @DefaultValue Limits limits, @DefaultValue Activities activities,
		@DefaultValue Determinism determinism, @DefaultValue Failures failures, @DefaultValue Health health,
		@DefaultValue Payloads payloads) {

	public WorkflowProperties {
		require(!namespace.isBlank(), "workflow.namespace", "a name", namespace);
	}

	EngineSettings engineSettings() {
		EngineSettings defaults = EngineSettings.defaults();
		return new EngineSettings((engine.lanes != null) ? engine.lanes : defaults.lanes(), engine.maximumBatch,
				engine.cachedRuns, engine.clockSync, engine.lease, engine.sweepInterval, engine.clientTimeout,
				retention.period, retention.interval, limits.toLimits(bytes(payloads.claimCheckThreshold)));
	}

	WorkerSettings workerSettings(String actualBuildId) {
		WorkerSettings defaults = WorkerSettings.defaults(actualBuildId);
		return new WorkerSettings(actualBuildId, worker.workflowSlots, worker.activitySlots, worker.localActivitySlots,
				(worker.cachedWorkflows != null) ? worker.cachedWorkflows : defaults.cachedWorkflows(),
				worker.deadlockTimeout, worker.queryTimeout, defaults.retryDelay());
	}

	ReplayLimits replayLimits() {
		return new ReplayLimits(bytes(limits.payload), limits.pendingActivities, limits.pendingTimers,
				limits.pendingRequests);
	}

	JpaSettings jpaSettings() {
		return new JpaSettings(datasource.schema, embedded.allowInMemory, datasource.migrate, datasource.advisoryLocks);
	}

	private static int bytes(DataSize size) {
		return Math.toIntExact(size.toBytes());
	}

	private static void require(boolean condition, String property, String expected, Object found) {
		if (!condition) {
			throw new IllegalArgumentException(
					"Expected %s to be %s, but it is '%s'".formatted(property, expected, found));
		}
	}

	private static void requirePositive(String property, long value) {
		require(value > 0, property, "at least 1", value);
	}

	private static void requirePositive(String property, Duration value) {
		require(value.isPositive(), property, "more than zero", value);
	}

	/**
	 * The engine inside the application.
	 *
	 * @param allowInMemory Whether a database is accepted that forgets all workflows when
	 * the application ends. For tests and experiments.
	 */
	public record Embedded(@DefaultValue("false") boolean allowInMemory) {

	}

	/**
	 * The tables of workflows.
	 *
	 * @param schema Schema of the tables, created if it is missing. The connection's own
	 * if not set.
	 * @param migrate Whether the tables are created and brought up to date at start-up.
	 * @param advisoryLocks Whether each node holds a PostgreSQL session by which others
	 * notice at once that its process died. Switch it off behind a pooler that shares
	 * sessions, as PgBouncer in transaction mode does.
	 */
	public record Datasource(@Nullable String schema, @DefaultValue("true") boolean migrate,
			@DefaultValue("true") boolean advisoryLocks) {

	}

	/**
	 * The engine.
	 *
	 * @param lanes Number of lanes that decide and commit at the same time, each with one
	 * connection of the pool. The number of processors if not set, but 2 at least and 4
	 * at most.
	 * @param maximumBatch Commands that one commit takes at most.
	 * @param cachedRuns Number of runs whose state is kept in memory.
	 * @param clockSync How often the database's clock is asked. Zero asks it every time.
	 * @param lease How long this node counts as alive when it does not renew its lease.
	 * @param sweepInterval How often runs that are due, messages of other nodes and nodes
	 * that are gone are looked for.
	 * @param clientTimeout How long a call of the client waits for a database that cannot
	 * be reached.
	 */
	public record Engine(@Nullable Integer lanes, @DefaultValue("256") int maximumBatch,
			@DefaultValue("10000") int cachedRuns, @DefaultValue("5s") Duration clockSync,
			@DefaultValue("15s") Duration lease, @DefaultValue("1s") Duration sweepInterval,
			@DefaultValue("10s") Duration clientTimeout) {

		public Engine {
			if (lanes != null) {
				requirePositive("workflow.engine.lanes", lanes);
			}
			requirePositive("workflow.engine.maximum-batch", maximumBatch);
			requirePositive("workflow.engine.cached-runs", cachedRuns);
			require(!clockSync.isNegative(), "workflow.engine.clock-sync", "zero or more", clockSync);
			requirePositive("workflow.engine.lease", lease);
			requirePositive("workflow.engine.sweep-interval", sweepInterval);
			requirePositive("workflow.engine.client-timeout", clientTimeout);
		}

	}

	/**
	 * What runs workflows and activities.
	 *
	 * @param workflowSlots Number of workflow turns that run at the same time.
	 * @param activitySlots Number of queued activities that run at the same time.
	 * @param localActivitySlots Number of local activities that run at the same time.
	 * @param cachedWorkflows Number of workflows kept in memory between their turns. One
	 * for each 100 KiB of the largest heap by default, at least 600 and at most 10000.
	 * @param deadlockTimeout How long workflow code may run without waiting for
	 * something.
	 * @param queryTimeout How long a query waits for turns under way.
	 * @param shutdownTimeout How long a shutdown waits for activities that run.
	 */
	public record Worker(@DefaultValue("200") int workflowSlots, @DefaultValue("200") int activitySlots,
			@DefaultValue("200") int localActivitySlots, @Nullable Integer cachedWorkflows,
			@DefaultValue("1s") Duration deadlockTimeout, @DefaultValue("10s") Duration queryTimeout,
			@DefaultValue("20s") Duration shutdownTimeout) {

		public Worker {
			requirePositive("workflow.worker.workflow-slots", workflowSlots);
			requirePositive("workflow.worker.activity-slots", activitySlots);
			requirePositive("workflow.worker.local-activity-slots", localActivitySlots);
			if (cachedWorkflows != null) {
				require(cachedWorkflows >= 0, "workflow.worker.cached-workflows", "0 or more", cachedWorkflows);
			}
			requirePositive("workflow.worker.deadlock-timeout", deadlockTimeout);
			requirePositive("workflow.worker.query-timeout", queryTimeout);
			require(!shutdownTimeout.isNegative(), "workflow.worker.shutdown-timeout", "zero or more", shutdownTimeout);
		}

	}

	/**
	 * How long closed runs are kept.
	 *
	 * @param period How long a run is kept after it has closed. Zero keeps all for ever.
	 * @param interval How often closed runs are swept.
	 */
	public record Retention(@DefaultValue("30d") Duration period, @DefaultValue("10m") Duration interval) {

		public Retention {
			require(!period.isNegative(), "workflow.retention.period", "zero or more", period);
			requirePositive("workflow.retention.interval", interval);
		}

	}

	/**
	 * What a run may use.
	 *
	 * @param payload Size of one argument list, result or message.
	 * @param historyEvents Number of events in a history.
	 * @param historySize Size of a history as stored.
	 * @param pendingActivities Number of activities of a run without a result.
	 * @param pendingTimers Number of timers of a run that have not fired.
	 * @param signals Number of signals to a run in all.
	 * @param pendingRequests Number of children of a run without an end, and of signals
	 * to other workflows on their way.
	 */
	public record Limits(@DefaultValue("64MB") DataSize payload, @DefaultValue("51200") int historyEvents,
			@DefaultValue("50MB") DataSize historySize, @DefaultValue("2000") int pendingActivities,
			@DefaultValue("2000") int pendingTimers, @DefaultValue("10000") int signals,
			@DefaultValue("2000") int pendingRequests) {

		public Limits {
			requirePositive("workflow.limits.payload", payload.toBytes());
			require(payload.toBytes() <= Integer.MAX_VALUE, "workflow.limits.payload", "less than 2GB", payload);
			requirePositive("workflow.limits.history-events", historyEvents);
			requirePositive("workflow.limits.history-size", historySize.toBytes());
			requirePositive("workflow.limits.pending-activities", pendingActivities);
			requirePositive("workflow.limits.pending-timers", pendingTimers);
			requirePositive("workflow.limits.signals", signals);
			requirePositive("workflow.limits.pending-requests", pendingRequests);
		}

		io.reprise.kernel.Limits toLimits(int claimCheckBytes) {
			return new io.reprise.kernel.Limits(bytes(payload), historyEvents, historySize.toBytes(), pendingActivities,
					pendingTimers, signals, io.reprise.kernel.Limits.DEFAULT.idLength(), claimCheckBytes,
					pendingRequests);
		}

	}

	/**
	 * Options of activities. Those of groups and of single activities are read by
	 * {@link ConfiguredActivities}.
	 *
	 * @param defaults Options of all activities.
	 */
	public record Activities(@NestedConfigurationProperty @Nullable ActivityProperties defaults) {

	}

	/**
	 * The scan of workflows' bytecode at start-up.
	 *
	 * @param enabled Whether workflows are scanned for calls that are not deterministic.
	 * @param allow Findings to allow, each with the reason. A key names a class or method
	 * of a workflow, a call, or both as 'place -> call'.
	 */
	public record Determinism(@DefaultValue("true") boolean enabled, @DefaultValue Map<String, String> allow) {

		public Determinism {
			allow = Map.copyOf(allow);
		}

	}

	/**
	 * What exceptions do that escape a workflow.
	 *
	 * @param failOn Exception classes that fail the workflow, besides those that do
	 * anyway.
	 * @param stallOn Exception classes that are bugs and stall the run until another
	 * build comes, besides those that are anyway.
	 * @param types Exception classes for single workflow types, in place of those above.
	 */
	public record Failures(@DefaultValue Set<String> failOn, @DefaultValue Set<String> stallOn,
			@DefaultValue Map<String, TypeFailures> types) {

		public Failures {
			failOn = Set.copyOf(failOn);
			stallOn = Set.copyOf(stallOn);
			types = Map.copyOf(types);
		}

		FailurePolicy policy(String workflowType) {
			for (Map.Entry<String, TypeFailures> type : types.entrySet()) {
				if (uniform(type.getKey()).equals(uniform(workflowType))) {
					return new FailurePolicy(type.getValue().failOn(), type.getValue().stallOn());
				}
			}
			return new FailurePolicy(failOn, stallOn);
		}

		private static String uniform(String name) {
			return name.replaceAll("[^\\p{L}\\p{N}]", "").toLowerCase(Locale.ROOT);
		}

	}

	/**
	 * What exceptions do that escape workflows of one type.
	 *
	 * @param failOn Exception classes that fail the workflow.
	 * @param stallOn Exception classes that stall the run.
	 */
	public record TypeFailures(@DefaultValue Set<String> failOn, @DefaultValue Set<String> stallOn) {

	}

	/**
	 * Where large payloads are kept.
	 *
	 * @param claimCheckThreshold Payloads of more bytes are kept beside the history, in a
	 * table of their own.
	 */
	public record Payloads(@DefaultValue("64KB") DataSize claimCheckThreshold) {

		public Payloads {
			require(claimCheckThreshold.toBytes() >= ClaimCheck.SMALLEST
					&& claimCheckThreshold.toBytes() <= io.reprise.kernel.Limits.INLINE_BYTES,
					"workflow.payloads.claim-check-threshold", "1KB to 2MB", claimCheckThreshold);
		}

	}

	/**
	 * The health indicator.
	 *
	 * @param stalledIsDown Whether the application is down while a bug stalls a run.
	 */
	public record Health(@DefaultValue("false") boolean stalledIsDown) {

	}

}
