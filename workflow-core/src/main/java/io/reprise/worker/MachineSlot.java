package io.reprise.worker;

import java.util.concurrent.locks.ReentrantLock;

import io.reprise.replay.WorkflowMachine;
import org.jspecify.annotations.Nullable;

/**
 * The place of one run among the cached ones. Its lock makes turns and queries of the run
 * follow each other.
 */
final class MachineSlot {

	private final ReentrantLock lock = new ReentrantLock();

	private @Nullable WorkflowMachine machine;

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

	void keep(WorkflowMachine kept) {
		machine = kept;
	}

	void discard() {
		WorkflowMachine current = machine;
		machine = null;
		if (current != null) {
			current.close();
		}
	}

	/**
	 * Whether the slot is no longer among the cached ones: whoever waited for it takes
	 * another.
	 * @return {@code true} if so
	 */
	boolean isRetired() {
		return retired;
	}

	void retire() {
		retired = true;
		discard();
	}

}
