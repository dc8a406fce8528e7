package io.reprise.kernel;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SequencedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

import io.reprise.ErrorCode;
import io.reprise.protocol.Failure;
import io.reprise.protocol.Payload;
import io.reprise.protocol.UpdateRejection;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a run beside its history: attempts of its activities, and the bug that
 * stalls it. Changes here write no events.
 *
 * @param attempts attempts by activity id; an activity that is not among them is at its
 * first
 * @param stall the bug that keeps the run from going on, or {@code null}
 * @param delayedUntil when the first turn is due, or {@code null} if it was, or there is
 * nothing to wait for
 * @param rejections updates of other nodes that were rejected a short time ago, for these
 * nodes to see
 * @param done of a closed run, what its end left to be done for others and is done: the
 * numbers of children and of messages, and 0 for its parent
 */
public record RunOverlay(SequencedMap<Integer, Attempt> attempts, @Nullable Stall stall, @Nullable Instant delayedUntil,
		List<Rejection> rejections, SortedSet<Integer> done) {

	private static final SortedSet<Integer> NOTHING = Collections.emptySortedSet();

	/** Nothing known. */
	public static final RunOverlay EMPTY = new RunOverlay(new TreeMap<>(), null);

	private static final Duration REJECTION_KEPT = Duration.ofMinutes(1);

	private static final int MOST_REJECTIONS = 32;

	public RunOverlay {
		attempts = Collections.unmodifiableSequencedMap(new TreeMap<>(attempts));
		rejections = List.copyOf(rejections);
		done = done.isEmpty() ? NOTHING : Collections.unmodifiableSortedSet(new TreeSet<>(done));
	}

	public RunOverlay(SequencedMap<Integer, Attempt> attempts, @Nullable Stall stall) {
		this(attempts, stall, null, List.of(), NOTHING);
	}

	/**
	 * Whoever asks often enough sees them. Who comes too late asks the workflow again.
	 */
	RunOverlay withRejections(List<UpdateRejection> rejected, Instant now) {
		List<Rejection> kept = new ArrayList<>();
		for (Rejection rejection : rejections) {
			if (rejection.time().plus(REJECTION_KEPT).isAfter(now)) {
				kept.add(rejection);
			}
		}
		rejected.forEach((rejection) -> kept.add(new Rejection(rejection, Times.storable(now))));
		return new RunOverlay(attempts, stall, delayedUntil,
				kept.subList(Math.max(0, kept.size() - MOST_REJECTIONS), kept.size()), done);
	}

	/**
	 * Why an update of another node was rejected.
	 * @param updateId the update
	 * @param since rejections before then are of no interest
	 * @return the last rejection, or {@code null} if none is known
	 */
	public @Nullable UpdateRejection rejectionOf(String updateId, Instant since) {
		return rejections.reversed()
			.stream()
			.filter((rejected) -> !rejected.time().isBefore(since))
			.map(Rejection::rejection)
			.filter((rejection) -> rejection.updateId().equals(updateId))
			.findFirst()
			.orElse(null);
	}

	static RunOverlay delayed(@Nullable Instant until) {
		return (until != null) ? new RunOverlay(new TreeMap<>(), null, until, List.of(), NOTHING) : EMPTY;
	}

	/**
	 * Whether the first turn has to wait for its time.
	 * @return {@code true} if so
	 */
	public boolean isDelayed() {
		return delayedUntil != null;
	}

	boolean isDone(int number) {
		return !done.isEmpty() && done.contains(number);
	}

	RunOverlay done(int number) {
		TreeSet<Integer> more = new TreeSet<>(done);
		more.add(number);
		return new RunOverlay(attempts, stall, delayedUntil, rejections, more);
	}

	/**
	 * The current attempt of a pending activity.
	 * @param activityId the activity
	 * @return its attempt, {@link Attempt#FIRST} if nothing is known of it
	 */
	public Attempt attemptOf(int activityId) {
		return attempts.getOrDefault(activityId, Attempt.FIRST);
	}

	/**
	 * Whether a stalled turn waits for its next try.
	 * @return {@code true} if so
	 */
	public boolean isStallWaiting() {
		return stall != null && stall.nextDue() != null;
	}

	/**
	 * An update that was rejected.
	 *
	 * @param rejection which, and why
	 * @param time when
	 */
	public record Rejection(UpdateRejection rejection, Instant time) {

	}

	/**
	 * The current attempt of an activity.
	 *
	 * @param attempt its number, from 1
	 * @param nextDue when it is due, or {@code null} if it has been dispatched
	 * @param waitingSince when it was dispatched, or {@code null} for the moment at which
	 * the activity was scheduled
	 * @param lastFailure what the attempt before failed with, or {@code null}
	 * @param lastHeartbeat details of the last heartbeat of any attempt, or {@code null}
	 * @param started whether a worker has said that it runs
	 */
	public record Attempt(int attempt, @Nullable Instant nextDue, @Nullable Instant waitingSince,
			@Nullable Failure lastFailure, @Nullable Payload lastHeartbeat, boolean started) {

		/** The first attempt, dispatched. */
		public static final Attempt FIRST = new Attempt(1, null, null, null, null, false);

		/**
		 * Whether a worker has been asked for it, rather than it waiting for its time.
		 * @return {@code true} if so
		 */
		public boolean isDispatched() {
			return nextDue == null;
		}

		Attempt dispatched(Instant time) {
			return new Attempt(attempt, null, time, lastFailure, lastHeartbeat, false);
		}

		Attempt running() {
			return new Attempt(attempt, nextDue, waitingSince, lastFailure, lastHeartbeat, true);
		}

		Attempt withHeartbeat(@Nullable Payload details) {
			return new Attempt(attempt, nextDue, waitingSince, lastFailure, details, started);
		}

	}

	/**
	 * A bug that keeps a run from going on.
	 *
	 * @param code what kind of bug
	 * @param message what happened, with the source line
	 * @param since when it first happened
	 * @param attempts how often the turn was tried
	 * @param buildId the build that has the bug
	 * @param elsewhere whether another build ran the turn before, and may run this one
	 * @param nextDue when the turn is tried again, or {@code null} while it is tried
	 */
	public record Stall(ErrorCode code, String message, Instant since, int attempts, String buildId, boolean elsewhere,
			@Nullable Instant nextDue) {

		/** How often other builds are asked first for a turn that one of them may run. */
		private static final int OFFERS = 5;

		/**
		 * Whether the turn waits for another build rather than for better code.
		 * @return {@code true} until none was found often enough
		 */
		public boolean isOffered() {
			return elsewhere && nextDue != null && attempts <= OFFERS;
		}

		Stall triedNow() {
			return new Stall(code, message, since, attempts, buildId, elsewhere, null);
		}

	}

}
