package io.reprise.samples.orders;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;

import io.reprise.samples.orders.Outcome.Result;

/**
 * The closing summary. It tells only what must be the same however often the shop was
 * killed on the way.
 *
 * @param orders how many orders came to each result
 * @param charged what cards were charged
 * @param refunded what was given back
 * @param mails how many mails were sent
 * @param checks what the books have to prove
 */
record Summary(Map<Result, Long> orders, Total charged, Total refunded, long mails, List<Check> checks) {

	Summary {
		orders = Map.copyOf(orders);
		checks = List.copyOf(checks);
	}

	boolean isCorrect() {
		return !orders.containsKey(Result.FAILED) && checks.stream().allMatch(Check::isPassed);
	}

	@Override
	public String toString() {
		StringJoiner lines = new StringJoiner("\n");
		lines.add(count("orders", orders.values().stream().mapToLong(Long::longValue).sum()));
		new TreeMap<>(orders).forEach((result, count) -> lines.add(count("  " + result.label(), count)));
		lines.add(count("cards charged", charged.count()) + money(charged.amount()));
		lines.add(count("refunds", refunded.count()) + money(refunded.amount()));
		lines.add(count("mails", mails));
		checks.forEach(check -> lines.add("  %-40s %s".formatted(check.claim(), check.verdict())));
		return lines.toString();
	}

	private static String count(String name, long count) {
		return String.format(Locale.US, "  %-24s %,7d", name, count);
	}

	private static String money(BigDecimal amount) {
		return String.format(Locale.US, " %14s", String.format(Locale.US, "$%,.2f", amount));
	}

	/**
	 * A number of bookings and their sum in US dollars.
	 */
	record Total(long count, BigDecimal amount) {

	}

	/**
	 * Something that must hold, and how many orders or articles break it.
	 */
	record Check(String claim, long exceptions) {

		boolean isPassed() {
			return exceptions == 0;
		}

		String verdict() {
			return isPassed() ? "OK" : "BROKEN (%d)".formatted(exceptions);
		}

	}

}
