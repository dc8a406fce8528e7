package io.reprise.benchmarks.reprise;

import io.reprise.benchmarks.Surroundings;
import io.reprise.benchmarks.SystemProvider;
import io.reprise.benchmarks.SystemUnderTest;

/**
 * Starts Reprise in an application.
 */
public final class RepriseProvider implements SystemProvider {

	@Override
	public SystemUnderTest start(Surroundings surroundings) {
		return RepriseSystem.start(surroundings.databaseUrl(), surroundings.properties());
	}

}
