package io.reprise.it.features;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

import io.reprise.it.features.shop.Shop;

import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Starts applications. The shop is started once for each database: starting it is what
 * takes the time.
 */
final class Applications {

	/** Activities that the shop can run at the same time. */
	static final int ACTIVITY_SLOTS = 320;

	private static final ReentrantLock lock = new ReentrantLock();

	private static final Map<Database, ConfigurableApplicationContext> shops = new EnumMap<>(Database.class);

	private Applications() {
	}

	/**
	 * The shop on a database.
	 * @param database the database
	 * @return the running application, shared by all suites
	 */
	static ConfigurableApplicationContext shop(Database database) {
		lock.lock();
		try {
			return shops.computeIfAbsent(database,
					(absent) -> start(Shop.class, absent.create(), "spring.sql.init.mode=always",
							"spring.sql.init.schema-locations=classpath:features/schema.sql",
							"workflow.limits.payload=2MB", "workflow.worker.activity-slots=" + ACTIVITY_SLOTS,
							"workflow.activities.Chores.placement=local",
							"workflow.activities.Untuned.configured.start-to-close-timeout=15s",
							"workflow.activities.Untuned.start-to-close-timeout=16s",
							"workflow.activities.Tuned.start-to-close-timeout=18s",
							"workflow.activities.defaults.start-to-close-timeout=17s"));
		}
		finally {
			lock.unlock();
		}
	}

	/**
	 * Ends the shop on a database.
	 * @param database the database
	 */
	static void closeShop(Database database) {
		lock.lock();
		try {
			ConfigurableApplicationContext shop = shops.remove(database);
			if (shop != null) {
				shop.close();
			}
		}
		finally {
			lock.unlock();
		}
	}

	/**
	 * Starts an application.
	 * @param application its class
	 * @param url its database
	 * @param properties its other properties
	 * @return the running application; the caller closes it
	 */
	static ConfigurableApplicationContext start(Class<?> application, String url, String... properties) {
		return new SpringApplicationBuilder(application).web(WebApplicationType.NONE)
			.bannerMode(Banner.Mode.OFF)
			.logStartupInfo(false)
			.registerShutdownHook(false)
			.properties("spring.datasource.url=" + url, "spring.datasource.hikari.minimum-idle=1",
					"workflow.worker.shutdown-timeout=5s")
			.properties(properties)
			.run();
	}

}
