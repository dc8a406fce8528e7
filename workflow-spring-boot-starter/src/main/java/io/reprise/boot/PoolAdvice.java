package io.reprise.boot;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says at start-up when a pool has too few connections for what shares it.
 */
final class PoolAdvice {

	/** For sweeps and for reads of the client, which go beside the lanes. */
	private static final int BESIDE_LANES = 2;

	private static final Logger logger = LoggerFactory.getLogger(PoolAdvice.class);

	private PoolAdvice() {
	}

	/**
	 * Looks at the numbers.
	 * @param connections how many the pool has at most
	 * @param lanes lanes of the engine
	 * @param activitySlots how many activities may run at the same time
	 */
	static void give(int connections, int lanes, int activitySlots) {
		int own = lanes + BESIDE_LANES;
		if (connections < own) {
			logger
				.warn("Expected a pool of at least {} connections, for {} lanes of the engine, sweeps and reads, but it "
						+ "has {}: workflows wait for each other. Raise spring.datasource.hikari.maximum-pool-size, or lower "
						+ "workflow.engine.lanes", own, lanes, connections);
		}
		else if (connections < lanes + activitySlots) {
			logger
				.info("The engine and up to {} activities share a pool of {} connections. The engine uses up to {}: if "
						+ "more than {} activities at a time hold one, workflows wait for them. Where that happens, raise "
						+ "spring.datasource.hikari.maximum-pool-size or lower workflow.worker.activity-slots",
						activitySlots, connections, own, connections - own);
		}
	}

}
