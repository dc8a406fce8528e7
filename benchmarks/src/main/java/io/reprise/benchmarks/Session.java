package io.reprise.benchmarks;

import java.util.List;

/**
 * A running system under test, in this process or another one.
 */
interface Session extends AutoCloseable {

	/**
	 * Takes the figures of a cell.
	 * @param cell the cell
	 * @return what was measured; nothing if the system has no equivalent
	 * @throws Exception if it failed
	 */
	List<Reading> take(Cell cell) throws Exception;

	@Override
	void close();

}
