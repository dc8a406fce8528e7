package io.reprise.replay;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Instance of every test workflow: a log and some variables.
 */
class Flow {

	final List<String> log = new ArrayList<>();

	final Map<String, @Nullable Object> vars = new LinkedHashMap<>();

	/** What is no part of the state. */
	final List<Object> handles = new ArrayList<>();

	void log(Object line) {
		log.add(String.valueOf(line));
	}

	boolean has(String name) {
		return vars.containsKey(name);
	}

	String state() {
		return log + " " + vars;
	}

}
