package io.reprise.client;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.UUID;
import java.util.random.RandomGenerator;

import io.reprise.spi.IdSource;

/**
 * UUIDs of version 7 (RFC 9562): 48 bits of milliseconds, then random bits. Neighbours in
 * time are neighbours in an index.
 */
public final class UuidV7Source implements IdSource {

	private final InstantSource clock;

	private final RandomGenerator random;

	public UuidV7Source() {
		this(InstantSource.system(), new SecureRandom());
	}

	public UuidV7Source(InstantSource clock, RandomGenerator random) {
		this.clock = clock;
		this.random = random;
	}

	@Override
	public String next() {
		long high = (clock.millis() << 16) | 0x7000L | (random.nextLong() & 0x0FFFL);
		long low = 0x8000_0000_0000_0000L | (random.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL);
		return new UUID(high, low).toString();
	}

}
