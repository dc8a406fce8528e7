package io.reprise.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes the figures. See the script {@code run} of this module.
 */
public final class Benchmarks {

	private final Arguments arguments;

	private final PrintStream out;

	private final Results results = new Results();

	Benchmarks(Arguments arguments, PrintStream out) {
		this.arguments = arguments;
		this.out = out;
	}

	/**
	 * Takes the figures and ends the JVM: with 0, or with 1 if a figure is below its
	 * mark.
	 * @param args as the script {@code run} explains them
	 * @throws Exception if a figure cannot be taken
	 */
	public static void main(String[] args) throws Exception {
		Arguments arguments = Arguments.parse(args);
		Results results = new Benchmarks(arguments, System.out).run();
		List<String> failures = results.failures();
		failures.forEach(System.out::println);
		// A profiler slows down what it watches.
		System.exit((failures.isEmpty() || arguments.profile() != null) ? 0 : 1);
	}

	Results run() throws Exception {
		try (PostgresServer server = PostgresServer.start(arguments.target().resolve("postgres"),
				arguments.profile() != null)) {
			out.println(server.describe());
			out.printf("Java %s, %d processors, %d MB heap%n", Runtime.version(),
					Runtime.getRuntime().availableProcessors(), Runtime.getRuntime().maxMemory() >> 20);
			List<Contender> contenders = arguments.millionsAlone() ? List.of() : contenders();
			Floor floor = takeRound(server, contenders, 1);
			for (int round = 2; round <= arguments.rounds(); round++) {
				floor = takeRound(server, contenders, round);
			}
			if (arguments.millions()) {
				new LongRuns(server, arguments, results, out).take(floor);
			}
		}
		Path file = arguments.target().resolve("results.csv");
		results.write(file);
		out.println();
		results.print(out);
		return results;
	}

	private List<Contender> contenders() {
		List<Contender> contenders = new ArrayList<>(arguments.ours() ? List.of(Contender.REPRISE) : List.of());
		for (Contender peer : arguments.peers()) {
			if (Files.exists(peer.classPathFile())) {
				contenders.add(peer);
			}
			else {
				results.note("%s: absent, its libraries could not be fetched".formatted(peer.label()));
			}
		}
		return contenders;
	}

	private Floor takeRound(PostgresServer server, List<Contender> contenders, int round) throws Exception {
		Floor floor = Floor.measure(server, arguments.warmUp().dividedBy(3), arguments.measured().dividedBy(2));
		results.add(Contender.REPRISE, new Reading("floor", floor.perSecond(), "transactions/s", Reading.Scale.RATE),
				floor);
		results.add(Contender.REPRISE,
				new Reading("floor-cpu", floor.cpuPerThousand(), "CPU s/1,000 transactions", Reading.Scale.CPU), floor);
		for (Contender contender : contenders) {
			if (!contender.durable() && round > 1) {
				// Nothing is compared with it.
				continue;
			}
			try {
				takeTurn(server, contender, round, floor);
			}
			catch (IOException ex) {
				if (!contender.peer()) {
					throw ex;
				}
				results.note("%s: not measured in round %d. %s".formatted(contender.label(), round, ex.getMessage()));
			}
		}
		return floor;
	}

	/**
	 * A system that keeps all in memory gets a new process for each cell, or the later
	 * ones would measure how much the earlier have left there.
	 */
	private void takeTurn(PostgresServer server, Contender contender, int round, Floor floor) throws Exception {
		List<Cell> cells = Cells.all().stream().filter((cell) -> arguments.includes(cell.name())).toList();
		if (contender.durable()) {
			takeCells(server, contender, round, cells, floor);
		}
		else {
			for (Cell cell : cells) {
				takeCells(server, contender, round, List.of(cell), floor);
			}
		}
	}

	private void takeCells(PostgresServer server, Contender contender, int round, List<Cell> cells, Floor floor)
			throws Exception {
		String name = "%s_%d".formatted(contender.label(), round);
		try (Session session = open(server, contender, name)) {
			for (Cell cell : cells) {
				server.settle(name);
				session.take(cell).forEach((reading) -> results.add(contender, reading, floor));
			}
		}
		finally {
			server.dropDatabase(name);
		}
	}

	/** Alone, our own runs in this JVM, where it can be profiled and tested. */
	private Session open(PostgresServer server, Contender contender, String name) throws Exception {
		Surroundings surroundings = new Surroundings(server.createDatabase(name),
				arguments.target().resolve("contenders").resolve(name), arguments.target(), arguments.properties());
		return arguments.peers().isEmpty()
				? new LocalSession(contender.start(surroundings), server.database(), arguments, out)
				: ChildSession.start(contender, surroundings, server.database(), arguments, List.of(), out);
	}

}
