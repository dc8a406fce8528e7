package io.reprise.boot;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.info.BuildProperties;
import org.springframework.core.io.Resource;
import org.springframework.core.io.ResourceLoader;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.util.ClassUtils;
import org.springframework.util.StringUtils;

/**
 * Names the build of the application's code, so that a mended one is noticed. What Boot's
 * build information says counts if it tells builds apart; otherwise a digest of the
 * classes in the packages of the workflows does, in which most of a mend is to be found.
 */
final class BuildId {

	private static final int DIGEST_LENGTH = 12;

	private final ResourceLoader resources;

	BuildId(ResourceLoader resources) {
		this.resources = resources;
	}

	/**
	 * Chooses the id.
	 * @param configured what the configuration says
	 * @param build the build information of Boot
	 * @param workflows classes of the workflows
	 * @return the id
	 */
	String choose(@Nullable String configured, @Nullable BuildProperties build, Collection<Class<?>> workflows) {
		if (StringUtils.hasText(configured)) {
			return configured;
		}
		String version = version(build, workflows);
		if (build != null && build.getTime() != null) {
			return version + "-" + build.getTime().getEpochSecond();
		}
		String digest = digest(workflows);
		return version.isEmpty() ? digest : version + "-" + digest;
	}

	private static String version(@Nullable BuildProperties build, Collection<Class<?>> workflows) {
		if (build != null && build.getVersion() != null) {
			return build.getVersion();
		}
		return workflows.stream()
			.map((type) -> type.getPackage().getImplementationVersion())
			.filter(StringUtils::hasText)
			.findFirst()
			.orElse("");
	}

	private String digest(Collection<Class<?>> workflows) {
		try {
			MessageDigest digest = MessageDigest.getInstance("SHA-256");
			TreeSet<String> packages = new TreeSet<>();
			workflows.forEach((type) -> packages.add(ClassUtils.classPackageAsResourcePath(type)));
			for (String name : packages) {
				digestPackage(name, digest);
			}
			return HexFormat.of().formatHex(digest.digest()).substring(0, DIGEST_LENGTH);
		}
		catch (IOException | NoSuchAlgorithmException ex) {
			// No classes to read, as in a native image: the version has to do
			return "unknown";
		}
	}

	private void digestPackage(String name, MessageDigest digest) throws IOException {
		Resource[] classes = new PathMatchingResourcePatternResolver(resources)
			.getResources("classpath*:" + name + "/*.class");
		Arrays.sort(classes, Comparator.comparing((resource) -> String.valueOf(resource.getFilename())));
		for (Resource resource : classes) {
			try (InputStream content = resource.getInputStream()) {
				digest.update(content.readAllBytes());
			}
		}
	}

}
