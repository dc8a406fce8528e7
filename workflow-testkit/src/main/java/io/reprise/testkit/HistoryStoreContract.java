package io.reprise.testkit;

import io.reprise.spi.HistoryStore;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/**
 * What a {@link HistoryStore} has to do, as tests. Whoever writes one extends this class
 * and says how to make it.
 * <p>
 * Where the SPI leaves a choice, the suite makes it:
 * <ul>
 * <li>A creation of a run that exists is never {@code WRITTEN}; it is {@code LOST_RACE}
 * if no run of its workflow id is open.
 * <li>In one commit, a run that closes makes room for the next of its workflow id,
 * wherever the two writes stand.
 * <li>In lists, a field without a value meets no condition and comes last in both
 * directions; texts are ordered by character code; there is a token only if there is
 * another page; any token not given for this order is refused with
 * {@code INVALID_ARGUMENT}.
 * <li>Ids are opaque texts of up to 1,000 characters, told apart by case.
 * </ul>
 */
public abstract class HistoryStoreContract implements CommitContract, LoadingContract, DueContract, InboxContract,
		ListingContract, PagingContract, RetentionContract, RacingContract {

	private @Nullable HistoryStore store;

	/**
	 * Makes the store to be tested. Called before each test.
	 * @return a store without runs; it will be opened
	 */
	protected abstract HistoryStore createStore();

	/**
	 * Releases the store. Called after each test.
	 * @param used the store that {@link #createStore()} made
	 */
	protected void releaseStore(HistoryStore used) {
		// Most stores hold nothing of their own.
	}

	@BeforeEach
	void openStore() {
		store = createStore();
		store.open();
	}

	@AfterEach
	void closeStore() {
		if (store != null) {
			releaseStore(store);
		}
	}

	@Override
	public final HistoryStore store() {
		if (store == null) {
			throw new IllegalStateException("Expected the store to be open, but no test is running");
		}
		return store;
	}

}
