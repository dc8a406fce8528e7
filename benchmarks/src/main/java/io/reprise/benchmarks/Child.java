package io.reprise.benchmarks;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * The other end of {@link ChildSession}. It says {@link #DONE} when the system is ready,
 * and after each cell that was asked for; before that comes a line for each reading, and
 * any other lines to be shown. What libraries print goes to the log.
 */
public final class Child {

	static final String DONE = "@done";

	static final String FAILED = "@failed ";

	static final String READING = "@reading ";

	/** Asks for what is in use after a collection. */
	static final String HEAP = "@heap";

	private static final int OWN_ARGUMENTS = 5;

	private Child() {
	}

	/**
	 * Serves until its input ends.
	 * @param args contender, its database, its directory, the server, its process; then
	 * those of the run
	 * @throws Exception if the system cannot be started
	 */
	public static void main(String[] args) throws Exception {
		PrintStream answers = System.out;
		System.setOut(System.err);
		try {
			serve(List.of(args), answers);
			System.exit(0);
		}
		catch (Throwable ex) {
			fail(answers, ex);
			System.exit(1);
		}
	}

	private static void serve(List<String> args, PrintStream answers) throws Exception {
		Contender contender = Contender.valueOf(args.get(0));
		Arguments arguments = Arguments.parse(args.subList(OWN_ARGUMENTS, args.size()).toArray(String[]::new));
		Surroundings surroundings = new Surroundings(args.get(1), Path.of(args.get(2)), arguments.target(),
				arguments.properties());
		Database database = new Database(args.get(3), Long.parseLong(args.get(4)));
		try (Session session = new LocalSession(contender.start(surroundings), database, arguments, answers);
				BufferedReader requests = new BufferedReader(
						new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
			answers.println(DONE);
			for (String name = requests.readLine(); name != null; name = requests.readLine()) {
				try {
					List<Reading> readings = name.equals(HEAP) ? heap() : session.take(Cells.named(name));
					readings.forEach((reading) -> answers.println(READING + reading.line()));
					answers.println(DONE);
				}
				catch (Exception ex) {
					fail(answers, ex);
				}
			}
		}
	}

	private static List<Reading> heap() {
		System.gc();
		double megabytes = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / 1024.0 / 1024;
		return List.of(new Reading("heap", megabytes, "MB", Reading.Scale.NONE));
	}

	private static void fail(PrintStream answers, Throwable failure) {
		failure.printStackTrace();
		answers.println(FAILED + failure.toString().replaceAll("\\s+", " "));
	}

}
