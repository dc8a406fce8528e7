package io.reprise.boot;

import io.reprise.engine.EngineSettings;
import io.reprise.spi.CallerTransaction;
import io.reprise.spi.HistoryStore;
import io.reprise.spi.IdSource;
import io.reprise.spi.NodeRegistry;
import io.reprise.spi.PayloadConverter;
import io.reprise.spi.Ticker;

/**
 * The beans that a runtime is made of; each may be the application's own.
 *
 * @param store keeps runs
 * @param registry knows the nodes
 * @param transaction the transaction of whoever calls the client
 * @param converter writes and reads values
 * @param ids makes ids
 * @param ticker time of time-outs and retries
 * @param engineSettings how the engine works
 */
record RuntimeParts(HistoryStore store, NodeRegistry registry, CallerTransaction transaction,
		PayloadConverter converter, IdSource ids, Ticker ticker, EngineSettings engineSettings) {

}
