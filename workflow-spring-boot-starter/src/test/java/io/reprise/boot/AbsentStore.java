package io.reprise.boot;

import java.lang.reflect.Proxy;

import io.reprise.spi.HistoryStore;
import io.reprise.spi.NodeRegistry;
import io.reprise.spi.StoreException;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * A store that can never be reached: the application starts, and no database is needed.
 */
@Configuration(proxyBeanMethods = false)
class AbsentStore {

	@Bean
	HistoryStore absentHistoryStore() {
		return absent(HistoryStore.class);
	}

	@Bean
	NodeRegistry absentNodeRegistry() {
		return absent(NodeRegistry.class);
	}

	private static <T> T absent(Class<T> type) {
		return type
			.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] { type }, (proxy, method, args) -> {
				if (method.getDeclaringClass() == Object.class) {
					return switch (method.getName()) {
						case "hashCode" -> System.identityHashCode(proxy);
						case "equals" -> proxy == args[0];
						default -> "absent " + type.getSimpleName();
					};
				}
				throw new StoreException(StoreException.Outcome.NOTHING_WRITTEN,
						"Expected a database, but it is absent", null);
			}));
	}

}
