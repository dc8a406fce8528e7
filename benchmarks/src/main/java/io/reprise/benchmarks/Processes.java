package io.reprise.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * CPU time and context switches of processes, as Linux counts them.
 */
final class Processes {

	/** What Linux calls USER_HZ; it has the same value on every machine of ours. */
	private static final double TICKS_PER_SECOND = 100;

	private Processes() {
	}

	/**
	 * CPU time that a process and its children have used so far, the ended ones included.
	 * @param root the process
	 * @return seconds
	 */
	static double cpuSeconds(long root) {
		long ticks = ticks(root, true);
		for (long pid : children(root)) {
			ticks += ticks(pid, false);
		}
		return ticks / TICKS_PER_SECOND;
	}

	/**
	 * Context switches of a process and its children so far.
	 * @param root the process
	 * @return how often a thread was taken off its core
	 */
	static long contextSwitches(long root) {
		return ownContextSwitches(root) + children(root).stream().mapToLong(Processes::ownContextSwitches).sum();
	}

	/**
	 * Context switches of a process without its children.
	 * @param pid the process
	 * @return how often a thread was taken off its core
	 */
	static long ownContextSwitches(long pid) {
		try (Stream<Path> threads = Files.list(Path.of("/proc", Long.toString(pid), "task"))) {
			return threads.mapToLong(Processes::switchesOfThread).sum();
		}
		catch (IOException ex) {
			return 0;
		}
	}

	private static List<Long> children(long root) {
		return ProcessHandle.of(root).stream().flatMap(ProcessHandle::descendants).map(ProcessHandle::pid).toList();
	}

	private static long ticks(long pid, boolean withEnded) {
		try {
			String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
			// The name, which may contain blanks, ends at the last parenthesis.
			String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
			long own = Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
			return withEnded ? own + Long.parseLong(fields[13]) + Long.parseLong(fields[14]) : own;
		}
		catch (IOException ex) {
			return 0;
		}
	}

	private static long switchesOfThread(Path thread) {
		try (Stream<String> lines = Files.lines(thread.resolve("status"))) {
			return lines.filter((line) -> line.contains("ctxt_switches"))
				.mapToLong((line) -> Long.parseLong(line.substring(line.indexOf(':') + 1).strip()))
				.sum();
		}
		catch (IOException ex) {
			return 0;
		}
	}

}
