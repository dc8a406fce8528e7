package io.reprise.benchmarks;

import java.lang.management.ManagementFactory;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

import com.sun.management.ThreadMXBean;

/**
 * What all processes together have used, since they began or between two moments.
 *
 * @param jvmCpu CPU seconds of this JVM
 * @param databaseCpu CPU seconds of all processes of PostgreSQL
 * @param otherCpu CPU seconds of other processes of the system under test
 * @param switches context switches of this JVM and of PostgreSQL
 * @param allocated bytes that this JVM has allocated
 * @param wal bytes that PostgreSQL has written ahead
 * @param commits transactions that PostgreSQL has committed
 * @param syncs times that PostgreSQL has waited for its log to be on the disk
 * @param syncSeconds how long it has waited for that
 */
record Usage(double jvmCpu, double databaseCpu, double otherCpu, long switches, long allocated, long wal, long commits,
		long syncs, double syncSeconds) {

	private static final String COUNTERS = """
			select pg_current_wal_insert_lsn() - '0/0'::pg_lsn, (select sum(xact_commit) from pg_stat_database),
			sum(fsyncs), sum(fsync_time) / 1000 from pg_stat_io where object = 'wal'""";

	static Usage now(Database database, List<Long> others) throws SQLException {
		long self = ProcessHandle.current().pid();
		double databaseCpu = Processes.cpuSeconds(database.pid());
		// The server is a child of this JVM or of one of its own; count it once.
		double jvmCpu = ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class)
			.getProcessCpuTime() / 1e9;
		double otherCpu = others.stream().mapToDouble(Processes::cpuSeconds).sum();
		long switches = Processes.ownContextSwitches(self) + Processes.contextSwitches(database.pid());
		long allocated = ManagementFactory.getPlatformMXBean(ThreadMXBean.class).getTotalThreadAllocatedBytes();
		try (Connection connection = database.connect();
				Statement statement = connection.createStatement();
				ResultSet counters = statement.executeQuery(COUNTERS)) {
			counters.next();
			return new Usage(jvmCpu, databaseCpu, otherCpu, switches, allocated, counters.getLong(1),
					counters.getLong(2), counters.getLong(3), counters.getDouble(4));
		}
	}

	Usage since(Usage before) {
		return new Usage(jvmCpu - before.jvmCpu, databaseCpu - before.databaseCpu, otherCpu - before.otherCpu,
				switches - before.switches, allocated - before.allocated, wal - before.wal, commits - before.commits,
				syncs - before.syncs, syncSeconds - before.syncSeconds);
	}

	double cpu() {
		return jvmCpu + databaseCpu + otherCpu;
	}

	/**
	 * What one of many things that were done used.
	 * @param count how many were done
	 * @param seconds in which time
	 * @return one line
	 */
	String perUnit(long count, double seconds) {
		return ("each: CPU %.0f us JVM + %.0f us PostgreSQL + %.0f us others, %.2f commits, %.1f context switches, "
				+ "%.1f KB allocated, %.0f bytes WAL; cores busy: %.2f; the disk took %.3f ms for each of %.0f syncs/s")
			.formatted(jvmCpu * 1e6 / count, databaseCpu * 1e6 / count, otherCpu * 1e6 / count,
					(double) commits / count, (double) switches / count, allocated / 1024.0 / count,
					(double) wal / count, cpu() / seconds, (syncs > 0) ? syncSeconds * 1e3 / syncs : 0,
					syncs / seconds);
	}

}
