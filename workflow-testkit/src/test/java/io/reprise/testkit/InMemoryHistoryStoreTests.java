package io.reprise.testkit;

import io.reprise.spi.HistoryStore;

/**
 * Tests that {@link InMemoryHistoryStore} keeps the contract of a store.
 */
class InMemoryHistoryStoreTests extends HistoryStoreContract {

	@Override
	protected HistoryStore createStore() {
		return new InMemoryHistoryStore(new VirtualClock());
	}

}
