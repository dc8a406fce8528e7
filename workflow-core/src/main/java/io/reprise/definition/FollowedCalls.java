package io.reprise.definition;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.springframework.util.ClassUtils;

/**
 * Follows the calls of workflow code into the application's other classes, breadth first,
 * so that the shortest way is the one told. A call of a method that may be overridden
 * reaches the overriding methods of all classes that this code makes instances of.
 */
final class FollowedCalls {

	/** Nobody's workflow calls more of its own; if it does, the rest goes unseen. */
	private static final int MOST = 20_000;

	private final ScannedClasses classes;

	private final Set<String> visited = new HashSet<>();

	private final List<Place> places = new ArrayList<>();

	private final Queue<Place> open = new ArrayDeque<>();

	/** Classes of which instances are made. */
	private final Set<String> created = new LinkedHashSet<>();

	private final List<Call> calls = new ArrayList<>();

	FollowedCalls(ScannedClasses classes) {
		this.classes = classes;
	}

	/**
	 * Finds what code reaches.
	 * @param own the workflow's own code
	 * @return the code itself, then what it reaches, nearest first
	 */
	List<Place> reach(Collection<CodeReader.Code> own) {
		own.forEach(code -> visit(new Place(code, null, 0)));
		while (!open.isEmpty() && places.size() < MOST) {
			Place place = open.remove();
			for (CodeReader.Use use : place.code().uses()) {
				if (!use.sideEffect() && use.kind() != CodeReader.Use.Kind.MONITOR) {
					follow(new Call(place, use));
				}
			}
		}
		return places;
	}

	private void visit(Place place) {
		if (!classes.allowed().contains(place.code().id()) && visited.add(place.code().id())) {
			places.add(place);
			open.add(place);
		}
	}

	private void follow(Call call) {
		CodeReader.Use use = call.use();
		CodeReader reader = classes.follow(use.owner());
		if (reader != null) {
			visit(reader, "<clinit>", "()V", call);
		}
		if (use.kind() == CodeReader.Use.Kind.CREATE) {
			if (reader != null && created.add(use.owner())) {
				calls.forEach(earlier -> override(use.owner(), earlier));
				handOver(reader, use.owner(), call);
			}
			return;
		}
		if (reader != null) {
			inherited(use.owner(), call);
		}
		if (!use.name().startsWith("<")) {
			calls.add(call);
			created.forEach(type -> override(type, call));
		}
	}

	/** The method that a call names, where it is written. */
	private void inherited(String owner, Call call) {
		for (Class<?> type : supertypes(owner)) {
			CodeReader reader = classes.follow(internalName(type));
			if (reader != null && visit(reader, call.use().name(), call.use().descriptor(), call)) {
				return;
			}
		}
	}

	private void override(String type, Call call) {
		Class<?> called = classes.load(call.use().owner());
		Class<?> candidate = classes.load(type);
		if (called != null && candidate != null && called != candidate && called.isAssignableFrom(candidate)) {
			inherited(type, call);
		}
	}

	/** Libraries call what they have declared themselves: comparators, iterators. */
	private void handOver(CodeReader reader, String type, Call call) {
		Set<String> declared = new HashSet<>();
		for (Class<?> supertype : supertypes(type)) {
			if (supertype != Object.class && classes.follow(internalName(supertype)) == null) {
				Arrays.stream(supertype.getMethods()).forEach(method -> declared.add(method.getName()));
			}
		}
		reader.methods()
			.stream()
			.filter(code -> declared.contains(code.name()))
			.forEach(code -> visit(new Place(code, call.from(), call.use().line())));
	}

	private boolean visit(CodeReader reader, String name, String descriptor, Call call) {
		for (CodeReader.Code code : reader.methods()) {
			if (code.name().equals(name) && code.descriptor().equals(descriptor)) {
				visit(new Place(code, call.from(), call.use().line()));
				return true;
			}
		}
		return false;
	}

	/** The class itself, its superclasses, then its interfaces. */
	private List<Class<?>> supertypes(String name) {
		List<Class<?>> types = new ArrayList<>();
		Class<?> first = classes.load(name);
		for (Class<?> type = first; type != null; type = type.getSuperclass()) {
			types.add(type);
		}
		if (first != null) {
			types.addAll(ClassUtils.getAllInterfacesForClassAsSet(first));
		}
		return types;
	}

	private static String internalName(Class<?> type) {
		return type.getName().replace('.', '/');
	}

	/**
	 * A method, and one that calls it.
	 *
	 * @param code the method
	 * @param caller what calls it, or {@code null} if it is the workflow's own
	 * @param line line of the call
	 */
	record Place(CodeReader.Code code, @Nullable Place caller, int line) {

		List<String> path(ScannedClasses classes) {
			List<String> path = new ArrayList<>();
			int calledAt = line;
			for (Place next = caller; next != null; next = next.caller()) {
				path.addFirst(new MethodScan(next.code(), classes).place(calledAt));
				calledAt = next.line();
			}
			return path;
		}

	}

	private record Call(Place from, CodeReader.Use use) {

	}

}
