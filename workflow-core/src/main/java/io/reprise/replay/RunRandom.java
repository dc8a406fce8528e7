package io.reprise.replay;

import java.util.random.RandomGenerator;

/**
 * The random numbers of a run as user code sees them. Workflow code may keep it in a
 * field; each draw asks who is drawing, so that a query does not advance the run's
 * sequence. What the JDK would derive from {@link #nextLong()} by methods of its own is
 * written out here, because those may change.
 */
final class RunRandom implements RandomGenerator {

	private final WorkflowRun run;

	RunRandom(WorkflowRun run) {
		this.run = run;
	}

	@Override
	public long nextLong() {
		return RunContext.of(run, "A random number").draw();
	}

	@Override
	public int nextInt() {
		return (int) (nextLong() >>> 32);
	}

	@Override
	public int nextInt(int bound) {
		return (int) nextLong(bound);
	}

	@Override
	public int nextInt(int origin, int bound) {
		return (int) nextLong(origin, bound);
	}

	@Override
	public long nextLong(long bound) {
		if (bound <= 0) {
			throw new IllegalArgumentException("Expected a positive bound, but it is " + bound);
		}
		// The last, incomplete stretch of the range is refused, so that all are equally
		// likely.
		long bits = nextLong() >>> 1;
		long value = bits % bound;
		while (bits - value + (bound - 1) < 0) {
			bits = nextLong() >>> 1;
			value = bits % bound;
		}
		return value;
	}

	@Override
	public long nextLong(long origin, long bound) {
		if (origin >= bound) {
			throw new IllegalArgumentException("Expected an origin below the bound, but " + origin + " >= " + bound);
		}
		long range = bound - origin;
		if (range > 0) {
			return origin + nextLong(range);
		}
		// The range does not fit into a long: at least every second number lies in it.
		long value = nextLong();
		while (value < origin || value >= bound) {
			value = nextLong();
		}
		return value;
	}

	@Override
	public boolean nextBoolean() {
		return nextLong() < 0;
	}

	@Override
	public float nextFloat() {
		return (nextLong() >>> 40) * 0x1.0p-24f;
	}

	@Override
	public double nextDouble() {
		return (nextLong() >>> 11) * 0x1.0p-53;
	}

	@Override
	public double nextDouble(double bound) {
		return nextDouble(0, bound);
	}

	@Override
	public double nextDouble(double origin, double bound) {
		if (!(origin < bound) || Double.isInfinite(bound - origin)) {
			throw new IllegalArgumentException(
					"Expected a finite range with the origin below the bound, but it is " + origin + " to " + bound);
		}
		double value = origin + nextDouble() * (bound - origin);
		return (value < bound) ? value : Math.nextDown(bound);
	}

	@Override
	public double nextGaussian() {
		// Box and Muller; StrictMath gives the same bits on every machine.
		double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - nextDouble()));
		return radius * StrictMath.cos(2 * Math.PI * nextDouble());
	}

	@Override
	public double nextGaussian(double mean, double deviation) {
		if (deviation < 0) {
			throw new IllegalArgumentException("Expected a deviation of at least 0, but it is " + deviation);
		}
		return mean + deviation * nextGaussian();
	}

	@Override
	public double nextExponential() {
		return -StrictMath.log(1 - nextDouble());
	}

	@Override
	public void nextBytes(byte[] bytes) {
		long word = 0;
		for (int i = 0; i < bytes.length; i++) {
			word = (i % Long.BYTES == 0) ? nextLong() : word >>> Byte.SIZE;
			bytes[i] = (byte) word;
		}
	}

}
