package io.reprise.worker;

import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;

import io.reprise.WorkflowInfo;
import io.reprise.replay.WorkflowMachine;
import org.jspecify.annotations.Nullable;

/**
 * The place of one run among the cached ones. Its lock makes turns and queries of the run
 * follow each other.
 */
final class MachineSlot {

	private final ReentrantLock lock = new ReentrantLock();

	private final KeptOutcomes keptOutcomes = new KeptOutcomes();

	private @Nullable WorkflowMachine machine;

	private volatile @Nullable LocalRuns locals;

	private boolean retired;

	void lock() {
		lock.lock();
	}

	boolean tryLock() {
		return lock.tryLock();
	}

	void unlock() {
		lock.unlock();
	}

	/**
	 * The machine, if it has come just as far as asked.
	 * @param lastMarkerId the marker it must stand at
	 * @return the machine, or {@code null}; one that stands elsewhere is closed
	 */
	@Nullable WorkflowMachine machineAt(long lastMarkerId) {
		WorkflowMachine current = machine;
		if (current != null && current.lastMarkerId() != lastMarkerId) {
			discard();
			return null;
		}
		return current;
	}

	@Nullable WorkflowMachine machine() {
		return machine;
	}

	/**
	 * Keeps a machine, in place of the one that was there.
	 * @param kept the machine
	 * @param info which run
	 * @param services what its local activities need
	 */
	void keep(WorkflowMachine kept, WorkflowInfo info, LocalServices services) {
		discard();
		machine = kept;
		locals = new LocalRuns(services, keptOutcomes, info);
	}

	/**
	 * The local activities of the machine.
	 * @return its local activities
	 */
	LocalRuns locals() {
		return Objects.requireNonNull(locals, "no machine is kept");
	}

	/**
	 * Whether local activities are under way, which would be lost with the machine.
	 * @return {@code true} if so
	 */
	boolean isPinned() {
		LocalRuns current = locals;
		return current != null && current.isUnderWay();
	}

	/**
	 * Asks a turn that waits for local activities to come to an end. Called by any
	 * thread.
	 */
	void hurry() {
		LocalRuns current = locals;
		if (current != null) {
			current.hurry();
		}
	}

	void discard() {
		drop();
	}

	/**
	 * Lets go of the machine.
	 * @return what brings back the turn that was parked, or {@code null}
	 */
	private @Nullable Runnable drop() {
		WorkflowMachine current = machine;
		LocalRuns running = locals;
		machine = null;
		locals = null;
		Runnable parked = (running != null) ? running.close() : null;
		if (current != null) {
			current.close();
		}
		return parked;
	}

	/**
	 * Whether the slot is no longer among the cached ones: whoever waited for it takes
	 * another.
	 * @return {@code true} if so
	 */
	boolean isRetired() {
		return retired;
	}

	/**
	 * Takes the slot out of use.
	 * @return what brings back the turn that was parked, or {@code null}
	 */
	@Nullable Runnable retire() {
		retired = true;
		return drop();
	}

}
