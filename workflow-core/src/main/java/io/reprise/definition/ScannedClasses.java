package io.reprise.definition;

import java.io.IOException;
import java.io.InputStream;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.asm.ClassReader;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.stereotype.Component;
import org.springframework.util.ClassUtils;

/**
 * The class files that belong to a workflow.
 */
final class ScannedClasses {

	private static final Logger logger = LoggerFactory.getLogger(ScannedClasses.class);

	private final Class<?> workflow;

	private final List<CodeReader.Code> code = new ArrayList<>();

	private final Map<String, String> sourceFiles = new HashMap<>();

	private final Set<String> seen = new HashSet<>();

	private final Set<String> allowed = new HashSet<>();

	private final Map<String, Optional<CodeReader>> followed = new HashMap<>();

	private final Map<String, Boolean> activities = new HashMap<>();

	private ScannedClasses(Class<?> workflow) {
		this.workflow = workflow;
	}

	static ScannedClasses of(Class<?> workflow) {
		ScannedClasses classes = new ScannedClasses(workflow);
		for (Class<?> type = workflow; type != null; type = type.getSuperclass()) {
			classes.addSameSource(type);
		}
		ClassUtils.getAllInterfacesForClassAsSet(workflow).forEach(classes::addSameSource);
		return classes;
	}

	List<CodeReader.Code> code() {
		return code;
	}

	/**
	 * Methods that may do what workflows must not, by annotation.
	 * @return their ids
	 */
	Set<String> allowed() {
		return allowed;
	}

	/**
	 * Reads a class that workflow code calls, if it is the application's and no bean,
	 * activity or other workflow.
	 * @param internalName internal name of the class
	 * @return its code, or {@code null} if it is somebody else's or the workflow's own
	 */
	@Nullable CodeReader follow(String internalName) {
		if (seen.contains(internalName)) {
			return null;
		}
		return followed.computeIfAbsent(internalName,
				name -> Optional.ofNullable(isApplication(name) ? read(name) : null).map(reader -> {
					sourceFiles.put(name, reader.sourceFile());
					allowed.addAll(reader.allowed());
					return reader;
				}))
			.orElse(null);
	}

	private boolean isApplication(String internalName) {
		if (internalName.startsWith("java/") || internalName.startsWith("[")) {
			return false;
		}
		Class<?> type = load(internalName);
		return type != null && isWorkflowCode(internalName)
				&& (Objects.equals(location(type), location(workflow))
						|| type.getPackageName().equals(workflow.getPackageName())
						|| type.getPackageName().startsWith(workflow.getPackageName() + "."));
	}

	String sourceFile(String internalName) {
		return sourceFiles.getOrDefault(internalName, "");
	}

	/**
	 * Whether a class that workflow code refers to is an activity type.
	 * @param internalName internal name of the class
	 * @return {@code true} if so; {@code false} also if it cannot be loaded
	 */
	boolean isActivity(String internalName) {
		return activities.computeIfAbsent(internalName, name -> {
			Class<?> type = name.startsWith("java/") ? null : load(name);
			return type != null && ActivityType.isActivity(type);
		});
	}

	private void addSameSource(Class<?> type) {
		if (Objects.equals(location(type), location(workflow)) && type.getClassLoader() != null) {
			add(type.getName().replace('.', '/'));
		}
	}

	private void add(String internalName) {
		if (!seen.add(internalName)) {
			return;
		}
		CodeReader reader = read(internalName);
		if (reader == null) {
			return;
		}
		code.addAll(reader.methods());
		allowed.addAll(reader.allowed());
		sourceFiles.put(internalName, reader.sourceFile());
		reader.nestedTypes().stream().filter(this::isWorkflowCode).forEach(this::add);
	}

	/** Beans and other workflows may be nested in a workflow; they are not its code. */
	private boolean isWorkflowCode(String internalName) {
		Class<?> type = load(internalName);
		return type == null
				|| !(AnnotatedElementUtils.hasAnnotation(type, Component.class) || ActivityType.isActivity(type)
						|| AnnotatedElementUtils.hasAnnotation(type, io.reprise.Workflow.class));
	}

	private @Nullable CodeReader read(String internalName) {
		try (InputStream stream = open(internalName + ".class")) {
			if (stream == null) {
				logger.debug("No class file of {} to scan", internalName);
				return null;
			}
			CodeReader reader = new CodeReader();
			new ClassReader(stream).accept(reader, ClassReader.SKIP_FRAMES);
			return reader;
		}
		catch (IOException | IllegalArgumentException ex) {
			logger.warn("Expected to scan {} for calls that are not deterministic, but its class file cannot be read",
					internalName, ex);
			return null;
		}
	}

	private @Nullable InputStream open(String resource) {
		ClassLoader loader = workflow.getClassLoader();
		return (loader != null) ? loader.getResourceAsStream(resource)
				: ClassLoader.getSystemResourceAsStream(resource);
	}

	@Nullable Class<?> load(String internalName) {
		try {
			return Class.forName(internalName.replace('/', '.'), false, workflow.getClassLoader());
		}
		catch (ClassNotFoundException | LinkageError ex) {
			return null;
		}
	}

	private static @Nullable Object location(Class<?> type) {
		CodeSource source = type.getProtectionDomain().getCodeSource();
		return (source != null) ? source.getLocation() : null;
	}

}
