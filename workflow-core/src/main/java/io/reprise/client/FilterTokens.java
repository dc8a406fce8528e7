package io.reprise.client;

import java.util.ArrayList;
import java.util.List;

import io.reprise.ErrorCode;
import io.reprise.WorkflowException;
import org.jspecify.annotations.Nullable;

/**
 * The tokens of a filter: words, quoted texts (a quote inside is doubled) and symbols.
 */
final class FilterTokens {

	private final List<Token> tokens = new ArrayList<>();

	private int position;

	FilterTokens(String filter) {
		int i = 0;
		while (i < filter.length()) {
			char c = filter.charAt(i);
			if (Character.isWhitespace(c)) {
				i++;
			}
			else if (c == '\'') {
				i = quoted(filter, i);
			}
			else if ("=!<>(),".indexOf(c) >= 0) {
				i = symbol(filter, i);
			}
			else {
				i = word(filter, i);
			}
		}
	}

	boolean isAtEnd() {
		return position == tokens.size();
	}

	@Nullable Token next() {
		return isAtEnd() ? null : tokens.get(position++);
	}

	boolean isWord(String word) {
		return !isAtEnd() && tokens.get(position).isWord() && tokens.get(position).text().equalsIgnoreCase(word);
	}

	boolean skipWord(String word) {
		boolean found = isWord(word);
		if (found) {
			position++;
		}
		return found;
	}

	boolean skipSymbol(String symbol) {
		boolean found = !isAtEnd() && tokens.get(position).isSymbol() && tokens.get(position).text().equals(symbol);
		if (found) {
			position++;
		}
		return found;
	}

	private int quoted(String filter, int start) {
		StringBuilder text = new StringBuilder();
		int i = start + 1;
		while (i < filter.length()) {
			char c = filter.charAt(i);
			if (c == '\'' && i + 1 < filter.length() && filter.charAt(i + 1) == '\'') {
				text.append('\'');
				i += 2;
			}
			else if (c == '\'') {
				tokens.add(new Token(Kind.TEXT, text.toString()));
				return i + 1;
			}
			else {
				text.append(c);
				i++;
			}
		}
		throw new WorkflowException(ErrorCode.INVALID_FILTER,
				"Expected a closing quote, but the filter ends before it: " + filter);
	}

	private int symbol(String filter, int start) {
		boolean two = start + 1 < filter.length()
				&& List.of("!=", "<=", ">=", "<>").contains(filter.substring(start, start + 2));
		int end = start + (two ? 2 : 1);
		tokens.add(new Token(Kind.SYMBOL, filter.substring(start, end)));
		return end;
	}

	private int word(String filter, int start) {
		int end = start;
		while (end < filter.length() && !Character.isWhitespace(filter.charAt(end))
				&& "=!<>(),'".indexOf(filter.charAt(end)) < 0) {
			end++;
		}
		tokens.add(new Token(Kind.WORD, filter.substring(start, end)));
		return end;
	}

	private enum Kind {

		WORD, TEXT, SYMBOL

	}

	record Token(Kind kind, String text) {

		boolean isWord() {
			return kind == Kind.WORD;
		}

		boolean isSymbol() {
			return kind == Kind.SYMBOL;
		}

	}

}
