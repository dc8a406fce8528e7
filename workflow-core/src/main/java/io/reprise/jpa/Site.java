package io.reprise.jpa;

import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * What was found out about the database at hand.
 *
 * @param product what it is
 * @param readCommittedByDefault whether connections are READ COMMITTED unless told
 * otherwise
 * @param ownProcess whether it lives in this process and no other has a part in it
 * @param disk brings commits to the disk, where the database does not
 * @param threads run the work, where callers' threads must not
 */
record Site(Product product, boolean readCommittedByDefault, boolean ownProcess, @Nullable H2Disk disk,
		@Nullable OwnThreads threads) implements AutoCloseable {

	<T extends @Nullable Object> T call(Supplier<T> work) {
		return (threads != null) ? threads.call(work) : work.get();
	}

	@Override
	public void close() {
		if (threads != null) {
			threads.close();
		}
	}

}
