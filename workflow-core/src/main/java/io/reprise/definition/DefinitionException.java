package io.reprise.definition;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.reprise.ErrorCode;
import io.reprise.WorkflowException;
import org.jspecify.annotations.Nullable;

/**
 * Workflow or activity classes break rules. Found at start-up, all of them together; the
 * application cannot run before they are mended.
 */
public class DefinitionException extends WorkflowException {

	private final transient List<Problem> problems;

	/**
	 * Creates the exception for one or more problems.
	 * @param problems the problems, at least one
	 */
	public DefinitionException(List<Problem> problems) {
		this(problems, null);
	}

	/**
	 * Creates the exception for one or more problems with a cause.
	 * @param problems the problems, at least one
	 * @param cause the cause, if there is one
	 */
	public DefinitionException(List<Problem> problems, @Nullable Throwable cause) {
		super(commonCode(problems), describe(problems) + "\n\nAction:\n" + advise(problems), cause);
		this.problems = List.copyOf(problems);
	}

	DefinitionException(Problem problem) {
		this(List.of(problem));
	}

	/**
	 * Every rule that is broken.
	 * @return the problems, at least one
	 */
	public List<Problem> problems() {
		return problems;
	}

	/**
	 * What is wrong, as a failure analysis says it.
	 * @return one sentence, or a list
	 */
	public String description() {
		return describe(problems);
	}

	/**
	 * What to do, as a failure analysis says it.
	 * @return one sentence, or a list
	 */
	public String action() {
		return advise(problems);
	}

	private static ErrorCode commonCode(List<Problem> problems) {
		ErrorCode first = problems.getFirst().code();
		return problems.stream().allMatch(problem -> problem.code() == first) ? first : ErrorCode.INVALID_DEFINITION;
	}

	private static String describe(List<Problem> problems) {
		return list(problems, Problem::description);
	}

	private static String advise(List<Problem> problems) {
		return list(problems, Problem::action);
	}

	private static String list(List<Problem> problems, Function<Problem, String> part) {
		List<String> texts = problems.stream().map(part).distinct().toList();
		return (texts.size() == 1) ? texts.getFirst()
				: texts.stream().map(text -> "- " + text).collect(Collectors.joining("\n"));
	}

}
