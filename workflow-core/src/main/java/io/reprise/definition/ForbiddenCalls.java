package io.reprise.definition;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * What workflow code must not call, and what it calls instead. A table of owners, method
 * names and, where only some overloads count, descriptors.
 */
final class ForbiddenCalls {

	static final String NO_LOCKS = "no lock: a workflow runs one thread at a time; Workflows.await(...) waits for a condition";

	static final String STUB = "the stub that the constructor takes";

	private static final String NOW = "Workflows.now()";

	private static final String SLEEP = "Workflows.sleep(...) or Workflows.await(...)";

	private static final String RANDOM = "Workflows.random()";

	private static final String ASYNC = "Workflows.async(...)";

	private static final String ACTIVITY = "an activity";

	private static final String ARGUMENT = "an argument of the run method, or an activity";

	private static final String ANY = ".*";

	private static final Map<String, List<Rule>> BY_OWNER = new HashMap<>();

	private static final Map<String, List<Rule>> BY_PACKAGE = new HashMap<>();

	private static final List<Rule> ANY_OWNER = new ArrayList<>();

	static {
		time();
		randomness();
		threads();
		blocking();
		surroundings();
		files();
		network();
		reprise();
	}

	private ForbiddenCalls() {
	}

	/**
	 * Looks a call up.
	 * @param owner internal name of the class
	 * @param name name of the method or static field, {@code <init>} for a constructor
	 * @param descriptor its descriptor
	 * @return what to use instead, or {@code null} if the call is allowed
	 */
	static @Nullable String instead(String owner, String name, String descriptor) {
		String found = find(BY_OWNER.getOrDefault(owner, List.of()), name, descriptor);
		if (found == null) {
			String packageName = owner.substring(0, owner.lastIndexOf('/') + 1);
			found = find(BY_PACKAGE.getOrDefault(packageName, List.of()), name, descriptor);
		}
		return (found != null) ? found : find(ANY_OWNER, name, descriptor);
	}

	private static @Nullable String find(List<Rule> rules, String name, String descriptor) {
		for (Rule rule : rules) {
			if (rule.names().matcher(name).matches() && rule.descriptors().test(descriptor)) {
				return rule.instead();
			}
		}
		return null;
	}

	private static void time() {
		Predicate<String> systemClock = descriptor -> !descriptor.startsWith("(Ljava/time/Clock;");
		owner("java/lang/System", "currentTimeMillis|nanoTime", NOW);
		for (String type : List.of("Instant", "LocalDate", "LocalDateTime", "LocalTime", "ZonedDateTime",
				"OffsetDateTime", "OffsetTime", "Year", "YearMonth", "MonthDay")) {
			owner("java/time/" + type, "now", systemClock, NOW + ", in a zone: LocalDate.ofInstant(...) and the like");
		}
		inPackage("java/time/chrono/", "now|dateNow", systemClock, NOW);
		owner("java/time/Clock", "system.*|tickMillis|tickSeconds|tickMinutes", NOW);
		owner("java/time/InstantSource", "system", NOW);
		owner("java/util/Date", "<init>", "()V"::equals, "Date.from(" + NOW + ")");
		owner("java/util/GregorianCalendar", "<init>", "()V"::equals, NOW);
		owner("java/util/Calendar", "getInstance", NOW);
	}

	private static void randomness() {
		owner("java/lang/Math", "random", RANDOM);
		owner("java/lang/StrictMath", "random", RANDOM);
		owner("java/util/UUID", "randomUUID", "Workflows.randomUuid()");
		owner("java/util/Random", "<init>", "()V"::equals, RANDOM);
		owner("java/util/SplittableRandom", "<init>", "()V"::equals, RANDOM);
		owner("java/security/SecureRandom", ANY, RANDOM);
		owner("java/util/concurrent/ThreadLocalRandom", ANY, RANDOM);
		owner("java/util/random/RandomGenerator", "getDefault|of", RANDOM);
		owner("java/util/random/RandomGeneratorFactory", "create", "()Ljava/util/random/RandomGenerator;"::equals,
				RANDOM);
		owner("java/util/Collections", "shuffle", "(Ljava/util/List;)V"::equals,
				"Collections.shuffle(list, Workflows.random())");
		owner("kotlin/random/Random$Default", ANY, RANDOM);
	}

	private static void threads() {
		owner("java/lang/Thread", "sleep", SLEEP);
		owner("java/lang/Thread", "<init>|start|startVirtualThread|ofVirtual|ofPlatform", ASYNC);
		owner("java/lang/Thread", "join|yield|onSpinWait", "Promise.get() or Workflows.await(...)");
		owner("java/util/Timer", ANY, "Workflows.timer(...)");
		owner("java/util/concurrent/TimeUnit", "sleep|timedWait|timedJoin", SLEEP);
		owner("java/util/concurrent/Executors", ANY, ASYNC);
		inPackage("java/util/concurrent/", "execute|submit|invokeAll|invokeAny|schedule.*", ASYNC);
		owner("java/util/concurrent/CompletableFuture", ".+Async|delayedExecutor", ASYNC);
		owner("java/util/concurrent/CompletionStage", ".+Async", ASYNC);
		for (String type : List.of("ForkJoinPool", "ForkJoinTask", "RecursiveTask", "RecursiveAction")) {
			owner("java/util/concurrent/" + type, ANY, ASYNC);
		}
		inPackage("java/util/stream/", "parallel", "a sequential stream");
		ANY_OWNER.add(new Rule(Pattern.compile("parallelStream"), "()Ljava/util/stream/Stream;"::equals,
				"a sequential stream"));
	}

	private static void blocking() {
		for (String type : List.of("Future", "FutureTask", "CompletableFuture", "ScheduledFuture")) {
			owner("java/util/concurrent/" + type, "get|join|orTimeout|completeOnTimeout",
					"Workflows.async(...) and Promise.get()");
		}
		inPackage("java/util/concurrent/locks/", "lock|lockInterruptibly|tryLock|readLock|writeLock|await.*|park.*",
				NO_LOCKS);
		inPackage("java/util/concurrent/",
				"acquire.*|tryAcquire.*|await.*|arriveAndAwait.*|exchange|put(First|Last)?|take(First|Last)?",
				ForbiddenCalls::mayBlock, NO_LOCKS);
		inPackage("java/util/concurrent/", ".+(?<!convert)",
				descriptor -> descriptor.contains("Ljava/util/concurrent/TimeUnit;)"), NO_LOCKS);
		ANY_OWNER.add(new Rule(Pattern.compile("wait"), List.of("()V", "(J)V", "(JI)V")::contains, NO_LOCKS));
		ANY_OWNER.add(new Rule(Pattern.compile("notify|notifyAll"), "()V"::equals, NO_LOCKS));
	}

	private static void surroundings() {
		owner("java/lang/System", "getenv|getProperty|getProperties|setProperty|console", ARGUMENT);
		owner("java/lang/System", "in", ARGUMENT);
		owner("java/lang/System", "exit", "an exception");
		owner("java/lang/Integer", "getInteger", ARGUMENT);
		owner("java/lang/Long", "getLong", ARGUMENT);
		owner("java/lang/Boolean", "getBoolean", ARGUMENT);
		owner("java/lang/Runtime", "getRuntime", ACTIVITY);
		owner("java/lang/ProcessBuilder", "start", ACTIVITY);
		owner("java/time/ZoneId", "systemDefault", "a zone that the code or an argument names");
		owner("java/util/TimeZone", "getDefault", "a zone that the code or an argument names");
	}

	private static void files() {
		for (String type : List.of("FileInputStream", "FileOutputStream", "FileReader", "FileWriter",
				"RandomAccessFile")) {
			owner("java/io/" + type, "<init>", ACTIVITY);
		}
		owner("java/io/File",
				"exists|is(Directory|File|Hidden)|can.+|length|lastModified|list.*|createNewFile"
						+ "|createTempFile|delete.*|mkdirs?|renameTo|set.+|get.+Space|getCanonical.+|getAbsolute.+",
				ACTIVITY);
		owner("java/nio/file/Files", ANY, ACTIVITY);
		inPackage("java/nio/channels/", "open|read|write|connect|accept", ACTIVITY);
	}

	private static void network() {
		for (String type : List.of("Socket", "ServerSocket", "DatagramSocket", "MulticastSocket", "URLConnection",
				"HttpURLConnection", "InetAddress", "NetworkInterface", "http/HttpClient")) {
			owner("java/net/" + type, ANY, ACTIVITY);
		}
		owner("java/net/URL", "openConnection|openStream|getContent", ACTIVITY);
		for (String type : List.of("Connection", "Statement", "PreparedStatement", "CallableStatement", "DriverManager",
				"ResultSet")) {
			owner("java/sql/" + type, ANY, ACTIVITY);
		}
		owner("javax/sql/DataSource", ANY, ACTIVITY);
		owner("jakarta/persistence/EntityManager", ANY, ACTIVITY);
		inPackage("org/springframework/web/client/", ANY, ACTIVITY);
		inPackage("org/springframework/web/reactive/function/client/", ANY, ACTIVITY);
		inPackage("org/springframework/jdbc/core/", ANY, ACTIVITY);
		inPackage("org/springframework/jdbc/core/simple/", ANY, ACTIVITY);
	}

	private static void reprise() {
		owner("io/reprise/Activities", ANY, "Workflows.*, or call it in the activity");
		for (String type : List.of("WorkflowClient", "WorkflowHandle", "WorkflowRef")) {
			owner("io/reprise/" + type, ANY, "an activity that calls the client");
		}
	}

	/** Maps have methods of the same names; their arguments come in pairs or return. */
	private static boolean mayBlock(String descriptor) {
		return !descriptor.startsWith("(Ljava/lang/Object;Ljava/lang/Object;)");
	}

	private static void owner(String owner, String names, String instead) {
		owner(owner, names, descriptor -> true, instead);
	}

	private static void owner(String owner, String names, Predicate<String> descriptors, String instead) {
		BY_OWNER.computeIfAbsent(owner, key -> new ArrayList<>())
			.add(new Rule(Pattern.compile(names), descriptors, instead));
	}

	private static void inPackage(String packageName, String names, String instead) {
		inPackage(packageName, names, descriptor -> true, instead);
	}

	private static void inPackage(String packageName, String names, Predicate<String> descriptors, String instead) {
		BY_PACKAGE.computeIfAbsent(packageName, key -> new ArrayList<>())
			.add(new Rule(Pattern.compile(names), descriptors, instead));
	}

	private record Rule(Pattern names, Predicate<String> descriptors, String instead) {

	}

}
