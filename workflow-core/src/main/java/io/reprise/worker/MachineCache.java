package io.reprise.worker;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

import io.reprise.protocol.ExecutionKey;
import org.jspecify.annotations.Nullable;

/**
 * The workflows kept in memory between their turns; the one used longest ago goes first.
 * A workflow that is not here is replayed, which costs time and nothing else.
 */
final class MachineCache {

	private final ReentrantLock lock = new ReentrantLock();

	private final LinkedHashMap<String, MachineSlot> slots = new LinkedHashMap<>(64, 0.75f, true);

	private final int capacity;

	MachineCache(int capacity) {
		this.capacity = capacity;
	}

	/**
	 * Takes the place of a run. Whoever has taken it unlocks it, and evicts afterwards.
	 * @param key the run
	 * @return its slot, locked
	 */
	MachineSlot acquire(ExecutionKey key) {
		while (true) {
			MachineSlot slot = slot(key);
			slot.lock();
			if (!slot.isRetired()) {
				return slot;
			}
			slot.unlock();
		}
	}

	/**
	 * Whether a run has a place, with a machine in it unless that is being made.
	 * @param key the run
	 * @return {@code true} if so
	 */
	boolean contains(ExecutionKey key) {
		lock.lock();
		try {
			return slots.containsKey(key.runId());
		}
		finally {
			lock.unlock();
		}
	}

	private MachineSlot slot(ExecutionKey key) {
		lock.lock();
		try {
			return slots.computeIfAbsent(key.runId(), (id) -> new MachineSlot());
		}
		finally {
			lock.unlock();
		}
	}

	/**
	 * Lets go of what is over the capacity. Slots in use stay, and those with local
	 * activities under way.
	 */
	void evict() {
		List<MachineSlot> victims = new ArrayList<>();
		lock.lock();
		try {
			Iterator<Map.Entry<String, MachineSlot>> eldest = slots.entrySet().iterator();
			int surplus = slots.size() - capacity;
			while (surplus > 0 && eldest.hasNext()) {
				MachineSlot slot = eldest.next().getValue();
				if (!slot.tryLock()) {
					continue;
				}
				if (slot.isPinned()) {
					slot.unlock();
				}
				else {
					eldest.remove();
					victims.add(slot);
					surplus--;
				}
			}
		}
		finally {
			lock.unlock();
		}
		victims.forEach(MachineCache::discard);
	}

	/**
	 * Lets go of a run, unless it is in use: then whoever uses it does.
	 * @param key the run
	 */
	void remove(ExecutionKey key) {
		lock.lock();
		MachineSlot slot;
		try {
			slot = slots.remove(key.runId());
		}
		finally {
			lock.unlock();
		}
		if (slot != null) {
			slot.hurry();
			slot.lock();
			discard(slot);
		}
	}

	/**
	 * Whether local activities of a run are under way.
	 * @param runId the run
	 * @return {@code true} if so
	 */
	boolean isPinned(String runId) {
		lock.lock();
		try {
			MachineSlot slot = slots.get(runId);
			return slot != null && slot.isPinned();
		}
		finally {
			lock.unlock();
		}
	}

	/**
	 * Asks a turn that waits for local activities to come to an end, if a run has one.
	 * @param runId the run
	 */
	void hurry(String runId) {
		MachineSlot slot;
		lock.lock();
		try {
			slot = slots.get(runId);
		}
		finally {
			lock.unlock();
		}
		if (slot != null) {
			slot.hurry();
		}
	}

	/**
	 * Asks all turns that wait for local activities to come to an end.
	 */
	void hurryAll() {
		List<MachineSlot> all;
		lock.lock();
		try {
			all = new ArrayList<>(slots.values());
		}
		finally {
			lock.unlock();
		}
		all.forEach(MachineSlot::hurry);
	}

	/**
	 * Lets go of all, and brings back turns that were parked.
	 */
	void clear() {
		List<MachineSlot> all;
		lock.lock();
		try {
			all = new ArrayList<>(slots.values());
			slots.clear();
		}
		finally {
			lock.unlock();
		}
		// Whoever waits in one of them would hold up all the others.
		all.forEach(MachineSlot::hurry);
		for (MachineSlot slot : all) {
			slot.lock();
			Runnable parked = discard(slot);
			if (parked != null) {
				parked.run();
			}
		}
	}

	int size() {
		lock.lock();
		try {
			return slots.size();
		}
		finally {
			lock.unlock();
		}
	}

	private static @Nullable Runnable discard(MachineSlot locked) {
		try {
			return locked.retire();
		}
		finally {
			locked.unlock();
		}
	}

}
