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
 * <li>A creation of a run that exists is {@code LOST_RACE}.
 * <li>In one commit, a run that closes makes room for the next of its workflow id,
 * wherever the two writes stand; if its write loses the race, the next is not created,
 * even if the id is free.
 * <li>In lists, a field without a value meets no condition and is ordered as if it were
 * greater than all; texts are ordered by character code, states as they are declared;
 * there is a token only if there is another page; a value of a wrong type, an operator
 * that does not fit and any token not given for this order are refused with
 * {@code INVALID_FILTER}.
 * <li>Ids are opaque texts of up to 1,000 characters, told apart by case.
 * </ul>
 */
public abstract class HistoryStoreContract implements CommitContract, LoadingContract, DueContract, OwnedContract,
		InboxContract, ListingContract, PagingContract, RetentionContract, RacingContract, PayloadContract {

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
